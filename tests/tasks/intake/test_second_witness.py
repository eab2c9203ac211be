"""What an agency says beside its judgement: the state of a dossier, and the result that it makes out itself."""

from decimal import Decimal
from typing import Any

import pytest

from domain.findings import Finding, Severity
from domain.forms import DossierState, Part
from tests.tasks.intake.recognise_kit import AGENCY_HEADER, grid, told, understood

HEADING = ["Xã", "Chỉ tiêu", "Phòng thẩm tra/đánh giá", "Tình trạng hồ sơ", "Kết quả do cơ quan xác định"]


def read(state: Any = None, result: Any = None, code: str = "2.1") -> tuple[Any, tuple[Finding, ...]]:
    """The one row of a table with these cells."""
    line = ["Xã Mỹ Hà", code, "Đạt", state, result]
    submission, findings = understood(grid([*AGENCY_HEADER, HEADING, line]), reporter="pktht")
    (row,) = submission.parts[Part.VERIFICATION]
    return row, findings


@pytest.mark.parametrize("written", ["Phòng xác nhận", "phòng đã xác nhận", "PHÒNG XÁC NHẬN "])
def test_a_state_is_read_as_in_a_communes_list_and_kept_as_written(written: str) -> None:
    row, findings = read(written)
    assert (row.state, row.dossier_state) == (DossierState.CONFIRMED, written.strip())
    assert [row.source("sha", name).cell for name in ("state", "dossier_state")] == ["D4", "D4"]
    assert row.source("sha", "state").raw == written
    assert findings == ()


def test_a_state_that_is_no_state_is_a_warning_and_not_stated() -> None:
    row, findings = read("Đã có biểu nợ XDCB")
    assert (row.state, row.dossier_state) == (None, "Đã có biểu nợ XDCB")
    assert told(findings) == [("DOSSIER_STATE_UNKNOWN", "D4")]
    assert [found.severity for found in findings] == [Severity.WARNING]
    assert row.source("sha", "state").raw == "Đã có biểu nợ XDCB"


def test_a_blank_states_nothing() -> None:
    row, findings = read()
    assert (row.state, row.dossier_state, row.result, row.result_text) == (None, "", None, "")
    assert findings == ()


@pytest.mark.parametrize(
    ("code", "written", "number"),
    [("2.1", "98,5%", "98.5"), ("2.1", 95, "95"), ("8.5", "nhiều", None), ("1.1", "Đã có", None)],
)
def test_a_result_is_read_in_the_unit_of_its_indicator(code: str, written: Any, number: str | None) -> None:
    row, findings = read(result=written, code=code)
    assert row.result == (number and Decimal(number))
    assert row.result_text == str(written)
    assert row.source("sha", "result").cell == "E4"
    assert findings == ()


def test_a_result_that_cannot_be_read_is_a_warning() -> None:
    row, findings = read(result="#REF!")
    assert row.result is None
    assert [(found.code, found.severity) for found in findings] == [("CELL_ERROR_VALUE", Severity.WARNING)]


def test_the_workbooks_of_before_have_no_such_column_and_nothing_is_missed() -> None:
    lines = [*AGENCY_HEADER, HEADING[:4], ["Xã Mỹ Hà", "2.1", "Đạt", "Đã gửi"]]
    submission, findings = understood(grid(lines), reporter="pktht")
    (row,) = submission.parts[Part.VERIFICATION]
    assert (row.state, row.result, row.source("sha", "result").cell) == (DossierState.SENT, None, "")
    assert findings == ()
