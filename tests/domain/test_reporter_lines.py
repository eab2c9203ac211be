"""The line of one reporter in the week of Wednesday 12/4/2023, long after its deadline."""

from datetime import date
from itertools import permutations

import pytest

from domain.calendar import Extension
from domain.campaign import Exclusion
from domain.findings import Finding, Severity
from domain.forms import Part
from domain.lateness import reporter_lines
from tests.factories_domain import (
    W15,
    attempt,
    campaign,
    judged,
    local,
    no_debt,
    project,
    snapshot,
    with_reporter,
)

AT = "2023-04-12 16:00:00"
LONG_AFTER = local("2023-06-15 08:00")


def nil(sha256, received, of="accepted"):
    return attempt(sha256, received, of, nil=True, parts=frozenset())


def line_of(*attempts, of=None, reporter="my_ha"):
    week = snapshot(attempts={reporter: attempts}, as_of=LONG_AFTER)
    (line,) = (line for line in reporter_lines(week, of or campaign()) if line.reporter == reporter)
    return line


def test_everybody_that_owes_has_a_line_in_the_order_of_the_roster():
    lines = reporter_lines(snapshot(as_of=LONG_AFTER), campaign())
    assert [line.reporter for line in lines] == ["my_ha", "my_thinh", "my_thanh", "pktht", "pgd", "ca"]
    assert {str(line.state) for line in lines} == {"missing"}
    assert all(line.owes and line.received_at is None and not line.files for line in lines)


def test_a_line_says_which_parts_a_unit_brought_or_has_in_force_from_before():
    rows = project("my_ha", "Đường trục xã"), judged("my_ha", "3.1", "met"), no_debt("my_thinh")
    parts = {line.reporter: line.parts for line in reporter_lines(snapshot(*rows), campaign())}
    assert parts["my_ha"] == (Part.PROGRESS, Part.DEBT)
    assert parts["my_thinh"] == (Part.DEBT,)
    assert parts["my_thanh"] == ()


def test_a_unit_that_is_off_has_a_line_only_if_it_reports():
    line = line_of(attempt("a", AT), reporter="bchqs")
    assert (str(line.state), line.owes) == ("on_time", False)


def test_a_unit_that_is_not_yet_of_the_roster_has_no_line():
    later = campaign(roster=with_reporter("my_ha", valid_from=date(2023, 4, 13)))
    assert "my_ha" not in {line.reporter for line in reporter_lines(snapshot(), later)}


def test_an_excluded_unit_is_listed_with_its_reason():
    excluding = campaign(exclusions=(Exclusion("my_ha", W15, "sáp nhập xã"),))
    line = line_of(of=excluding)
    assert (str(line.state), line.reason) == ("excluded", "sáp nhập xã")


def test_a_week_before_the_decision_lists_the_unit_as_missing():
    decided = Exclusion("my_ha", W15, "sáp nhập xã", local("2023-06-15 08:01"), "Lãnh đạo UBND huyện")
    assert str(line_of(of=campaign(exclusions=(decided,))).state) == "missing"


def test_an_extended_report_says_why_and_one_on_time_does_not():
    extending = campaign(
        extensions=(Extension("my_ha", W15, local("2023-04-14 16:00"), "mất điện", "UBND huyện"),)
    )
    assert line_of(attempt("a", "2023-04-13 09:00"), of=extending).reason == "mất điện"
    assert line_of(attempt("a", AT), of=extending).reason == ""


def test_the_moment_printed_is_that_of_the_file_that_decided():
    whole = attempt("whole", "2023-04-12 10:00")
    late_debt = attempt("debt", "2023-04-14 09:00", parts=frozenset({Part.DEBT}))
    assert line_of(late_debt, whole).received_at == local("2023-04-14 09:00")


def test_where_nothing_is_in_force_the_moment_printed_is_that_of_the_latest_file():
    files = attempt("a", "2023-04-12 10:00", "returned"), attempt("b", "2023-04-12 11:00", "returned")
    assert line_of(*reversed(files)).received_at == local("2023-04-12 11:00")


@pytest.mark.parametrize(
    ("newer", "awaits"), [("returned", True), ("quarantined", True), ("accepted", False), ("received", False)]
)
def test_a_newer_file_that_awaits_correction_is_told(newer, awaits):
    files = attempt("a", "2023-04-12 10:00"), attempt("b", "2023-04-12 11:00", newer)
    assert line_of(*files).awaits_correction is awaits


def test_a_returned_file_that_was_mended_awaits_nothing():
    files = attempt("a", "2023-04-12 10:00", "returned"), attempt("b", "2023-04-12 11:00")
    assert line_of(*files).awaits_correction is False


def test_without_an_accepted_file_nothing_awaits_correction_because_nothing_stands():
    assert line_of(attempt("a", "2023-04-12 10:00", "returned")).awaits_correction is False


def test_nil_is_told_of_the_latest_accepted_file():
    assert line_of(nil("a", "2023-04-12 10:00")).nil is True
    assert line_of(nil("a", "2023-04-12 10:00"), attempt("b", "2023-04-12 11:00")).nil is False
    assert line_of(nil("a", "2023-04-12 10:00", "returned")).nil is False


def test_files_are_listed_as_they_came_with_errors_and_warnings_but_no_notes():
    told = tuple(Finding(severity.name, severity) for severity in Severity)
    line = line_of(
        attempt("b", "2023-04-12 11:00"), attempt("a", "2023-04-12 10:00", "returned", findings=told)
    )
    assert [file.sha256 for file in line.files] == ["a", "b"]
    assert [finding.code for finding in line.files[0].findings] == ["QUARANTINE", "ERROR", "WARNING"]
    assert (line.files[0].file_name, str(line.files[0].state)) == ("a.xlsx", "returned")
    assert [file.received_at for file in line.files] == [local("2023-04-12 10:00"), local("2023-04-12 11:00")]


def test_a_file_says_whether_it_is_a_nil_report():
    assert [file.nil for file in line_of(nil("a", AT), attempt("b", AT)).files] == [True, False]


def test_our_own_error_is_published_of_nobody():
    failed = Finding(
        "FILE_STOPPED_US", Severity.QUARANTINE, facts={"name": "a.xlsx", "error": "KeyError: 'B'"}
    )
    line = line_of(attempt("a", AT, "quarantined", findings=(failed,)))
    assert line.files[0].findings[0].facts == {"name": "a.xlsx"}


def test_the_order_in_which_files_are_handed_in_changes_no_line():
    files = (
        attempt("a", "2023-04-12 10:00", "returned"),
        attempt("b", "2023-04-12 11:00"),
        nil("c", "2023-04-12 11:00"),
        attempt("d", "2023-04-14 09:00", parts=frozenset({Part.DEBT})),
    )
    assert len({line_of(*handed_in) for handed_in in permutations(files)}) == 1


NOT_A_REPORT = Finding("REFUSED_BY_HAND", Severity.ERROR)


def test_a_file_settled_as_another_ones_is_listed_and_decides_nothing():
    line = line_of(attempt("a", AT, "superseded"))
    assert (str(line.state), line.received_at, len(line.files)) == ("missing", None, 1)


def test_a_file_settled_as_another_ones_gives_no_time_to_correct():
    after = "2023-04-13 08:00"
    assert str(line_of(attempt("a", AT, "superseded"), attempt("b", after)).state) == "late"
    assert str(line_of(attempt("a", AT, "returned"), attempt("b", after)).state) == "on_time"


def test_a_unit_that_is_off_has_no_line_for_a_file_that_was_anothers():
    week = snapshot(attempts={"bchqs": (attempt("a", AT, "superseded"),)}, as_of=LONG_AFTER)
    assert "bchqs" not in {line.reporter for line in reporter_lines(week, campaign())}


@pytest.mark.parametrize(
    ("files", "awaits"),
    [
        ((("b", "quarantined", ()),), True),
        ((("b", "superseded", ()),), False),
        ((("b", "returned", (NOT_A_REPORT,)),), False),
        ((("b", "returned", ()), ("c", "returned", (NOT_A_REPORT,))), True),
        ((("b", "returned", ()), ("c", "superseded", ())), True),
    ],
)
def test_a_newer_file_awaits_correction_until_a_person_settles_or_refuses_it(files, awaits):
    newer = (
        attempt(sha256, f"2023-04-12 16:1{n}", state, findings=found)
        for n, (sha256, state, found) in enumerate(files)
    )
    assert line_of(attempt("a", AT), *newer).awaits_correction is awaits


def test_a_refused_file_returns_the_week_where_nothing_was_accepted():
    assert str(line_of(attempt("a", AT, "returned", findings=(NOT_A_REPORT,))).state) == "returned"
