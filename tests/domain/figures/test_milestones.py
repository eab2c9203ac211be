"""Milestones in time by hand, after docs/decisions/0015.

M1 (sent, 24/4) is settled by the week of 26/4 with its cut-off on 25/4; M2 (province asked, 9/5) by the week of 10/5,
whose cut-off is the last good day itself; M3 (criteria, 31/5) by none: the last cut-off is 30/5.
"""

from datetime import date
from decimal import Decimal

import pytest

from domain.forms import DossierState
from domain.lineage import CellSource, EarlierSource, FigureSource
from tests.factories_domain import EVERY_ROW, W15, document, judged, values, weeks

SENT, ASKED = DossierState.SENT, DossierState.PROVINCE_ASKED
LAST_GOOD_DAY, DAY_AFTER = date(2023, 4, 24), date(2023, 4, 25)
W17, W19 = W15.shifted(2), W15.shifted(4)
CODES = ["1.1", "1.2", "1.3", "2.1", "2.2", *EVERY_ROW[6:]]


def docs(*codes, state=SENT, **facts):
    return [document("my_ha", code, "Quyết định", state, **facts) for code in codes]


def reached(summary, milestone="M1"):
    return tuple(
        summary.value(f"milestone/{milestone}/my_ha/{what}") for what in ("ready", "in_time", "share")
    )


def missing(summary, milestone="M1"):
    return summary.value(f"milestone/{milestone}/my_ha/missing")


@pytest.mark.parametrize(
    ("sent_on", "in_time"), [(None, 1), (date(2023, 4, 23), 1), (LAST_GOOD_DAY, 1), (DAY_AFTER, 0)]
)
def test_a_document_sent_after_the_last_good_day_is_ready_and_not_in_time(sent_on, in_time):
    (week,) = weeks(docs("1.1", sent_on=sent_on), first=W17)
    assert reached(week)[:2] == (1, in_time)


def test_one_document_sent_too_late_makes_its_indicator_late_and_no_other():
    rows = [*docs("1.1", sent_on=DAY_AFTER), document("my_ha", "1.1", "Biên bản", SENT), *docs("1.2")]
    (week,) = weeks(rows, first=W17)
    assert reached(week) == (2, 1, Decimal("1.3"))


def test_the_day_of_sending_to_the_district_says_nothing_of_the_province():
    (week,) = weeks(docs("1.1", state=ASKED, sent_on=date(2023, 5, 10)), first=W19)
    assert reached(week, "M2")[:2] == (1, 1)


def test_what_comes_after_the_settling_week_is_ready_and_never_in_time():
    story = weeks(docs("1.1"), docs("1.1", "1.2"), docs("1.1", "1.2", "1.3"), docs(), first=W15.shifted(1))
    assert [reached(week) for week in story] == [
        (1, 1, Decimal("1.3")),  # 19/4
        (2, 2, Decimal("2.7")),  # 26/4 settles
        (3, 2, Decimal("2.7")),
        (None, 2, Decimal("2.7")),  # a silent commune keeps what was settled
    ]


def test_a_milestone_is_settled_by_a_week_whose_cutoff_is_the_last_good_day_itself():
    rows = [docs(*CODES[:n], state=ASKED) for n in (1, 2, 3)]
    before, settling, after = weeks(*rows, first=W15.shifted(3))
    assert [reached(week, "M2")[:2] for week in (before, settling, after)] == [(1, 1), (2, 2), (3, 2)]


def test_a_commune_that_is_silent_in_the_settling_week_settles_by_its_next_report():
    story = weeks(docs("1.1"), [], docs("1.1", "1.2", "1.3"), docs(*EVERY_ROW), first=W15.shifted(1))
    assert [reached(week)[:2] for week in story] == [(1, 1), (None, None), (3, 3), (75, 3)]
    assert [missing(week) is None for week in story] == [False, True, False, False]


def test_a_state_without_a_date_that_is_reported_after_its_day_proves_nothing():
    """Silence in the settling week must not earn what was reached later."""
    said = docs(*CODES[:2], state=ASKED)
    story = weeks(
        said, [], docs(*CODES[:3], state=ASKED), docs(*CODES[:3], state=ASKED), first=W15.shifted(3)
    )
    assert [reached(week, "M2")[:2] for week in story] == [(2, 2), (None, None), (3, None), (3, None)]


def test_what_was_reached_before_may_be_lost_until_it_is_settled():
    story = weeks(docs("1.1", "1.2"), docs("1.1"), first=W15.shifted(1))
    assert reached(story[1])[:2] == (1, 1)


def test_what_is_not_in_time_is_listed_in_the_order_of_the_catalogue_and_settled_with_it():
    late = docs("1.2", sent_on=DAY_AFTER)
    in_time = docs(*[code for code in EVERY_ROW if code not in ("1.2", "2.2b", "17.10")])
    settling, after = weeks(
        [*in_time, *late, *docs("2.2b", state=DossierState.DRAFTING)], docs(*EVERY_ROW), first=W17
    )
    assert missing(settling) == missing(after) == "1.2, 2.2, 17.10"
    assert missing(weeks(docs(*EVERY_ROW), first=W17)[0]) == ""
    assert missing(weeks(docs("1.1"), first=W17)[0]) == ", ".join(CODES[1:])


def test_of_a_milestone_that_asks_for_criteria_what_is_ready_is_in_time_and_the_rest_is_missing():
    week = values(*[judged("my_ha", code, "met") for code in EVERY_ROW if code not in ("4", "17.1")])
    assert [week[f"milestone/M3/my_ha/{what}"] for what in ("ready", "in_time", "missing")] == [
        17,
        17,
        "NC-04, NC-17",
    ]
    assert week["milestone/M3/my_thinh/missing"] is None


def test_what_is_in_time_leads_to_what_is_ready_to_the_days_of_sending_and_later_to_the_week_that_settled_it():
    settling, after, silent = weeks(docs("1.1", sent_on=LAST_GOOD_DAY), docs("1.1"), [], first=W17)
    assert settling.figures["milestone/M1/my_ha/in_time"].sources == (
        FigureSource("milestone/M1/my_ha/ready"),
        CellSource("sha-my_ha", "B. Hồ sơ", "F5", "2023-04-24"),
    )
    for what in ("in_time", "missing"):
        figure_id = f"milestone/M1/my_ha/{what}"
        for week in (after, silent):
            assert week.figures[figure_id].sources == (EarlierSource(W17, figure_id),)
