"""The summary as a whole: every total recomputed from what it names, every order of rows, and revisions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fnmatch import fnmatch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.campaign import Exclusion
from domain.figures.build import next_revision
from domain.forms import DossierState
from domain.judgement import Judgement, agreed, rolled_up
from domain.lineage import CellSource
from domain.summary import Change, FigureKind
from tests.factories_domain import (
    CATALOGUE,
    W15,
    W18,
    attempt,
    campaign,
    cells,
    document,
    judged,
    local,
    named,
    no_debt,
    project,
    remark,
    snapshot,
    summary,
    values,
    verified,
)

COMMUNES = ("my_ha", "my_thinh", "my_thanh")
WORDS = ("met", "nearly_met", "not_met", "not_stated")
MONEY = st.none() | st.integers(0, 2**58)

JUDGED = st.builds(
    judged,
    st.sampled_from(COMMUNES),
    st.sampled_from(["1.1", "1.2", "1.3", "2.2a", "2.2b", "4", "17.10", "2", "GATE-NO-DONG"]),
    st.sampled_from(WORDS),
)
VERIFIED = st.builds(
    verified,
    st.sampled_from(["pktht", "pgd", "ca"]),
    st.sampled_from(COMMUNES),
    st.sampled_from(["1.1", "1.2", "1.3", "2.2a", "4", "5.1", "19.2"]),
    st.sampled_from(WORDS),
)
DOCUMENTS = st.builds(
    document,
    st.sampled_from(COMMUNES),
    st.sampled_from(["1.1", "2.2a", "2.2b", "4"]),
    st.sampled_from(["Quyết định", "Biên bản"]),
    st.none() | st.sampled_from(DossierState),
)
PROJECTS = st.builds(
    project,
    st.sampled_from(COMMUNES),
    st.sampled_from(["Đường trục xã", "Trạm y tế", "Trường học"]),
    accepted=MONEY,
    allotted_district=MONEY,
    paid=MONEY,
    stated_debt=MONEY,
)
REMARKS = st.builds(
    remark,
    st.sampled_from(["my_ha", "pgd", "ca"]),
    st.sampled_from(["causes", "proposals"]),
    st.sampled_from(["", "Thiếu vốn"]),
)


def identity(line):
    """Of a file that was accepted no two rows are the same thing: that is an error of its own."""
    row = line.row
    told = (getattr(row, name, "") for name in ("commune", "indicator", "document", "project", "subject"))
    return (line.reporter, type(row).__name__, *told)


ROWS = st.lists(st.one_of(JUDGED, VERIFIED, DOCUMENTS, PROJECTS, REMARKS), max_size=25, unique_by=identity)
FULL = (
    *[judged("my_ha", code, "met") for code in ("1.1", "1.2", "1.3", "4", "2.2a", "2.2b")],
    judged("my_thinh", "1.1", "not_met"),
    judged("my_thinh", "4", "nearly_met", planned_on=date(2023, 5, 10)),
    *[verified("pktht", "my_ha", code, "met") for code in ("1.1", "1.2", "1.3")],
    verified("pktht", "my_thinh", "1.1", "met", checked_on=date(2023, 4, 12)),
    document("my_ha", "1.1", "Quyết định", DossierState.SENT),
    document("my_ha", "1.2", "Quy chế", DossierState.DRAFTING),
    project("my_ha", "Đường trục xã", accepted=2**60 + 1, allotted_district=5, paid=3),
    project("my_ha", "Trạm y tế"),
    no_debt("my_thinh"),
    remark("pgd", "proposals", "Bổ sung kinh phí"),
)  # fmt: skip
ATTEMPTS = {
    "my_ha": (attempt("a", "2023-04-12 10:00"),),
    "my_thinh": (attempt("b", "2023-04-12 16:20", nil=True),),
    "pktht": (attempt("c", "2023-04-12 10:00", "returned"),),
}


def figures_behind(figures, figure):
    return [figures[figure_id] for figure_id in named(figure)]


def indicators_met(_word, parts):
    """Rows joined: 2.2a and 2.2b are one, met only if both are."""
    counted_as = {row.code: row.counted_as for row in CATALOGUE.indicators()}
    lagging = {counted_as[part.id.split("/")[2]] for part in parts if part.value is not Judgement.MET}
    return len({counted_as[part.id.split("/")[2]] for part in parts} - lagging)


def stated_sum(_word, parts):
    stated = [part.value for part in parts if part.value is not None]
    return sum(stated) if stated else None


def unmet_criteria(_word, parts):
    return ", ".join(part.id.split("/")[2] for part in parts if part.value is not Judgement.MET)


def percent(part, whole):
    return None if part is None else round(Decimal(100 * part) / whole, 1)


def tenths(left, weeks):
    return None if left is None or not weeks else round(Decimal(left) / weeks, 1)


RECEIVED = ("on_time", "extended", "late")


def having(*values):
    """How many of the figures have one of these values; of a 0 all that were looked at are named."""
    return lambda _word, parts: sum(part.value in values for part in parts)


def percent_having(*values):
    return lambda word, parts: percent(having(*values)(word, parts), len(parts))


# What a total must be, by the last word of its id and the figures it names; the first pattern that fits.
TOTALS = {
    "criterion/*/agreed": lambda _, parts: agreed(*(part.value for part in parts)),
    "criterion/*": lambda _, parts: rolled_up(part.value for part in parts),
    "count/*": lambda word, parts: having(word)(word, parts),
    "indicators_met/*": indicators_met,
    "rate/received_share": percent_having(*RECEIVED),
    "rate/on_time_share": percent_having("on_time"),
    "rate/received": having(*RECEIVED),
    "rate/owed": lambda _, parts: len(parts),
    "rate/nil": lambda _, parts: sum(part.kind is FigureKind.STATE for part in parts),
    "rate/*": lambda word, parts: having(word)(word, parts),
    "debt/all/communes_missing": lambda _, parts: len(COMMUNES) - len(parts),
    "debt/*/unknown_projects": having(None),
    "debt/*": stated_sum,
    "debt_unknown/all/*": stated_sum,
    "debt_unknown/*": having(None),
    "milestone/M3/*/ready": stated_sum,
    "milestone/*/in_time": stated_sum,  # no document was sent too late here
    "milestone/M3/*/missing": unmet_criteria,
    "milestone/*/share": lambda _, parts: percent(*(part.value for part in parts)),
    # Counts of documents lead to cells; only where there is none, to all the documents that are listed.
    "milestone/*/ready": lambda *_: 0,
    "dossier/*": lambda *_: 0,
    # Without a week before.
    "since/*": lambda *_: W15.wednesday,
    "case/*": lambda *_: 1,
    "cases/all": stated_sum,
    "cases/*": lambda _, parts: sum(part.id.startswith("case/") for part in parts),
    "plan/*/planned_on": lambda _, parts: max(part.value for part in parts),
    "plan/*/baseline": lambda _, parts: parts[0].value,
    "plan/*": lambda *_: 0,
    "pace/M3/*/left": lambda _, parts: None if parts[1].value is None else 75 - parts[0].value,
    "pace/*/left": lambda _, parts: None if parts[0].value is None else 75 - parts[0].value,
    "pace/*/since": lambda *_: W15.wednesday,
    "pace/*/needed": lambda _, parts: tenths(*(part.value for part in parts)),
}


def total_of(figure_id, parts):
    rule = next(rule for pattern, rule in TOTALS.items() if fnmatch(figure_id, pattern))
    return rule(figure_id.rpartition("/")[2], parts)


def totals(figures) -> Iterator:
    for figure in figures.values():
        # What is listed of a standing is more than its criteria say: test_standing.
        is_list_of_indicators = fnmatch(figure.id, "milestone/M[12]/*/missing") or figure.id.startswith(
            "standing/"
        )
        if named(figure) and not is_list_of_indicators:
            yield figure


def holds_together(week):
    for figure in totals(week.figures):
        assert set(named(figure)) <= set(week.figures), figure.id
        assert figure.value == total_of(figure.id, figures_behind(week.figures, figure)), figure.id


def test_every_total_is_what_the_figures_it_names_give():
    week = summary(*FULL, attempts=ATTEMPTS)
    holds_together(week)
    heads = {figure.id.split("/")[0] for figure in totals(week.figures)}
    assert heads == {
        "criterion", "count", "rate", "indicators_met", "debt", "debt_unknown", "milestone", "dossier",
        "since", "case", "cases", "plan", "pace",
    }  # fmt: skip


def leads_somewhere(week):
    """What nobody stated has no source; everything else has one, and every figure named is there."""
    for figure in week.figures.values():
        is_silent = figure.value in (None, Judgement.NOT_STATED)
        assert is_silent or figure.sources, figure.id
        assert set(named(figure)) <= set(week.figures), figure.id


@pytest.mark.parametrize("rows", [(), FULL, (no_debt("my_ha"), no_debt("my_thinh"), no_debt("my_thanh"))])
@pytest.mark.parametrize("attempts", [{}, ATTEMPTS])
def test_every_value_leads_to_a_cell_a_figure_or_the_configuration(rows, attempts):
    leads_somewhere(summary(*rows, attempts=attempts))


def test_every_value_of_a_week_in_which_nobody_owes_a_report_leads_to_the_configuration():
    excluding = tuple(Exclusion(reporter.id, W15, "nghỉ") for reporter in campaign().roster.reporters)
    week = summary(of=campaign(exclusions=excluding))
    assert week.value("rate/owed") == 0
    leads_somewhere(week)


@settings(deadline=None, max_examples=15)
@given(ROWS)
def test_every_value_of_any_week_leads_somewhere(rows):
    leads_somewhere(summary(*rows, attempts=ATTEMPTS))


@settings(deadline=None, max_examples=15)
@given(ROWS)
def test_every_total_of_any_week_is_what_the_figures_it_names_give(rows):
    holds_together(summary(*rows, attempts=ATTEMPTS))


@settings(deadline=None, max_examples=15)
@given(st.data(), ROWS)
def test_the_order_of_rows_and_files_changes_no_figure(data, rows):
    shuffled = data.draw(st.permutations(rows))
    backwards = {reporter: files[::-1] for reporter, files in reversed(ATTEMPTS.items())}
    assert values(*shuffled, attempts=backwards) == values(*rows, attempts=ATTEMPTS)


def test_what_was_judged_counts_under_its_word_and_every_leaf_leads_to_a_file():
    week = summary(*FULL, attempts=ATTEMPTS)
    for figure in week.figures.values():
        assert all(source.sha256 for source in cells(figure)), figure.id
        if figure.id.startswith("count/"):
            word = Judgement(figure.id.split("/")[-1])
            behind = {part.value for part in figures_behind(week.figures, figure)}
            assert behind == {word} if figure.value else word not in behind
        if figure.id.startswith("indicators_met/") and figure.value:
            assert {part.value for part in figures_behind(week.figures, figure)} <= {Judgement.MET}


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [("my_ha", {"indicator", "dossier", "milestone", "debt"}), ("pktht", {"indicator", "difference"})],
)
def test_every_leaf_that_a_nil_report_keeps_in_force_leads_to_its_statement(unit, kinds):
    """The rows in force are of an earlier week's file, such as `sha-my_ha`."""
    statement = CellSource("nil", "Thông tin chung", "C9", "x")
    nil = attempt("nil", "2023-04-12 10:00", nil=True, nil_source=statement, parts=frozenset())
    week = summary(*FULL, attempts={unit: (nil,)})
    kept = [f for f in week.figures.values() if f"sha-{unit}" in {cell.sha256 for cell in cells(f)}]
    assert {figure.id.split("/")[0] for figure in kept} == kinds
    assert [figure.id for figure in kept if statement not in figure.sources] == []


def test_equal_inputs_give_an_equal_summary():
    assert summary(*FULL, attempts=ATTEMPTS) == summary(*FULL, attempts=ATTEMPTS)


def test_each_figure_is_published_under_its_own_id():
    assert all(figure_id == figure.id for figure_id, figure in summary(*FULL).figures.items())


def test_a_summary_names_its_week_its_deadline_and_what_made_it():
    week = summary(*FULL)
    assert (str(week.week), week.deadline, week.revision) == ("2023-W15", local("2023-04-12 16:00"), 0)
    assert (week.campaign, week.config_hash, week.code_version) == ("my-loc-2023", "c0ffee", "1.0")
    assert [line.name for line in week.projects] == ["Đường trục xã", "Trạm y tế"]
    assert len(week.reporters) == 6


def test_a_summary_stands_as_of_its_close_or_of_a_later_file_in_it():
    assert summary().as_of == local("2023-04-12 16:30")
    assert summary(attempts={"my_ha": (attempt("a", "2023-04-12 10:00"),)}).as_of == local("2023-04-12 16:30")
    assert summary(attempts={"my_ha": (attempt("a", "2023-04-14 10:00"),)}).as_of == local("2023-04-14 10:00")


def test_the_week_of_a_holiday_stands_as_of_its_moved_close():
    week = summary(week=W18, as_of=local("2023-05-04 16:30"))
    assert (week.deadline, week.as_of) == (local("2023-05-04 16:00"), local("2023-05-04 16:30"))


def test_the_first_issue_is_revision_1_and_changes_nothing():
    first = next_revision(summary(*FULL), None, reason="không dùng")
    assert first is not None
    assert (first.revision, first.reason, first.changes) == (1, "", ())


def test_a_second_issue_that_says_the_same_does_not_exist():
    first = next_revision(summary(*FULL), None)
    assert first is not None
    assert next_revision(summary(*FULL), first, reason="nộp muộn") is None


def test_other_code_or_configuration_with_the_same_figures_is_no_revision():
    first = next_revision(summary(*FULL), None)
    assert next_revision(replace(summary(*FULL), config_hash="other"), first) is None
    assert next_revision(replace(summary(*FULL), code_version="other"), first) is None


def test_a_late_file_makes_the_next_revision_with_what_changed_and_why():
    first = next_revision(summary(judged("my_ha", "4", "not_met")), None)
    assert first is not None
    second = next_revision(
        summary(judged("my_ha", "4", "met")), replace(first, revision=4), reason="nộp muộn"
    )
    assert second is not None
    assert (second.revision, second.reason) == (5, "nộp muộn")
    assert second.changes == (
        Change("count/my_ha/commune/met", FigureKind.NUMBER, 0, 1),
        Change("count/my_ha/commune/not_met", FigureKind.NUMBER, 1, 0),
        Change("criterion/my_ha/NC-04/commune", FigureKind.JUDGEMENT, Judgement.NOT_MET, Judgement.MET),
        Change("indicator/my_ha/4/commune", FigureKind.JUDGEMENT, Judgement.NOT_MET, Judgement.MET),
        Change("indicators_met/my_ha/commune", FigureKind.NUMBER, 0, 1),
        Change("milestone/M3/my_ha/in_time", FigureKind.NUMBER, 0, 1),
        Change(
            "milestone/M3/my_ha/missing", FigureKind.TEXT, ALL_CRITERIA, ALL_CRITERIA.replace("NC-04, ", "")
        ),
        Change("milestone/M3/my_ha/ready", FigureKind.NUMBER, 0, 1),
        Change("milestone/M3/my_ha/share", FigureKind.PERCENT, Decimal("0.0"), Decimal("5.3")),
        Change("pace/M3/my_ha/commune/left", FigureKind.NUMBER, 75, 74),
        Change("pace/M3/my_ha/commune/needed", FigureKind.NUMBER, Decimal("10.7"), Decimal("10.6")),
        Change("standing/my_ha/commune/open", FigureKind.NUMBER, 1, 0),
        Change("standing/my_ha/commune/open_codes", FigureKind.TEXT, "4", ""),
    )


ALL_CRITERIA = ", ".join(f"NC-{number:02d}" for number in range(1, 20))


def test_a_planned_date_that_moved_is_a_change():
    before = next_revision(summary(judged("my_ha", "4", "not_met", planned_on=date(2023, 5, 10))), None)
    after = next_revision(
        summary(judged("my_ha", "4", "not_met", planned_on=date(2023, 5, 20))), before, "gửi lại"
    )
    assert after is not None
    assert after.changes == (
        Change("indicator/my_ha/4/planned_on", FigureKind.DATE, date(2023, 5, 10), date(2023, 5, 20)),
        Change("plan/my_ha/NC-04/baseline", FigureKind.DATE, date(2023, 5, 10), date(2023, 5, 20)),
        Change("plan/my_ha/NC-04/planned_on", FigureKind.DATE, date(2023, 5, 10), date(2023, 5, 20)),
    )


def test_rows_of_a_commune_taken_back_are_told_as_gone():
    before = next_revision(summary(*FULL), None)
    after = next_revision(
        summary(*[line for line in FULL if line.row.sheet != "B. Hồ sơ"]), before, "rút hồ sơ"
    )
    assert after is not None
    gone = {change.figure_id for change in after.changes if change.after is None}
    assert {"dossier/my_ha/documents", "milestone/M1/my_ha/share"} <= gone


def test_an_empty_week_publishes_all_counts_and_no_debt():
    week = values()
    assert [week[f"count/my_ha/commune/{word}"] for word in WORDS] == [0, 0, 0, 19]
    assert not [i for i in week if i.startswith("debt/my_ha")]
    assert snapshot().attempts == {}
