"""When a report is due, and why: the Wednesday rule, holidays, local overrides. Pure;
the facts come from config."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.vietnamese import vi_date, vi_hour_and_day
from domain.weeks import WeekName

SATURDAY = 6  # ISO weekday


class HolidayPolicy(StrEnum):
    """What a deadline does that falls on a day off."""

    KEEP = "keep"
    PREVIOUS = "previous_working_day"
    NEXT = "next_working_day"
    SKIP = "skip"


@dataclass(frozen=True)
class DayOff:
    """`announced` is False where the notice of that year was not yet published: printed "dự kiến".

    `source`: who decided it, where that is not the country.
    """

    name: str
    announced: bool = True
    source: str = ""

    @property
    def vi(self) -> str:
        return f"{self.name}{'' if self.announced else ' (dự kiến)'}"


@dataclass(frozen=True)
class Milestone:
    """A one-off date of the notice. `last_good_day` already settles "trước ngày" (excludes) and "trong tháng"
    (includes)."""

    id: str
    name: str
    wording: str
    last_good_day: date
    # The state every listed document must have reached; None = all criteria met.
    dossier_state: str | None = None


@dataclass(frozen=True)
class Extension:
    """More time for one reporter and week. It ends by itself, and counts from `decided_at` on (None: always)."""

    reporter: str
    week: WeekName
    until: datetime
    reason: str
    granted_by: str
    document_no: str = ""
    asked_by: str = ""
    decided_at: datetime | None = None

    @property
    def vi(self) -> str:
        """Who granted it, by which document, whom to; without the moment and the reason."""
        by = f"theo {self.granted_by}" + (f", văn bản {self.document_no}" if self.document_no else "")
        return by + (f", {self.asked_by} đề nghị" if self.asked_by else "")


@dataclass(frozen=True)
class Calendar:
    """The working days and hours of one campaign. Every datetime in and out is aware."""

    zone: ZoneInfo
    first_week: WeekName
    last_week: WeekName
    policy: HolidayPolicy = HolidayPolicy.NEXT
    deadline_at: time = time(16)
    close_at: time = time(16, 30)
    cutoff_at: time = time(17)
    days_off: Mapping[date, DayOff] = field(default_factory=dict)
    # A day that is worked although it is a Saturday or stands in days_off -> why.
    working_days_extra: Mapping[date, str] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    correction_working_days: int = 1
    locked_after_days: int = 30
    # Column id -> first and last day that are no slip of the finger there; other columns may hold any day.
    plausible_dates: Mapping[str, tuple[date, date]] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        if day in self.working_days_extra:
            return True
        return day.isoweekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self._step(day, +1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before `day`."""
        return self._step(day, -1)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` is earlier."""
        low, high = sorted((start, end))
        days = sum(self.is_working_day(low + timedelta(n)) for n in range(1, (high - low).days + 1))
        return days if start <= end else -days

    def effective_day(self, week: WeekName) -> date | None:
        """The day on which the report of `week` is due. None where the policy skips that week."""
        day = week.wednesday
        if self.is_working_day(day) or self.policy is HolidayPolicy.KEEP:
            return day
        if self.policy is HolidayPolicy.SKIP:
            return None
        move = self.next_working_day if self.policy is HolidayPolicy.NEXT else self.previous_working_day
        return move(day)

    def deadline(self, week: WeekName) -> datetime:
        """The moment after which a report is late. A skipped week keeps its Wednesday,
        so that every week has one."""
        return self._at(self.effective_day(week) or week.wednesday, self.deadline_at)

    def close(self, week: WeekName) -> datetime:
        """The moment at which revision 1 is computed. It refuses nothing."""
        return self._at(self.effective_day(week) or week.wednesday, self.close_at)

    def cutoff(self, week: WeekName) -> datetime:
        """The printed data cut-off: the last working day before the effective deadline."""
        return self._at(self.previous_working_day(self.deadline(week).date()), self.cutoff_at)

    def correction_end(self, week: WeekName) -> datetime:
        """Until when a correction of an on-time report is still on time:
        the end of the next working day(s)."""
        day = self.deadline(week).date()
        for _ in range(self.correction_working_days):
            day = self.next_working_day(day)
        return self._at(day, time.max)

    def locked_from(self) -> datetime:
        """From here on a week refuses files, unless an extension reopens it."""
        return self._at(self.last_week.wednesday + timedelta(days=self.locked_after_days), time.min)

    def week_of_run(self, moment: datetime) -> WeekName:
        """The week that a run at `moment` closes: the latest whose effective close has come.

        Not the ISO week of the date: the run of 4/5/2023 closes the week of Wednesday 3/5 (a holiday), and a
        run on Tuesday still belongs to the week before.
        """
        week = WeekName.containing(moment.date())  # about there, on whatever clock
        while self.close(week.shifted(1)) <= moment:  # a policy may pull closes into the days before a break
            week = week.shifted(1)
        while self.close(week) > moment:
            week = week.shifted(-1)
        return week

    def weeks(self) -> tuple[WeekName, ...]:
        """Every reporting week of the campaign."""
        count = (self.last_week.wednesday - self.first_week.wednesday).days // 7 + 1
        return tuple(self.first_week.shifted(n) for n in range(count))

    def week_before(self, week: WeekName) -> WeekName | None:
        """The latest earlier week in which a report is owed; None where there is none."""
        return next((each for each in reversed(self._owed_weeks()) if each < week), None)

    def weeks_after(self, week: WeekName) -> tuple[WeekName, ...]:
        """The later weeks in which a report is owed."""
        return tuple(each for each in self._owed_weeks() if each > week)

    def missed_weeks(
        self, started: WeekName, published: Collection[WeekName], now: datetime
    ) -> tuple[WeekName, ...]:
        """Weeks from `started` on that are closed and not published: nobody ran them, or what ran them died."""
        return tuple(
            week
            for week in self._owed_weeks()
            if started <= week and week not in published and self.close(week) <= now
        )

    def _owed_weeks(self) -> tuple[WeekName, ...]:
        return tuple(week for week in self.weeks() if self.effective_day(week) is not None)

    def why_no_report(self, week: WeekName) -> str:
        """Why nothing is owed for `week`, as one Vietnamese sentence; "" where a report is owed."""
        if not self.first_week <= week <= self.last_week:
            return (
                f"Tuần {week.vi} nằm ngoài đợt báo cáo (từ {self.first_week.vi} đến hết {self.last_week.vi})."
            )
        return self.why(week) if self.effective_day(week) is None else ""

    def why(self, week: WeekName) -> str:
        """One Vietnamese sentence that explains the deadline of `week`."""
        day = self.effective_day(week)
        at = vi_hour_and_day(self.deadline(week))
        if self.is_working_day(week.wednesday):
            return f"Hạn nộp {at} (thứ Tư hàng tuần)."
        # A Wednesday is a working day unless it stands there.
        off = f"Thứ Tư {vi_date(week.wednesday)} là {self.days_off[week.wednesday].vi}"
        if day is None:
            return f"{off} nên tuần này không phải báo cáo."
        return f"{off} nhưng hạn nộp vẫn là {at}." if day == week.wednesday else f"{off} nên hạn nộp là {at}."

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone)

    def _step(self, day: date, days: int) -> date:
        day += timedelta(days)
        while not self.is_working_day(day):
            day += timedelta(days)
        return day
