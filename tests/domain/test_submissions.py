from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from domain.findings import Finding, Severity
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.lineage import CellSource
from domain.submissions import (
    ALLOTTED_FIELDS,
    PLACE_FIELDS,
    ROW_TYPES,
    DebtRow,
    ProgressRow,
    SubmissionState,
    Verdict,
    canonical_text,
)


def progress_row(**overrides):
    columns = {"judgement": "G", "result": "AB"}
    row = ProgressRow(sheet="A. Tiến độ", row=12, columns=columns, indicator="1.1", judgement=Judgement.MET)
    return replace(row, **overrides)


def test_a_field_stands_in_its_columns_cell_of_the_row():
    assert progress_row().cell("judgement") == "G12"
    assert progress_row().cell("result") == "AB12"


def test_a_field_without_a_column_has_no_cell():
    assert progress_row().cell("planned_on") == ""


def test_a_source_shows_the_raw_text_where_it_was_not_canonical():
    row = progress_row(result=Decimal("85.5"), raw={"result": "85,5 %"})
    assert row.source("abc", "result") == CellSource("abc", "A. Tiến độ", "AB12", "85,5 %")


def test_a_source_shows_the_value_itself_where_it_was_typed_canonically():
    assert progress_row(result=Decimal("85.5")).source("abc", "result").raw == "85.5"
    assert progress_row().source("abc", "judgement") == CellSource("abc", "A. Tiến độ", "G12", "Đạt")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Judgement.NEARLY_MET, "Cơ bản đạt"),
        (DossierState.SENT, "đã gửi phòng"),
        (Decimal("85.5"), "85.5"),
        (date(2023, 4, 25), "2023-04-25"),
        (1500000, "1500000"),
        (0, "0"),
    ],
)
def test_each_value_has_one_canonical_writing(value, text):
    assert canonical_text(value) == text


def finding(severity):
    return Finding("ANY", Severity(severity))


@pytest.mark.parametrize(
    ("severities", "state"),
    [
        ([], SubmissionState.ACCEPTED),
        (["note", "warning"], SubmissionState.ACCEPTED),
        (["note", "error", "warning"], SubmissionState.RETURNED),
        (["error", "quarantine", "note"], SubmissionState.QUARANTINED),
        (["quarantine"], SubmissionState.QUARANTINED),
    ],
)
def test_the_gravest_finding_decides_over_the_whole_file(severities, state):
    findings = tuple(finding(severity) for severity in severities)
    assert Verdict.over(findings) == Verdict(state, findings)


def test_every_part_of_a_form_has_its_type_of_row():
    assert set(ROW_TYPES) == set(Part)


def test_every_source_of_capital_is_a_field_of_a_project():
    assert set(ALLOTTED_FIELDS) <= {field.name for field in fields(DebtRow)}
    assert len(set(ALLOTTED_FIELDS)) == 6


def test_where_a_row_stands_is_told_by_four_fields():
    assert PLACE_FIELDS == ("sheet", "row", "columns", "raw")


def test_every_state_has_a_name_of_its_own():
    assert len({state.vi for state in SubmissionState}) == len(SubmissionState)
