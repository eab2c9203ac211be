from domain.forms import Part
from domain.lineage import CellSource
from domain.submissions import DebtRow, ProgressRow, Row
from tests.factories_domain import judged, project, snapshot


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
