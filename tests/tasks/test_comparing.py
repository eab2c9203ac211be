"""Which summary a week is compared with, on a real ledger: pinned, and computed where none was published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from domain.figures.build import next_revision, summarise
from domain.forms import Part
from domain.submissions import Row
from domain.summary import Comparison, Summary
from domain.weeks import WeekName
from tasks.comparing import later_weeks, week_before
from tasks.publication.summary_json import parse, to_bytes
from tasks.store.archive import Archive
from tasks.store.engine import create_database, reading, writing
from tasks.store.publications import latest_revision, record_configuration, record_revision, revisions_of
from tasks.store.schema import upgrade
from tasks.store.snapshots import snapshot
from tasks.workplace import Workplace
from tests import factories_domain as made
from tests.tasks.store import making

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
W15, W16, W17, W18 = (made.W15.shifted(n) for n in range(4))


class Ledger:
    """One campaign on a ledger of its own, with the steps between judging and recording."""

    def __init__(self, folder: Path) -> None:
        engine = create_database(f"sqlite:///{folder / 'ntm.db'}")
        upgrade(engine)
        campaign = replace(made.campaign(), id=making.CAMPAIGN, config_hash=making.SHA["c"])
        self.work = Workplace(Settings(home=folder), campaign, {}, engine, Archive(folder / "archive"))
        with writing(engine) as connection:
            record_configuration(connection, making.SHA["c"], {}, making.NOON)

    def close_of(self, week: WeekName) -> datetime:
        return self.work.campaign.calendar.close(week)

    def file(self, name: str, week: WeekName, *rows: made.AnyRow, at: datetime | None = None) -> None:
        """A file of my_ha that is accepted an hour before the close of its week, or at another moment."""
        moment = at or self.close_of(week) - HOUR
        by_part = made.snapshot(*rows).rows.items()
        parts: dict[Part, tuple[Row, ...]] = {
            part: tuple(line.row for line in lines) for part, lines in by_part
        }
        came = making.arrival(reporter="my_ha", week=week, sha256=making.SHA[name], received_at=moment)
        making.take_in(self.work.engine, came, parts, at=moment)

    def issue(self, week: WeekName, at: datetime | None = None) -> Summary | None:
        """What tasks/aggregate and tasks/publish do, without documents."""
        with reading(self.work.engine) as connection:
            issued = latest_revision(connection, self.work.campaign.id, week)
            as_of = at or self.close_of(week)
            known = snapshot(connection, self.work.campaign.id, week, as_of)
        last = parse(self.work.archive.read(issued.summary_sha256)) if issued else None
        before = week_before(self.work, week, last, as_of)
        revision = next_revision(summarise(known, self.work.campaign, self.work.stamp, before), last, "thử")
        if revision is None:
            return None
        revision = replace(revision, later_weeks=later_weeks(self.work, revision))
        self._record(revision, as_of)
        return revision

    def _record(self, revision: Summary, as_of: datetime) -> None:
        issued = making.revision(
            revision.revision,
            week=revision.week,
            summary_sha256=self.work.archive.put(to_bytes(revision)),
            as_of=as_of,
            recorded_at=as_of,
            documents=(),
        )
        with writing(self.work.engine) as connection:
            assert record_revision(connection, issued, [])

    def hash_of(self, week: WeekName, number: int) -> str:
        with reading(self.work.engine) as connection:
            return revisions_of(connection, self.work.campaign.id, week)[number - 1].summary_sha256


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path)
    yield opened
    opened.work.engine.dispose()


def debt(accepted: int) -> made.AnyRow:
    return made.project("my_ha", "Trạm y tế", accepted=accepted, allotted_district=0)


def issued(ledger: Ledger, week: WeekName, **when: Any) -> Summary:
    revision = ledger.issue(week, **when)
    assert revision is not None
    return revision


def grown(summary: Summary) -> object:
    return summary.value("movement/my_ha/accepted")


def test_the_first_week_of_the_campaign_is_compared_with_nothing(ledger: Ledger) -> None:
    assert issued(ledger, W15).compared_with is None


def test_a_week_is_compared_with_the_latest_revision_of_the_week_before(ledger: Ledger) -> None:
    ledger.file("a", W15, debt(10))
    issued(ledger, W15)
    ledger.file("b", W15, debt(12), at=ledger.close_of(W15) + HOUR)
    issued(ledger, W15, at=ledger.close_of(W15) + HOUR)
    ledger.file("c", W16, debt(20))
    week = issued(ledger, W16)
    assert week.compared_with == Comparison(W15, 2, ledger.hash_of(W15, 2))
    assert grown(week) == 8


def test_weeks_before_that_were_never_published_are_computed_as_known_now_and_archived(
    ledger: Ledger,
) -> None:
    ledger.file("a", W15, debt(10))
    ledger.file("b", W17, debt(15))
    ledger.file("c", W15, debt(99), at=ledger.close_of(W17) + HOUR)  # not known yet
    week = issued(ledger, W17)
    assert grown(week) == 5
    with_ = week.compared_with
    assert with_ is not None
    assert (with_.week, with_.revision) == (W16, 0)
    archived = parse(ledger.work.archive.read(with_.sha256))
    assert (archived.week, archived.revision) == (W16, 0)
    assert archived.compared_with is not None
    assert (archived.compared_with.week, archived.compared_with.revision) == (W15, 0)
    assert parse(ledger.work.archive.read(archived.compared_with.sha256)).value("debt/my_ha/accepted") == 10


def test_a_late_file_for_the_week_before_revises_only_its_own_week(ledger: Ledger) -> None:
    ledger.file("a", W15, debt(10))
    issued(ledger, W15)
    ledger.file("b", W16, debt(20))
    first = issued(ledger, W16)
    late = ledger.close_of(W16) + HOUR
    ledger.file("c", W15, debt(15), at=late)
    assert issued(ledger, W15, at=late).later_weeks == (W16,)
    assert ledger.issue(W16, at=late + HOUR) is None
    # A revision for another reason compares with the same one; the next week with the latest of each.
    ledger.file("d", W16, debt(21), at=late + HOUR)
    second = issued(ledger, W16, at=late + HOUR)
    assert (second.revision, second.compared_with, grown(second)) == (2, first.compared_with, 11)


def test_a_comparison_with_a_week_computed_only_for_it_is_pinned_too(ledger: Ledger) -> None:
    ledger.file("a", W15, debt(10))
    ledger.file("b", W16, debt(20))
    first = issued(ledger, W16)
    late = ledger.close_of(W16) + HOUR
    ledger.file("c", W15, debt(15), at=late)
    issued(ledger, W15, at=late)
    assert ledger.issue(W16, at=late) is None
    ledger.file("d", W16, debt(21), at=late)
    assert issued(ledger, W16, at=late).compared_with == first.compared_with


def test_a_late_file_is_followed_through_all_later_weeks(ledger: Ledger) -> None:
    """W16 says what has grown since W15; W17 is silent and carries the debt of W16, and W18 has grown since that."""
    for name, week, accepted in (("a", W15, 10), ("b", W16, 20), ("d", W18, 30)):
        ledger.file(name, week, debt(accepted))
    for week in (W15, W16, W17, W18):
        assert issued(ledger, week).later_weeks == ()
    late = ledger.close_of(W18) + HOUR
    ledger.file("e", W15, debt(11), at=late)
    assert issued(ledger, W15, at=late).later_weeks == (W16,)
    ledger.file("f", W16, debt(22), at=late)
    assert issued(ledger, W16, at=late).later_weeks == (W17, W18)


def test_a_late_file_without_a_trace_in_later_weeks_lists_none(ledger: Ledger) -> None:
    plan, other = (made.judged("my_ha", "4", "met", result_text=text) for text in ("a", "b"))
    ledger.file("a", W15, plan)
    issued(ledger, W15)
    ledger.file("b", W16, plan)
    issued(ledger, W16)
    late = ledger.close_of(W16) + HOUR
    ledger.file("c", W15, other, at=late)
    assert issued(ledger, W15, at=late).later_weeks == ()


def test_later_weeks_are_judged_as_of_their_own_revision_never_as_of_today(ledger: Ledger) -> None:
    """A file for W16 that came after W16's revision makes a difference of W16's own, not one that W15 made."""
    ledger.file("a", W15, made.judged("my_ha", "4", "met", result_text="a"))
    issued(ledger, W15)
    issued(ledger, W16)
    late = ledger.close_of(W16) + HOUR
    ledger.file("b", W16, debt(20), at=late)
    ledger.file("c", W15, made.judged("my_ha", "4", "met", result_text="b"), at=late)
    assert issued(ledger, W15, at=late).later_weeks == ()


def test_a_late_file_reaches_a_published_week_behind_one_that_was_not(ledger: Ledger) -> None:
    ledger.file("a", W15, debt(10))
    issued(ledger, W15)
    ledger.file("b", W17, debt(20))
    issued(ledger, W17)
    late = ledger.close_of(W17) + HOUR
    ledger.file("c", W15, debt(12), at=late)
    assert issued(ledger, W15, at=late).later_weeks == (W17,)
