"""`ntm standing` as an officer and a program meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.settings import Settings
from deployments.cli import standing as command
from deployments.cli.main import app
from domain.errors import UserError
from tasks.publication.many import MANY
from tasks.publication.summary_json import to_bytes
from tests import factories, factories_weeks


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two weeks are published, the second in two revisions; a folder of an operator lies beside them."""
    settings = Settings(home=tmp_path)
    for of in (
        factories.summary(),
        factories_weeks.compared(revision=1),
        factories_weeks.compared(revision=2),
    ):
        folder = settings.published_week(settings.campaign, str(of.week)) / f"r{of.revision}"
        folder.mkdir(parents=True)
        (folder / "summary.json").write_bytes(to_bytes(of))
    settings.published_week(settings.campaign, "2023-W30").mkdir()
    (settings.published / settings.campaign / "ban-W-cu" / "r1").mkdir(parents=True)
    monkeypatch.setenv("NTM_HOME", str(tmp_path))
    return tmp_path


def said(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["standing", *arguments], terminal_width=160, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_last_week_that_is_published_is_told_with_its_latest_revision(home: Path) -> None:
    told = " ".join(said().split())
    assert "Tuần thứ Tư 26/4/2023, bản phát hành lần 2" in told
    assert "Số tiêu chí theo từng mức đánh giá" in told
    assert "Còn thiếu để được xét công nhận" in told
    assert "Hoàn thành toàn bộ các tiêu chí (ngày cuối cùng 31/5/2023" in told


def test_a_program_gets_the_figures_by_their_ids(home: Path) -> None:
    told = json.loads(said("--week", "2023-W15", "--json"))
    assert (told["week"], told["revision"]) == ("2023-W15", 1)
    week = factories.summary()
    kinds = ("count", "indicators_met", "standing", "pace", "distance")
    assert set(told["figures"]) == {
        i for i in week.figures if i.removeprefix("change/").split("/")[0] in kinds
    }
    assert told["figures"]["distance/M1/days"] == week.value("distance/M1/days") == 8
    assert told["figures"]["pace/M3/my_ha/commune/real"] is None


def test_of_one_commune_nothing_is_said_of_the_others(home: Path) -> None:
    told = said("--commune", "my_ha")
    assert "Mỹ Hà" in told
    assert "Mỹ Thịnh" not in told
    figures = json.loads(said("--commune", "my_ha", "--json"))["figures"]
    assert not [figure_id for figure_id in figures if "my_thinh" in figure_id]
    assert "change/count/my_ha/commune/met" in figures


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--commune", "my_hà"), "Không có xã 'my_hà'.*my_ha"),
        (("--commune", "ca"), "ca không phải là xã"),
        (("--week", "2023-W16"), "chưa phát hành"),
        (("--week", "tuần 16"), "Không có tuần"),
    ],
)
def test_what_is_not_there_is_said(home: Path, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(UserError, match=words):
        CliRunner().invoke(app, ["standing", *arguments], catch_exceptions=False)


def test_before_the_first_week_is_published_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_HOME", str(tmp_path))
    with pytest.raises(UserError, match="Chưa có tuần nào"):
        CliRunner().invoke(app, ["standing"], catch_exceptions=False)


def test_of_many_communes_some_are_told_and_the_others_counted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = factories.campaign_of(MANY + 1)
    monkeypatch.setattr(command, "load_campaign", lambda *_: of)
    told = " ".join(said("--week", "2023-W15").split())
    assert f"Còn {MANY + 1 - 3} xã khác" in told  # of the three that assessed themselves everything is told
