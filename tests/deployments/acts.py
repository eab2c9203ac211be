"""A campaign of two weeks, made of the files of one: W16 has a file of 12/4, which is released later."""

import shutil
from pathlib import Path

import openpyxl
import yaml

from tests.story import DEMO, LATE_FILE, WEEK

NEXT = "2023-W16"
RELEASED = min((DEMO / "inbox" / WEEK / "pgd").iterdir()).name
LATE = f"{WEEK}/my_thanh/{LATE_FILE.name}"
LINES = [
    {"at": "2023-04-13T10:20:00+07:00", "late": LATE, "reason": "gửi lại tệp đã sửa"},
    {
        "at": "2023-04-20T08:30:00+07:00",
        "release": f"{NEXT}/pgd/{RELEASED}",
        "by": "Trưởng phòng",
        "reason": "ghi nhầm ngày",
    },
    {"at": "2023-04-20T09:00:00+07:00", "republish": NEXT, "reason": "loại trừ một đơn vị"},
    {"at": "2023-04-24T09:00:00+07:00", "late": LATE, "reason": "gửi lại lần nữa"},
]


def two_weeks(folder: Path, *lines: dict[str, str]) -> Path:
    """The folder, with these acts instead of LINES where there are any."""
    for name in ("inbox", "late"):
        shutil.copytree(DEMO / name / WEEK, folder / name / WEEK)
        shutil.copy(DEMO / name / "received.yaml", folder / name)
    for stray in (folder / "inbox" / WEEK / "pktht").glob("*19.4*"):  # of the sample's own second week
        stray.unlink()
    placed = folder / "inbox" / NEXT / "pgd"
    placed.mkdir(parents=True)
    # Saved anew: the same bytes count once, for the week in which they were accepted.
    openpyxl.load_workbook(DEMO / "inbox" / WEEK / "pgd" / RELEASED).save(placed / RELEASED)
    stated = {f"{NEXT}/pgd/{RELEASED}": {"received_at": "2023-04-19T15:00:00+07:00", "stated_by": "Văn thư"}}
    with (folder / "inbox" / "received.yaml").open("a", encoding="utf-8") as received:
        yaml.safe_dump(stated, received, allow_unicode=True)
    (folder / "story").mkdir()
    told = yaml.safe_dump(list(lines) or LINES, allow_unicode=True)
    (folder / "story" / "acts.yaml").write_text(told, encoding="utf-8")
    return folder
