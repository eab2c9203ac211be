"""Who is proposed for a file that names another unit: of two that share a name, the one of the file's week."""

from pathlib import Path

import pytest

from deployments.cli.quarantine import list_quarantine
from domain.errors import UserError
from domain.weeks import WeekName
from tasks.releasing import release
from tasks.settling import Answer, waiting
from tests.flows.two_campaigns import JULY, JUNE, SECOND, Installation, report

pytestmark = pytest.mark.slow

BY, REASON = "Trưởng phòng", "Để nhầm thư mục"


@pytest.mark.parametrize(
    ("week", "folder", "written", "named", "until"),
    [
        (JUNE, "an_loc", "UBND xã Hòa Lạc", "hoa_lac", "."),
        (JULY, "an_loc", "UBND xã Hòa Lạc", "hoa_lac_moi", "."),
        (JULY, "hoa_lac_moi", "UBND xã Thạch Lợi", "thach_loi", " --week TUẦN."),
    ],
)
def test_the_unit_of_the_week_is_proposed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    week: WeekName,
    folder: str,
    written: str,
    named: str,
    until: str,
) -> None:
    both = Installation(tmp_path / "home", monkeypatch)
    both.send(SECOND, folder, week, report(written, week, ["3.1", 50, "Đạt"]))
    both.run(SECOND, week)
    (file,) = waiting(both.story.work)
    with pytest.raises(UserError) as refused:
        release(both.story.work, Answer(file.submission_id, BY, REASON))
    assert f"--reporter {named}{until}" in str(refused.value)
    capsys.readouterr()
    list_quarantine(as_json=False)
    assert f"--reporter {named} " in capsys.readouterr().out
