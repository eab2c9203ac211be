"""The sample's campaign and the fictional one side by side in one installation: one database, one archive, one folder
of what is published, two inboxes. The sample's is moved to the weeks of the other one."""

import re
import shutil
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest

from config.settings import SHIPPED, InboxKind, Settings
from domain.summary import Summary
from domain.weeks import WeekName
from flows.calling import as_functions
from flows.intake import intake
from flows.summary import hand_over, summary
from tasks.aggregate import latest_summary
from tasks.collect import collect
from tests.story import Story
from tests.tasks.intake.recognise_kit import Lines, workbook

FIRST, SECOND = "my-loc-2023", "vi-du-2026"
JUNE, JULY, AFTER, LAST = (WeekName(date(2026, *day)) for day in ((6, 24), (7, 1), (7, 8), (7, 15)))
PROGRESS = ["Mã chỉ tiêu", "Kết quả thực hiện", "Tự đánh giá"]
DEBT = ["Tên dự án, công trình", "Khối lượng đã nghiệm thu (đồng)", "NSTW (đồng)", "NS tỉnh (đồng)", "NS xã (đồng)",
        "TPCP/khác (đồng)", "Dân góp, DN (đồng)", "Đã thanh toán lũy kế (đồng)"]  # fmt: skip
CHECKED = ["Xã", "Chỉ tiêu", "Phòng thẩm tra/đánh giá", "Còn thiếu"]


def configuration(into: Path) -> Path:
    """Both campaigns, the sample's in the weeks of the other one and without what was decided in its story."""
    shutil.copytree(SHIPPED, into, ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
    for campaign in (FIRST, SECOND):  # of what is told, a note isn't published
        path = into / "campaigns" / campaign / "campaign.yaml"
        text = path.read_text("utf-8").partition("\nseverities:")[0]
        path.write_text(f"{text}\nseverities: {{MET_BELOW_TARGET: warning}}\n", "utf-8")
    path = into / "campaigns" / FIRST / "calendar.yaml"
    text = path.read_text("utf-8")
    text = text.replace("first_week: 2023-W15", "first_week: 2026-W26")
    text = text.replace("last_week: 2023-W22", "last_week: 2026-W30")
    path.write_text(re.sub(r"^(extensions|exclusions):\n(?: .*\n)+", "", text, flags=re.M), "utf-8")
    return into


def report(
    unit: str, week: WeekName, *progress: list[object], debt: Sequence[list[object]] = ()
) -> dict[str, Lines]:
    """The sheets of a commune's report, without a stamp: its headings alone tell the form."""
    return {
        "Thông tin chung": _header(unit, week),
        "A. Tiến độ": [PROGRESS, *progress],
        **({"C. Nợ XDCB": [DEBT, *debt]} if debt else {}),
    }


def checks(unit: str, week: WeekName, *rows: list[object]) -> dict[str, Lines]:
    """Those of an agency's."""
    return {"Thông tin chung": _header(unit, week), "Thẩm tra": [CHECKED, *rows]}


def _header(unit: str, week: WeekName) -> Lines:
    day = week.wednesday
    return [
        ["Cơ quan/đơn vị báo cáo", unit],
        ["Kỳ báo cáo (thứ Tư, ngày)", f"{day.day}/{day.month}/{day.year}"],
    ]


class Installation:
    """Two campaigns on one home. Each step is what the flows do, without Prefect."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.config = home, configuration(home / "config")
        self.inboxes = {one: home / "inbox" / one for one in (FIRST, SECOND)}
        for inbox in self.inboxes.values():
            inbox.mkdir(parents=True)
            (inbox / "received.yaml").write_text("", "utf-8")
        self.story = Story(
            Settings(
                home=home, config_root=self.config, inbox_kind=InboxKind.BACKFILL, story_now=self._close(JUNE),
                campaign=FIRST, inbox=self.inboxes[FIRST],
            ),
            monkeypatch,
        )  # fmt: skip

    def send(self, campaign: str, reporter: str, week: WeekName, sheets: dict[str, Lines]) -> Path:
        """A workbook comes on the morning of the week's Wednesday."""
        path = self.inboxes[campaign] / str(week) / reporter / "bao-cao.xlsx"
        path.parent.mkdir(parents=True)
        workbook(sheets).save(path)
        self._received(campaign, reporter, week)
        return path

    def send_copy(self, file: Path, campaign: str, reporter: str, week: WeekName) -> None:
        """The very bytes of another file."""
        path = self.inboxes[campaign] / str(week) / reporter / file.name
        path.parent.mkdir(parents=True)
        shutil.copy(file, path)
        self._received(campaign, reporter, week)

    def run(self, campaign: str, week: WeekName, **settings: object) -> bool:
        """What the flow weekly_summary does at the close. Returns whether something was published."""
        chosen = {"campaign": campaign, "inbox": self.inboxes[campaign], "config_root": self.config}
        self.story.set(story_now=self._close(week), **chosen | settings)
        intake(as_functions(collect), as_functions)
        is_new = summary(str(week), "", call=as_functions)
        hand_over(str(week), as_functions)
        return is_new

    def summary(self, campaign: str, week: WeekName) -> Summary:
        """What the latest revision says; as a reader of the campaign's own configuration."""
        self.story.set(campaign=campaign, inbox=self.inboxes[campaign], config_root=self.config)
        latest = latest_summary(self.story.work, week)
        assert latest is not None
        return latest

    def page(self, campaign: str, week: WeekName) -> str:
        folder = self.story.settings.published / campaign / str(week) / "r1"
        return (folder / "trang.html").read_text("utf-8")

    def _received(self, campaign: str, reporter: str, week: WeekName) -> None:
        stated = self.inboxes[campaign] / "received.yaml"
        told = f'{{received_at: "{week.wednesday}T09:00:00+07:00", stated_by: Văn thư}}'
        line = f"{week}/{reporter}/bao-cao.xlsx: {told}\n"
        stated.write_text(stated.read_text("utf-8") + line, "utf-8")

    @staticmethod
    def _close(week: WeekName) -> datetime:
        return datetime.fromisoformat(f"{datetime.combine(week.wednesday, time(16, 30)).isoformat()}+07:00")
