"""The published week in the terminal."""

import re
from pathlib import Path

import pytest

from config.settings import Settings
from deployments.cli import show
from deployments.cli.show import latest_revision, show_week
from tasks.publication.many import COMMUNES_SHOWN, MANY
from tasks.publication.summary_json import to_bytes
from tests import factories


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A week of which two revisions are published, in the order in which names mislead."""
    settings = Settings(home=tmp_path)
    week = settings.published_week(settings.campaign, str(factories.WEEK))
    for number in (9, 10):
        folder = week / f"r{number}"
        folder.mkdir(parents=True)
        (folder / "summary.json").write_bytes(to_bytes(factories.summary(revision=number)))
    return settings


@pytest.mark.parametrize("beside", ["r1-cu", "r2.bak", "r", "rối", "r99x", "r0", "ra", "r²"])
def test_a_folder_that_an_operator_put_beside_the_revisions_is_no_revision(
    settings: Settings, beside: str
) -> None:
    week = settings.published_week(settings.campaign, str(factories.WEEK))
    (week / beside).mkdir()
    assert latest_revision(week) == week / "r10"


def test_a_week_without_revision_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r1-cu").mkdir()
    assert latest_revision(tmp_path) is None
    show_week(Settings(home=tmp_path), factories.WEEK)
    assert "chưa phát hành" in capsys.readouterr().out


def test_the_latest_revision_is_told_with_states_communes_and_findings(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    show_week(settings, factories.WEEK)
    told = " ".join(capsys.readouterr().out.split())
    assert "bản phát hành lần 10 (thay bản lần 9)" in told
    assert 'Phòng Tài chính - Kế hoạch, Thẩm tra, ô E9: "Đạt 1 phần" không thuộc các mức đánh giá.' in told
    assert "Số tiêu chí, xã tự đánh giá" in told


def test_the_index_of_the_campaign_is_named_where_there_is_one(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    show_week(settings, factories.WEEK)
    assert "Diễn biến qua các tuần" not in capsys.readouterr().out
    settings.published_index(settings.campaign).write_bytes(b"")
    show_week(settings, factories.WEEK)
    told = "".join(capsys.readouterr().out.split())
    assert f"Diễnbiếnquacáctuần:{settings.published_index(settings.campaign)}" in told


def test_of_many_units_the_terminal_has_the_urgent_ones_and_how_many_more_there_are(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = factories.campaign_of(MANY + 1)
    folder = settings.published_week(settings.campaign, str(factories.WEEK)) / "r11"
    folder.mkdir()
    (folder / "summary.json").write_bytes(to_bytes(factories.summary(campaign, revision=11)))
    monkeypatch.setattr(show, "load_campaign", lambda *_: campaign)
    monkeypatch.setattr(show, "NAMES_SHOWN", 1)
    show_week(settings, factories.WEEK)
    told = capsys.readouterr().out
    assert re.search(r"^Còn \d+ đơn vị khác: xem phụ lục, trang tính “Tình hình nộp”.$", told, re.M)
    assert re.search(
        r"^Còn lỗi, lưu ý của \d+ đơn vị khác: xem phụ lục, trang tính “Lỗi và lưu ý”.$", told, re.M
    )
    assert len(re.findall(r"^  Xã thứ", told, re.M)) < MANY + COMMUNES_SHOWN
