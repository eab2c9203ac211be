"""What people decide and do in a campaign of any size: more time, leaving out, a file answered for, a file handed in.

Writes nothing: the entries of calendar.yaml and the lines of acts.yaml, as text and numbers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deployments.demo.any_roster import Commune
from deployments.demo.any_sendings import Place, Planted, Sending
from domain.calendar import Calendar
from domain.weeks import WeekName

Entry = Mapping[str, str]

A_BUSY_AGENCY = "pnn"  # in whose folder a commune's file ends up
_LEADERS = "Lãnh đạo UBND huyện"
_BY = "Chuyên viên tổng hợp, Phòng NN&PTNT"
_GRANTED_BEFORE, _GRANTED_UNTIL = timedelta(days=1), timedelta(days=2)  # of the close
_DECIDED_AFTER, _LOOKED_AT_AFTER = timedelta(hours=16), timedelta(hours=16, minutes=30)
_WHY_HANDED_IN = {
    Planted.AFTER_CLOSE: "gửi báo cáo sau giờ chốt",
    Planted.TWO_WEEKS_LATE: "gửi bổ sung báo cáo của kỳ trước",
    Planted.EXTENDED: "gửi báo cáo trong thời gian gia hạn",
    Planted.UNIT_SLIP: "gửi lại báo cáo đã sửa đơn vị tính",
    Planted.DASH: "gửi lại báo cáo đã sửa sau thời hạn",
    Planted.SECRET: "gửi lại báo cáo không có dấu mật",
    Planted.SENT_TWICE: "gửi lại tệp đã nộp dưới tên khác",
}


@dataclass(frozen=True)
class Deed:
    """What a commune did in a week."""

    commune: Commune
    week: WeekName
    kind: Planted


@dataclass(frozen=True)
class File:
    """One file that it sent for that, at its hour (aware)."""

    of: Deed
    sending: Sending
    name: str
    received_at: datetime

    @property
    def place(self) -> str:
        """Below the folder of what was sent, or of what is handed in."""
        week = self.of.week.shifted(-1) if self.sending.place is Place.WEEK_BEFORE else self.of.week
        unit = A_BUSY_AGENCY if self.sending.place is Place.AGENCY else self.of.commune.id
        return f"{week}/{unit}/{self.name}"


def extensions(deeds: Iterable[Deed], calendar: Calendar) -> list[Entry]:
    """Each granted the day before the close."""
    return [
        {
            "reporter": deed.commune.id,
            "week": str(deed.week),
            "until": _local(calendar.close(deed.week) + _GRANTED_UNTIL),
            "decided_at": _local(calendar.close(deed.week) - _GRANTED_BEFORE),
            "granted_by": _LEADERS,
            "reason": "Chờ kết quả xét nghiệm nước sinh hoạt",
        }
        for deed in deeds
        if deed.kind is Planted.EXTENDED
    ]


def exclusions(deeds: Iterable[Deed], calendar: Calendar) -> list[Entry]:
    """Each decided the morning after the close."""
    return [
        {
            "reporter": deed.commune.id,
            "week": str(deed.week),
            "decided_at": _local(calendar.close(deed.week) + _DECIDED_AFTER),
            "decided_by": _LEADERS,
            "reason": "Xã tập trung khắc phục hậu quả mưa bão",
        }
        for deed in deeds
        if deed.kind is Planted.EXCLUDED
    ]


def acts_after(deeds: Iterable[Deed], files: Iterable[File], calendar: Calendar) -> Iterator[Entry]:
    """What follows the closes: weeks looked at again for an exclusion, files answered for, files handed in."""
    for week in sorted({deed.week for deed in deeds if deed.kind is Planted.EXCLUDED}):
        at = calendar.close(week) + _LOOKED_AT_AFTER
        yield {"at": at.isoformat(), "republish": str(week), "reason": "Loại trừ một xã khỏi kỳ báo cáo"}
    for file in files:
        name, kind = file.of.commune.name, file.of.kind
        if file.sending.place is Place.HANDED_IN:
            why = f"{name} {_WHY_HANDED_IN[kind]}"
            yield {"at": file.received_at.isoformat(), "late": file.place, "reason": why}
        elif kind is Planted.RELEASED:
            at, why = (
                calendar.close(file.of.week) + _LOOKED_AT_AFTER,
                f"{name} xác nhận đã ghi nhầm kỳ báo cáo",
            )
            yield {"at": at.isoformat(), "release": file.place, "by": _BY, "reason": why}


def _local(moment: datetime) -> str:
    """Of the campaign's zone, in which its calendar reckons."""
    return f"{moment:%Y-%m-%d %H:%M}"
