"""The two short tables of the terminal and the UI."""

from dataclasses import replace
from typing import Any

from domain.judgement import Judgement, Witness
from domain.submissions import SubmissionState
from domain.summary import Summary, count_id, debt_id
from tasks.publication.blocks import Table
from tasks.publication.cells import Report
from tasks.publication.glance import communes_at_a_glance, reporters_at_a_glance
from tasks.publication.many import COMMUNES_SHOWN, MANY, UNITS_SHOWN
from tests import factories
from tests.factories_domain import local


def report_of(summary: Summary) -> Report:
    return Report(summary, factories.campaign(), factories.says)


def row_of(table: Table, name: str) -> list[str]:
    return next([c.text for c in line.cells[1:]] for line in table.lines if line.cells[0].text == name)


def remark_of(reporter: str, *files: Any, **overrides: Any) -> str:
    """What is said beside the state of this reporter, whose files are these."""
    first = factories.summary()
    lines = [
        replace(line, files=files, **overrides) if line.reporter == reporter else line
        for line in first.reporters
    ]
    name = factories.campaign().roster[reporter].name
    return row_of(reporters_at_a_glance(report_of(replace(first, reporters=tuple(lines)))), name)[-1]


def file(state: str, received: str, *severities: str) -> Any:
    found = tuple(factories.finding("JUDGEMENT_UNKNOWN", severity=severity) for severity in severities)
    like = factories.summary().reporters[0].files[0]
    return replace(
        like, state=SubmissionState(state), received_at=local(received), findings=found, sha256=received
    )


RETURNED = file("returned", "2023-04-12 10:00", "error", "error", "warning")
ACCEPTED = file("accepted", "2023-04-12 11:00", "warning")
NEWER = file("quarantined", "2023-04-12 12:00", "quarantine")


def test_a_silent_commune_shows_dashes_as_in_the_documents() -> None:
    silent = {count_id("my_thanh", Witness.COMMUNE, judgement): 0 for judgement in Judgement}
    silent[count_id("my_thanh", Witness.COMMUNE, Judgement.NOT_STATED)] = 19
    report = report_of(factories.with_values(factories.summary(), silent))
    assert row_of(communes_at_a_glance(report), "Xã Mỹ Thành") == ["–", "–", "–", "19", "chưa có số liệu"]


def test_a_debt_that_lacks_projects_says_so() -> None:
    values = {debt_id("my_ha", "legal"): 1_500_000, debt_id("my_ha", "unknown_projects"): 2}
    report = report_of(factories.with_values(factories.summary(), values))
    assert row_of(communes_at_a_glance(report), "Xã Mỹ Hà")[-1] == "1,5 (còn 2 dự án chưa có số liệu)"


def test_a_unit_that_does_not_owe_says_so() -> None:
    row = row_of(
        reporters_at_a_glance(report_of(factories.summary())), "Ban Chỉ huy Quân sự huyện (chưa bắt buộc)"
    )
    assert row == ["đúng hạn", "10:05 12/4/2023", "–"]


def test_errors_of_a_file_that_was_mended_are_not_counted_but_the_file_is() -> None:
    assert remark_of("pnn", RETURNED, ACCEPTED) == "1 lưu ý; trước đó trả lại 1 tệp"


def test_errors_of_a_file_that_waits_are_counted() -> None:
    assert remark_of("pnn", RETURNED) == "2 lỗi, 1 lưu ý"
    told = remark_of("pnn", ACCEPTED, NEWER, awaits_correction=True)
    assert told == "1 lỗi, 1 lưu ý; tệp mới đang chờ sửa"


def test_a_file_that_a_person_refused_is_told_apart_from_one_that_was_mended() -> None:
    refused = replace(NEWER, state="returned", findings=(factories.finding("REFUSED_BY_HAND"),))
    told = remark_of("pnn", RETURNED, ACCEPTED, refused)
    assert told == "1 lưu ý; trước đó trả lại 1 tệp; không chấp nhận 1 tệp"
    assert remark_of("pnn", refused) == "1 lỗi"


def test_a_file_that_was_anothers_hides_no_file_that_waits() -> None:
    settled = file("superseded", "2023-04-12 12:00")
    assert remark_of("pnn", RETURNED, settled) == "2 lỗi, 1 lưu ý"


def test_a_correction_that_came_after_the_deadline_says_why_it_is_on_time() -> None:
    at = local("2023-04-13 09:00")
    told = remark_of("pnn", replace(ACCEPTED, received_at=at), received_at=at)
    assert told == "1 lưu ý; bản sửa trong thời hạn cho phép"
    deadline = factories.summary().deadline
    assert remark_of("pnn", ACCEPTED, received_at=deadline) == "1 lưu ý"


def test_of_many_both_tables_have_the_foremost_and_say_how_many_more_there_are() -> None:
    campaign = factories.campaign_of(MANY + 1)
    report = Report(factories.summary(campaign), campaign, factories.says)
    units, communes = reporters_at_a_glance(report), communes_at_a_glance(report)
    assert (len(units.lines), len(communes.lines)) == (UNITS_SHOWN + 1, COMMUNES_SHOWN + 1)
    left = len(report.summary.reporters) - UNITS_SHOWN
    assert (
        units.lines[-1].cells[0].text == f"Còn {left} đơn vị khác: xem phụ lục, trang tính “Tình hình nộp”."
    )
    assert communes.lines[-1].cells[0].text == "Còn 31 xã khác: xem phụ lục, trang tính “Số tiêu chí”."
    states = [line.cells[1].text for line in units.lines[:5]]
    assert states == ["chờ xác minh", "trả lại", "chưa nộp", "muộn", "đúng hạn"]
