"""What the police and the military write in their own words isn't published: names of files and sheets neither.

SEMANTICS: free text of Công an and Quân sự isn't published.
"""

from dataclasses import replace
from typing import Any

import pytest

from domain.findings import Finding, Place, Severity
from domain.forms import Form, Part, PartForm
from domain.lineage import CellSource
from domain.reporters import ReporterKind
from domain.snapshot import InForceRow
from domain.submissions import Row
from domain.summary import Summary
from tests import factories_domain as factories

AT, SHA, OWN = "2023-04-12 16:00", "sha-ca-0123456789", "BIMAT7 trang"
FORM = Form(
    "agency-weekly-v1",
    "",
    "",
    ReporterKind.AGENCY,
    "Thông tin chung",
    (),
    (PartForm(Part.VERIFICATION, "Thẩm tra", ()),),
)
QUOTING = Finding(
    "WEEK_DIFFERS",
    Severity.WARNING,
    Place(OWN, "E9"),
    {"expected": "thứ Tư 12/4/2023", "seen": "đối tượng A", "readings": "B"},
)


def published(*rows: InForceRow[Row], reporter: str = "ca", **overrides: Any) -> Summary:
    attempt = factories.attempt(SHA, AT, **{"file_name": "BIMAT11 vụ án.xlsx"} | overrides)
    return factories.summary(*rows, of=factories.campaign(forms=(FORM,)), attempts={reporter: (attempt,)})


def file_of(summary: Summary, reporter: str = "ca") -> Any:
    (line,) = (line for line in summary.reporters if line.reporter == reporter)
    return line.files[0]


def row_on(sheet: str, reporter: str = "ca") -> InForceRow[Row]:
    line = factories.verified(reporter, "my_ha", "19.2", "met")
    return InForceRow(reporter, SHA, replace(line.row, sheet=sheet))


@pytest.mark.parametrize("reporter", ["ca", "bchqs"])
def test_of_police_and_military_no_own_word_stands_in_what_is_published(reporter: str) -> None:
    named = Finding("REPORT_BLANK", Severity.WARNING, facts={"name": "BIMAT11 vụ án.xlsx"})
    nil = CellSource(SHA, "BIMAT8", "B7", "x")
    summary = published(
        row_on(OWN, reporter), reporter=reporter, findings=(QUOTING, named), nil=True, nil_source=nil
    )
    assert "BIMAT" not in repr(summary)
    assert "đối tượng" not in repr(summary)


def test_a_finding_of_theirs_keeps_code_cell_and_our_own_words() -> None:
    named = Finding("REPORT_BLANK", Severity.WARNING, facts={"name": "BIMAT11 vụ án.xlsx"})
    file = file_of(published(findings=(QUOTING, named)))
    assert file.file_name == "sha-ca-0"
    assert file.findings == (
        Finding(
            "WEEK_DIFFERS",
            Severity.WARNING,
            Place("trang đổi tên 1", "E9"),
            {"expected": "thứ Tư 12/4/2023"},
        ),
        Finding("REPORT_BLANK", Severity.WARNING, facts={"name": "sha-ca-0"}),
    )


@pytest.mark.parametrize(
    ("sheet", "told"),
    [("Thẩm tra", "Thẩm tra"), (OWN, "trang đổi tên 1"), ("thẩm tra BIMAT", "trang đổi tên 1")],
)
def test_a_figure_of_theirs_still_leads_to_file_and_cell(sheet: str, told: str) -> None:
    summary = published(row_on(sheet))
    cells = {source for figure in summary.figures.values() for source in factories.cells(figure)}
    assert CellSource(SHA, told, "E7", "Đạt") in cells


def test_two_sheets_that_were_renamed_stay_two() -> None:
    places = [Place(sheet, "A1") for sheet in ("BIMAT b", "BIMAT a", "", "Thông tin chung")]
    found = tuple(Finding("REQUIRED_CELL_BLANK", Severity.WARNING, place) for place in places)
    told = [each.place.sheet for each in file_of(published(findings=found)).findings]
    assert told == ["trang đổi tên 2", "trang đổi tên 1", "", "Thông tin chung"]


def test_a_file_whose_name_was_not_kept_gets_none() -> None:
    assert file_of(published(file_name="", state="quarantined")).file_name == ""


def test_of_other_units_everything_is_published_as_they_wrote_it() -> None:
    file = file_of(published(reporter="pktht", findings=(QUOTING,)), "pktht")
    assert (file.file_name, file.findings) == ("BIMAT11 vụ án.xlsx", (QUOTING,))
