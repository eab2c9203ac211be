from datetime import UTC, datetime
from decimal import Decimal

from domain.campaign import Exclusion
from domain.lineage import FigureSource
from tests.factories_domain import W15, attempt, campaign, cells, summary, values

COUNTS = ("on_time", "extended", "late", "quarantined", "returned", "waiting", "missing")


def test_of_six_that_owe_a_report_each_is_counted_under_one_state():
    week = values(
        attempts={
            "my_ha": (attempt("a", "2023-04-12 10:00"),),
            "my_thinh": (attempt("b", "2023-04-12 16:10"),),
            "my_thanh": (attempt("c", "2023-04-12 10:00", "returned"),),
            "pktht": (attempt("d", "2023-04-12 10:00", "quarantined"),),
            "pgd": (attempt("e", "2023-04-12 11:00", nil=True),),
        },
    )
    assert {what: week[f"rate/{what}"] for what in ("owed", "received", "nil", *COUNTS)} == {
        "owed": 6,
        "received": 3,
        "nil": 1,
        "on_time": 2,
        "extended": 0,
        "late": 1,
        "quarantined": 1,
        "returned": 1,
        "waiting": 0,
        "missing": 1,
    }
    assert week["rate/received_share"] == Decimal("50.0")
    assert week["rate/on_time_share"] == Decimal("33.3")


def test_a_unit_that_is_off_has_a_state_but_stands_in_no_rate():
    week = values(attempts={"bchqs": (attempt("a", "2023-04-12 10:00"),)})
    assert week["state/bchqs"] == "on_time"
    assert (week["rate/owed"], week["rate/received"], week["rate/on_time"]) == (6, 0, 0)


def test_a_unit_that_is_off_and_silent_is_not_listed_as_missing():
    assert "state/bchqs" not in values()


def test_an_excluded_unit_has_a_state_but_stands_in_no_rate():
    excluding = campaign(exclusions=(Exclusion("my_ha", W15, "sáp nhập xã"),))
    week = values(of=excluding)
    assert week["state/my_ha"] == "excluded"
    assert (week["rate/owed"], week["rate/missing"]) == (5, 5)


def test_where_nobody_owed_a_report_the_shares_are_not_stated():
    everybody = campaign().roster.reporters
    nobody_owes = campaign(exclusions=tuple(Exclusion(r.id, W15, "nghỉ") for r in everybody))
    week = values(of=nobody_owes)
    assert week["rate/owed"] == 0
    assert week["rate/received_share"] is None
    assert week["rate/on_time_share"] is None


def test_the_moment_of_reception_is_published_on_the_local_clock():
    utc = attempt("a", "2023-04-12 09:05", received_at=datetime(2023, 4, 12, 2, 5, tzinfo=UTC))
    assert values(attempts={"my_ha": (utc,)})["state/my_ha/received_at"] == "09:05 12/4/2023"
    assert "state/my_ha/received_at" not in values()


def test_nil_and_a_file_that_awaits_correction_are_published_beside_the_state():
    week = values(
        attempts={
            "my_ha": (attempt("a", "2023-04-12 10:00"), attempt("b", "2023-04-12 11:00", "returned")),
            "my_thinh": (attempt("c", "2023-04-12 10:00", nil=True),),
        }
    )
    assert week["state/my_ha/awaits_correction"] == "awaits_correction"
    assert week["state/my_thinh/nil"] == "nil"
    assert "state/my_ha/nil" not in week
    assert "state/my_thinh/awaits_correction" not in week


def test_a_rate_leads_to_the_states_it_counts_and_a_state_to_the_files():
    figures = summary(attempts={"my_ha": (attempt("a", "2023-04-12 10:00"),)}).figures
    assert figures["rate/on_time"].sources == (FigureSource("state/my_ha"),)
    assert len(figures["rate/missing"].sources) == 5
    (file,) = cells(figures["state/my_ha"])
    assert (file.sha256, file.raw) == ("a", "a.xlsx")
