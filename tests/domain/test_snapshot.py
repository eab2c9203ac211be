from domain.forms import Part
from domain.lineage import CellSource
from domain.snapshot import cells_behind
from domain.submissions import DebtRow, ProgressRow, Row
from tests.factories_domain import W15, attempt, decided, judged, project, snapshot


def test_the_rows_of_a_part_come_with_their_reporter_and_file():
    week = snapshot(judged("my_ha", "1.1", "met"), project("my_ha", "Đường trục xã"))
    assert [
        (line.reporter, line.sha256, line.row.indicator) for line in week.rows_of(Part.PROGRESS, ProgressRow)
    ] == [("my_ha", "sha-my_ha", "1.1")]
    assert [line.row.project for line in week.rows_of(Part.DEBT, DebtRow)] == ["Đường trục xã"]


def test_a_part_that_nobody_sent_has_no_rows():
    assert list(snapshot(judged("my_ha", "1.1", "met")).rows_of(Part.DEBT, DebtRow)) == []


def test_a_row_of_another_type_is_not_of_the_part():
    mixed = snapshot(judged("my_ha", "1.1", "met"))
    assert list(mixed.rows_of(Part.PROGRESS, DebtRow)) == []
    assert len(list(mixed.rows_of(Part.PROGRESS, Row))) == 1


def test_a_row_in_force_knows_the_cell_behind_each_field():
    assert judged("my_ha", "1.1", "met").source("judgement") == CellSource(
        "sha-my_ha", "A. Tiến độ", "G9", "Đạt"
    )


def test_a_decision_goes_with_the_commune_that_it_is_about():
    own, other = decided(W15, "met not_met"), decided(W15, "met not_met", commune="my_thinh")
    week = snapshot(decisions=(own, other))
    assert [each.decisions for each in week.parted({"my_ha"})] == [(own,), (other,)]


STATEMENT = CellSource("nil", "Thông tin chung", "C9", "x")
NIL = attempt("nil", "2023-04-12 10:00", nil=True, nil_source=STATEMENT, parts=frozenset())


def behind(*attempts):
    """What a row of the file `sha-my_ha` leads to."""
    week = snapshot(judged("my_ha", "1.1", "met"), attempts={"my_ha": attempts})
    return cells_behind(week.rows_of(Part.PROGRESS, ProgressRow), "judgement")


CELL = CellSource("sha-my_ha", "A. Tiến độ", "G9", "Đạt")


def test_what_a_nil_report_keeps_in_force_leads_to_its_old_cell_and_to_the_statement():
    assert behind(NIL) == (CELL, STATEMENT)


def test_of_two_nil_reports_the_last_keeps_the_rows():
    earlier = attempt("first", "2023-04-12 09:00", nil=True)
    assert behind(NIL, earlier) == behind(earlier, NIL) == (CELL, STATEMENT)


def test_a_nil_report_without_a_cell_is_named_as_a_file():
    assert behind(attempt("nil", "2023-04-12 10:00", nil=True)) == (
        CELL,
        CellSource("nil", "", "", "nil.xlsx"),
    )


def test_a_row_that_was_sent_this_week_is_kept_by_no_nil_report():
    assert behind(NIL, attempt("sha-my_ha", "2023-04-12 09:00")) == (CELL,)


def test_an_old_file_that_came_again_and_was_returned_is_not_this_weeks():
    assert behind(NIL, attempt("sha-my_ha", "2023-04-12 09:00", "returned")) == (CELL, STATEMENT)


def test_a_returned_nil_report_keeps_nothing():
    assert behind(attempt("nil", "2023-04-12 10:00", "returned", nil=True)) == (CELL,)


def test_each_cell_and_each_statement_is_named_once_and_a_missing_column_not_at_all():
    rows = judged("my_ha", "1.1", "met"), judged("my_ha", "1.1", "met")
    week = snapshot(*rows, attempts={"my_ha": (NIL,)})
    assert cells_behind(week.rows_of(Part.PROGRESS, ProgressRow), "judgement", "note") == (CELL, STATEMENT)
