"""One commune in the week of Wednesday 12/4/2023: due at 16:00, corrections in time until the end of the 13th."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Extension
from domain.campaign import Exclusion
from domain.forms import Part
from domain.lateness import (
    deciding_attempt,
    due,
    in_force,
    is_locked,
    reporter_lines,
    timeliness,
    week_state,
)
from domain.snapshot import WeekSnapshot
from domain.summary import ReporterWeekState
from domain.weeks import WeekName
from tests.factories import finding
from tests.factories_domain import COMMUNE_PARTS, W15, attempt, campaign, local

ONE_SECOND_BEFORE, AT, ONE_SECOND_AFTER = "2023-04-12 15:59:59", "2023-04-12 16:00:00", "2023-04-12 16:00:01"
CORRECTION, CORRECTION_OVER = "2023-04-13 23:59:59.999999", "2023-04-14 00:00:00"
LONG_AFTER = local("2023-06-15 08:00")


def extension(until, *, reporter="my_ha", week=W15, reason="bão"):
    return Extension(reporter, week, local(until), reason, granted_by="Phòng Nông nghiệp và PTNT")


def given_to_my_ha(*extensions, exclusions=(), as_of=LONG_AFTER):
    return due(campaign(extensions=extensions, exclusions=exclusions), "my_ha", W15, as_of)


def state(*attempts, given=None, as_of=LONG_AFTER):
    return str(week_state(attempts, given or given_to_my_ha(), as_of))


# --- what was given ---


def test_without_an_extension_the_deadline_is_final():
    assert given_to_my_ha().final == given_to_my_ha().deadline == local(AT)


def test_of_several_extensions_the_longest_counts():
    given = given_to_my_ha(
        extension("2023-04-14 16:00"), extension("2023-04-17 16:00"), extension("2023-04-13 16:00")
    )
    assert given.final == local("2023-04-17 16:00")


class Given(tuple):
    """Extensions that, once the campaign is loaded, nobody goes through one by one."""

    is_closed = False

    def __iter__(self):
        if self.is_closed:
            raise AssertionError("ten thousand extensions must not make one reporter dearer")
        return super().__iter__()


def test_the_extensions_of_others_are_not_gone_through_for_one_reporter():
    given = Given((extension("2023-04-14 16:00", reporter="my_thinh"), extension("2023-04-13 16:00")))
    of = campaign(extensions=given)
    given.is_closed = True
    assert due(of, "my_ha", W15, LONG_AFTER).final == local("2023-04-13 16:00")


def test_an_extension_that_ends_before_the_deadline_takes_nothing_away():
    assert given_to_my_ha(extension("2023-04-12 10:00")).final == local(AT)


def test_extensions_and_exclusions_of_another_unit_or_week_give_nothing():
    given = given_to_my_ha(
        extension("2023-04-20 16:00", reporter="my_thinh"),
        extension("2023-04-26 16:00", week=W15.shifted(1)),
        exclusions=(Exclusion("my_thinh", W15, "bão"), Exclusion("my_ha", WeekName.parse("2023-W16"), "bão")),
    )
    assert (given.extension, given.exclusion) == (None, "")


DECIDED = "2023-04-13 08:30"


@pytest.mark.parametrize(
    ("as_of", "counts"),
    [("2023-04-13 08:29:59", False), (DECIDED, True), ("2023-04-13 08:30:01", True)],
)
def test_what_people_decide_counts_from_the_moment_of_the_decision(as_of, counts):
    granted = replace(extension("2023-04-14 16:00"), decided_at=local(DECIDED))
    excluded = Exclusion("my_ha", W15, "bão", local(DECIDED), "Lãnh đạo UBND huyện")
    given = given_to_my_ha(granted, exclusions=(excluded,), as_of=local(as_of))
    assert (given.extension, given.exclusion) == ((granted, "bão") if counts else (None, ""))


def test_what_has_no_moment_of_decision_counts_from_the_beginning():
    given = given_to_my_ha(
        extension("2023-04-14 16:00"),
        exclusions=(Exclusion("my_ha", W15, "bão"),),
        as_of=local("2023-04-01 08:00"),
    )
    assert (given.final, given.exclusion) == (local("2023-04-14 16:00"), "bão")


def test_a_longer_extension_that_was_not_decided_yet_takes_nothing_from_the_one_that_was():
    longer = replace(extension("2023-04-17 16:00"), decided_at=local(DECIDED))
    given = given_to_my_ha(extension("2023-04-14 16:00"), longer, as_of=local("2023-04-13 08:00"))
    assert given.final == local("2023-04-14 16:00")


def test_an_extension_decided_for_a_file_that_lay_there_reopens_the_locked_week():
    received, decided = local("2023-07-03 08:00"), local("2023-07-04 09:00")
    granted = replace(extension("2023-07-07 16:00"), decided_at=decided)
    of = campaign(extensions=(granted,))
    assert is_locked(of, "my_ha", W15, received, as_of=received)
    assert not is_locked(of, "my_ha", W15, received, as_of=decided)


@pytest.mark.parametrize(
    ("received", "is_refused"), [("2023-06-29 23:59:59", False), ("2023-06-30 00:00:00", True)]
)
def test_a_week_refuses_files_from_the_thirtieth_day_after_the_last_wednesday_on(received, is_refused):
    assert is_locked(campaign(), "my_ha", W15, local(received), as_of=local(received)) is is_refused


@pytest.mark.parametrize(
    ("received", "is_refused"), [("2023-07-07 16:00:00", False), ("2023-07-07 16:00:01", True)]
)
def test_an_extension_reopens_a_locked_week_to_its_last_moment(received, is_refused):
    of = campaign(extensions=(extension("2023-07-07 16:00"),))
    assert is_locked(of, "my_ha", W15, local(received), as_of=local(received)) is is_refused


@pytest.mark.parametrize(
    ("extended_to", "first", "received", "until"),
    [
        (None, AT, AT, CORRECTION),
        (None, ONE_SECOND_AFTER, ONE_SECOND_AFTER, None),
        (None, AT, "2023-04-13 09:00", CORRECTION),  # the second try of a unit whose first came on time
        (None, AT, "2023-04-14 09:00", None),
        ("2023-04-17 16:00", AT, AT, "2023-04-17 16:00"),
        ("2023-04-17 16:00", ONE_SECOND_AFTER, ONE_SECOND_AFTER, "2023-04-17 16:00"),
        ("2023-04-13 10:00", AT, AT, CORRECTION),
        ("2023-04-13 10:00", "2023-04-13 10:00", "2023-04-13 10:00", None),
        (None, None, AT, None),  # its only file is no report of its own
        (None, None, ONE_SECOND_BEFORE, AT),
        ("2023-04-17 16:00", None, AT, "2023-04-17 16:00"),
    ],
)
def test_a_sender_is_told_until_when_a_mended_file_is_in_time(extended_to, first, received, until):
    given = given_to_my_ha(extension(extended_to)) if extended_to else given_to_my_ha()
    first_at = local(first) if first else None
    assert given.mending_until(local(received), first_at) == (local(until) if until else None)


# --- nothing in force ---


@pytest.mark.parametrize(
    ("as_of", "called"),
    # What is recorded at the deadline is known as of the deadline: after it nothing on time can come.
    [(ONE_SECOND_BEFORE, "waiting"), (AT, "missing"), (ONE_SECOND_AFTER, "missing")],
)
def test_who_sent_nothing_is_waited_for_until_the_deadline_and_missing_from_then_on(as_of, called):
    assert state(as_of=local(as_of)) == called


@pytest.mark.parametrize(
    ("as_of", "called"), [("2023-04-14 15:59:59", "waiting"), ("2023-04-14 16:00:01", "missing")]
)
def test_an_extension_prolongs_the_waiting(as_of, called):
    assert state(given=given_to_my_ha(extension("2023-04-14 16:00")), as_of=local(as_of)) == called


@pytest.mark.parametrize(
    ("states", "called"),
    [
        (["returned"], "returned"),
        (["quarantined"], "quarantined"),
        (["received"], "quarantined"),  # waits to be judged or typed
        (["returned", "quarantined"], "quarantined"),
        (["quarantined", "returned"], "quarantined"),
        (["returned", "received"], "quarantined"),
    ],
)
@pytest.mark.parametrize("as_of", [local(ONE_SECOND_BEFORE), LONG_AFTER])
def test_files_of_which_none_is_in_force_are_quarantined_before_returned(states, called, as_of):
    files = [attempt(f"f{n}", f"2023-04-12 1{n}:00", of) for n, of in enumerate(states)]
    assert state(*files, as_of=as_of) == called


# --- on time, extended, late ---


@pytest.mark.parametrize(
    ("received", "called"), [(ONE_SECOND_BEFORE, "on_time"), (AT, "on_time"), (ONE_SECOND_AFTER, "late")]
)
def test_the_deadline_itself_is_on_time_and_the_second_after_it_late(received, called):
    assert state(attempt("a", received)) == called


@pytest.mark.parametrize(
    ("received", "called"),
    [
        (AT, "on_time"),
        (ONE_SECOND_AFTER, "extended"),
        ("2023-04-14 16:00:00", "extended"),
        ("2023-04-14 16:00:01", "late"),
    ],
)
def test_within_an_extension_a_report_is_extended_to_its_last_moment(received, called):
    assert state(attempt("a", received), given=given_to_my_ha(extension("2023-04-14 16:00"))) == called


def test_when_a_file_was_recorded_does_not_make_it_late():
    backfilled = attempt("a", "2023-04-12 09:00", recorded_at=local("2023-05-20 09:00"))
    assert state(backfilled) == "on_time"


@pytest.mark.parametrize(("received", "called"), [(CORRECTION, "on_time"), (CORRECTION_OVER, "late")])
@pytest.mark.parametrize("first", ["accepted", "returned"])
def test_a_correction_of_an_on_time_file_is_on_time_until_the_next_working_day_ends(first, received, called):
    assert state(attempt("first", "2023-04-12 10:00", first), attempt("mended", received)) == called


ANOTHERS = finding("REPORTER_DIFFERS", severity="quarantine", other="Xã Mỹ Thành")
REFUSED = finding("REFUSED_BY_HAND", severity="error")
A_STRANGERS = finding("REPORTER_DIFFERS", severity="quarantine", seen="Xã Mĩ Hà")


@pytest.mark.parametrize(
    ("first", "of", "called"),
    [
        (ANOTHERS, "quarantined", "late"),
        (ANOTHERS, "returned", "late"),
        (REFUSED, "returned", "late"),
        (ANOTHERS, "accepted", "on_time"),  # somebody answered for it
        (A_STRANGERS, "quarantined", "on_time"),  # a slip of the pen is the unit's own
    ],
)
def test_another_units_file_and_a_refused_one_give_a_report_no_time_to_correct(first, of, called):
    before = attempt("first", "2023-04-12 10:00", of, findings=(first,), parts=frozenset())
    assert state(before, attempt("own", "2023-04-13 09:00")) == called


def test_a_file_of_the_last_moment_can_still_be_corrected_on_time():
    assert state(attempt("first", AT), attempt("mended", CORRECTION)) == "on_time"
    assert state(attempt("first", ONE_SECOND_AFTER), attempt("mended", CORRECTION)) == "late"


@pytest.mark.parametrize(("received", "called"), [(AT, "on_time"), (ONE_SECOND_AFTER, "late")])
def test_a_file_alone_is_judged_by_its_own_reception_and_not_by_when_it_was_recorded(received, called):
    alone = attempt("a", received, recorded_at=local("2023-05-20 09:00"))
    assert str(timeliness(alone, (), given_to_my_ha())) == called


def test_only_what_came_on_time_can_be_corrected_on_time():
    late_first = attempt("first", ONE_SECOND_AFTER, "returned")
    assert state(late_first, attempt("mended", "2023-04-13 09:00")) == "late"


def test_after_the_correction_time_an_extension_still_counts():
    given = given_to_my_ha(extension("2023-04-17 16:00"))
    corrected = attempt("second", "2023-04-14 09:00")
    assert state(attempt("first", "2023-04-12 10:00"), corrected, given=given) == "extended"


def test_a_correction_in_time_is_on_time_rather_than_extended():
    given = given_to_my_ha(extension("2023-04-14 16:00"))
    corrected = attempt("second", "2023-04-13 09:00")
    assert state(attempt("first", "2023-04-12 10:00"), corrected, given=given) == "on_time"


@pytest.mark.parametrize("newer", ["quarantined", "returned", "received"])
def test_a_newer_file_out_of_force_never_displaces_an_accepted_one(newer):
    first, second = attempt("a", "2023-04-12 10:00"), attempt("b", "2023-04-20 10:00", newer)
    assert state(first, second) == "on_time"
    assert in_force([first, second])[Part.PROGRESS] is first


def test_an_exclusion_comes_before_everything():
    given = given_to_my_ha(exclusions=(Exclusion("my_ha", W15, "sáp nhập xã"),))
    assert state(given=given) == "excluded"
    assert state(attempt("a", "2023-04-12 10:00"), given=given) == "excluded"
    assert state(attempt("a", "2023-04-12 10:00", "quarantined"), given=given) == "excluded"


# --- parts and nil ---


def test_only_the_debt_sent_again_replaces_only_the_debt():
    whole = attempt("whole", "2023-04-12 10:00")
    debt = attempt("debt", "2023-04-12 11:00", parts=frozenset({Part.DEBT}))
    assert in_force([debt, whole]) == {
        Part.PROGRESS: whole,
        Part.DOSSIERS: whole,
        Part.REMARKS: whole,
        Part.DEBT: debt,
    }


@pytest.mark.parametrize(
    ("received", "called"), [("2023-04-13 09:00", "on_time"), ("2023-04-14 09:00", "late")]
)
def test_the_least_punctual_part_in_force_decides(received, called):
    whole = attempt("whole", "2023-04-12 10:00")
    assert state(whole, attempt("debt", received, parts=frozenset({Part.DEBT}))) == called


def test_in_force_is_what_was_received_last_though_it_was_recorded_first():
    earlier = attempt("earlier", "2023-04-12 10:00", recorded_at=local("2023-04-12 12:00"))
    later = attempt("later", "2023-04-12 11:00")
    assert set(in_force([earlier, later]).values()) == {later}


def test_a_file_none_of_whose_parts_is_in_force_decides_nothing():
    early, again = attempt("early", "2023-04-12 09:00"), attempt("again", "2023-04-14 09:00")
    assert deciding_attempt((early, again), given_to_my_ha()) is again


@pytest.mark.parametrize(
    ("again", "first_is"),
    [(frozenset({Part.DEBT}), "accepted"), (COMMUNE_PARTS, "superseded"), (frozenset(), "accepted")],
)
def test_a_file_all_of_whose_parts_came_again_is_superseded(again, first_is):
    files = attempt("first", "2023-04-12 10:00"), attempt("again", "2023-04-12 11:00", parts=again)
    week = WeekSnapshot("my-loc-2023", W15, LONG_AFTER, attempts={"my_ha": files})
    line = next(line for line in reporter_lines(week, campaign()) if line.reporter == "my_ha")
    assert [str(file.state) for file in line.files] == [first_is, "accepted"]


def test_of_equally_punctual_parts_the_last_received_decides_for_it_made_the_report_complete():
    whole = attempt("whole", "2023-04-12 10:00")
    debt = attempt("debt", "2023-04-12 09:00", parts=frozenset({Part.REMARKS, Part.DEBT}))
    progress = attempt("progress", "2023-04-12 08:00", parts=frozenset({Part.VERIFICATION}))
    assert deciding_attempt((whole, debt, progress), given_to_my_ha()) is whole


def nil(sha256, received, of="accepted"):
    return attempt(sha256, received, of, nil=True, parts=frozenset())


@pytest.mark.parametrize(("received", "called"), [(AT, "on_time"), (ONE_SECOND_AFTER, "late")])
def test_nil_is_a_report_with_its_own_punctuality(received, called):
    assert state(nil("a", received)) == called


@pytest.mark.parametrize(
    ("files", "called", "is_nil"),
    [
        ([attempt("full", "2023-04-12 08:00"), nil("nil", "2023-04-17 08:00")], "on_time", False),
        ([nil("nil", "2023-04-12 08:00"), nil("again", "2023-04-17 08:00")], "on_time", True),
        ([attempt("a", "2023-04-12 08:00", "returned"), nil("nil", "2023-04-17 08:00")], "late", True),
        ([nil("nil", "2023-04-12 08:00"), attempt("full", "2023-04-17 08:00")], "late", False),
        ([attempt("full", "2023-04-12 08:00"), attempt("nil", "2023-04-17 08:00", nil=True)], "late", True),
    ],
)
def test_a_nil_report_behind_the_weeks_own_changes_nothing_of_it(files, called, is_nil):
    """It says that nothing has changed since; only tables that come with it count (decision 0004)."""
    week = WeekSnapshot("my-loc-2023", W15, LONG_AFTER, attempts={"my_ha": tuple(files)})
    line = next(line for line in reporter_lines(week, campaign()) if line.reporter == "my_ha")
    assert (str(line.state), line.nil) == (called, is_nil)


def test_a_nil_report_that_was_returned_is_no_report():
    assert state(nil("a", AT, "returned")) == "returned"


def test_what_was_not_accepted_decides_nothing():
    assert (
        deciding_attempt((attempt("a", AT, "returned"), attempt("b", AT, "quarantined")), given_to_my_ha())
        is None
    )


# --- the order in which files are handed in ---

FILES = st.builds(
    lambda n, hours, of, nil, parts: attempt(
        f"f{n}", f"2023-04-{12 + hours // 24} {hours % 24:02d}:00", of, nil=nil, parts=parts
    ),
    st.integers(0, 99),
    st.integers(0, 100),
    st.sampled_from(["accepted", "returned", "quarantined", "received"]),
    st.booleans(),
    st.frozensets(st.sampled_from(sorted(COMMUNE_PARTS))),
)


@settings(deadline=None)
@given(st.data(), st.lists(FILES, max_size=6, unique_by=lambda file: file.sha256))
def test_the_order_of_files_changes_neither_what_is_in_force_nor_the_state(data, files):
    shuffled = data.draw(st.permutations(files))
    assert in_force(shuffled) == in_force(files)
    assert state(*shuffled) == state(*files)


@settings(deadline=None)
@given(st.lists(FILES, max_size=6, unique_by=lambda file: file.sha256))
def test_what_is_in_force_was_accepted_carries_the_part_and_none_later_does(files):
    for part, attempt_in_force in in_force(files).items():
        rivals = [file for file in files if str(file.state) == "accepted" and part in file.parts]
        assert attempt_in_force in rivals
        assert attempt_in_force.received_at == max(file.received_at for file in rivals)


@settings(deadline=None)
@given(st.lists(FILES, max_size=6, unique_by=lambda file: file.sha256))
def test_whoever_has_something_in_force_has_reported_and_nobody_else(files):
    accepted = [file for file in files if str(file.state) == "accepted" and (file.nil or file.parts)]
    assert (state(*files) in ("on_time", "extended", "late")) == bool(accepted)


def test_a_report_due_after_a_holiday_is_judged_by_the_moved_deadline():
    week = WeekName.parse("2023-W18")
    given = due(campaign(), "my_ha", week, LONG_AFTER)
    on_the_fourth = attempt("a", "2023-05-04 16:00:00")
    assert timeliness(on_the_fourth, (on_the_fourth,), given) is ReporterWeekState.ON_TIME
    after = attempt("a", "2023-05-04 16:00:01")
    assert timeliness(after, (after,), given) is ReporterWeekState.LATE
