"""A whole file beside what its sender had in force the week before, however the waiting files are cut into batches."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.findings import Finding
from domain.submissions import SubmissionState, Verdict
from flows.calling import as_functions
from tasks.check import check
from tasks.collect import take_late
from tasks.store import submissions, verdicts
from tasks.store.engine import reading
from tests.factories import says
from tests.story import Story, settings_of
from tests.tasks.intake.recognise_kit import DEBT, PROGRESS, REMARKS, workbook

pytestmark = pytest.mark.slow

WEDNESDAY = {"2023-W15": "12/4/2023", "2023-W16": "19/4/2023"}
SUMS = ["D3", "E3", "H3", "J3", "K3"]


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home", inbox=tmp_path / "inbox"), monkeypatch)
    played.at(datetime.fromisoformat("2023-04-19T16:00:00+07:00"))
    yield played
    played.close()


def came(
    folder: Path,
    week: str,
    unit: str = "triệu đồng",
    note: str = "",
    remark: str = "Bố trí vốn",
    paid: float | None = 2500,
    said_of_it: Sequence[str | None] = ("Đạt", None, None),
) -> int:
    """A report of Mỹ Hà is taken in: one indicator and one project, the sums in this unit. Its submission."""
    header = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", WEDNESDAY[week]]]
    said = [1, "Quy hoạch", "1.1", "", "", "", *said_of_it, note]
    road = [1, "Đường trục xã", "12/QĐ-UBND ngày 3/4/2022", 6000, 5000, None, None, 3000, None, paid, 2000]
    lines = {"A. Tiến độ": [*header, PROGRESS, said], "C. Nợ XDCB": [[f"Đơn vị tính: {unit}"], DEBT, road]}
    lines["D. Ý kiến"] = [REMARKS, ["Kiến nghị, đề xuất", remark]]
    file = folder / f"{week} {unit} {note}.xlsx"
    workbook(lines).save(file)
    return as_functions(take_late, week, "my_ha", str(file), None)


def document_came(folder: Path, week: str, state: str) -> int:
    """A report of Mỹ Hà that says this of its one document."""
    header = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", WEDNESDAY[week]]]
    headings = ["TT", "Chỉ tiêu", "Tên tài liệu minh chứng", "Tình trạng", "Ngày gửi"]
    said = [1, "1.1", "Quyết định phê duyệt quy hoạch", state, None]
    file = folder / f"{week} {state}.xlsx"
    workbook({"B. Hồ sơ": [*header, headings, said]}).save(file)
    return as_functions(take_late, week, "my_ha", str(file), None)


def judged(story: Story, *batches: Sequence[int]) -> dict[int, Verdict]:
    for batch in batches:
        as_functions(check, list(batch))
    with reading(story.work.engine) as connection:
        found = verdicts.in_force(connection, [number for batch in batches for number in batch])
    return {number: each.verdict for number, each in found.items()}


def of(verdict: Verdict, code: str) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.code == code]


def test_a_table_whose_unit_line_slipped_is_returned_with_every_sum_marked(
    story: Story, tmp_path: Path
) -> None:
    first, second = came(tmp_path, "2023-W15"), came(tmp_path, "2023-W16", "nghìn đồng", "mới")
    said = judged(story, [first], [second])
    assert said[first].state is SubmissionState.ACCEPTED
    assert said[second].state is SubmissionState.RETURNED
    assert [found.place.cell for found in of(said[second], "UNIT_SLIP")] == SUMS
    assert says(of(said[second], "UNIT_SLIP")[0]).startswith(
        "Số tiền 6.000 nghìn đồng bằng đúng 1/1.000 số của báo cáo tuần thứ Tư 12/4/2023 (6.000 triệu đồng)."
    )


def test_last_weeks_report_under_a_new_date_is_accepted_and_told(story: Story, tmp_path: Path) -> None:
    first, second = came(tmp_path, "2023-W15"), came(tmp_path, "2023-W16")
    said = judged(story, [first], [second])
    assert of(said[first], "UNCHANGED_COPY") == []
    (found,) = of(said[second], "UNCHANGED_COPY")
    assert said[second].state is SubmissionState.ACCEPTED
    assert "thứ Tư 12/4/2023" in says(found)


@pytest.mark.parametrize(
    ("paid", "told", "says_so"),
    [
        (2499.4, "PAID_FELL", "Đã thanh toán 2.499,4 triệu đồng thấp hơn báo cáo tuần thứ Tư 12/4/2023"),
        (None, "ZERO_OR_BLANK", 'Cột "Đã thanh toán lũy kế": báo cáo tuần thứ Tư 12/4/2023 ghi 2.500 triệu'),
    ],
)
def test_a_payment_that_fell_or_was_left_blank_is_told_at_its_cell_and_the_file_counts(
    story: Story, tmp_path: Path, paid: float | None, told: str, says_so: str
) -> None:
    first, second = came(tmp_path, "2023-W15"), came(tmp_path, "2023-W16", note="mới", paid=paid)
    said = judged(story, [first], [second])
    (found,) = of(said[second], told)
    assert (found.place.cell, said[second].state) == ("J3", SubmissionState.ACCEPTED)
    assert says(found).startswith(says_so)
    assert of(said[first], told) == []


def test_a_document_is_set_beside_its_state_of_last_week_also_in_a_report_with_news(
    story: Story, tmp_path: Path
) -> None:
    first = document_came(tmp_path, "2023-W15", "Hoàn thiện")
    second = document_came(tmp_path, "2023-W16", "Đang lập")
    said = judged(story, [first], [second])
    (found,) = of(said[second], "DOSSIER_STEP_SKIPPED")
    assert (found.place.sheet, found.place.cell) == ("B. Hồ sơ", "D4")


def gate_came(folder: Path, week: str) -> int:
    """A report of Mỹ Hà without a debt table that says there is no debt."""
    header = [["Đơn vị báo cáo", "Xã Mỹ Hà"], ["Kỳ báo cáo", WEDNESDAY[week]]]
    file = folder / f"{week} không nợ.xlsx"
    workbook({"A. Tiến độ": [*header, PROGRESS, [1, "", "GATE-NO-DONG", "", "", "", "Đạt"]]}).save(file)
    return as_functions(take_late, week, "my_ha", str(file), None)


def test_a_claim_of_no_debt_without_a_debt_table_is_held_against_the_last_one(
    story: Story, tmp_path: Path
) -> None:
    first, second = came(tmp_path, "2023-W15"), gate_came(tmp_path, "2023-W16")
    said = judged(story, [first], [second])
    (found,) = of(said[second], "GATE_DEBT_UNCLEAR")
    assert (found.place.cell, said[second].state) == ("G4", SubmissionState.ACCEPTED)
    assert "bảng nợ tuần thứ Tư 12/4/2023" in says(found)
    assert "Đường trục xã (2.000 triệu đồng)" in says(found)


@pytest.mark.parametrize("news", [{"note": "mới"}, {"remark": "Bố trí vốn sớm"}])
def test_a_report_with_news_is_told_nothing(story: Story, tmp_path: Path, news: dict[str, Any]) -> None:
    first, second = came(tmp_path, "2023-W15"), came(tmp_path, "2023-W16", **news)
    said = judged(story, [first], [second])
    assert of(said[second], "UNCHANGED_COPY") == of(said[second], "UNIT_SLIP") == []


def test_a_word_that_is_taken_back_and_a_plan_that_is_put_off_are_told(story: Story, tmp_path: Path) -> None:
    first = came(tmp_path, "2023-W15", said_of_it=("Đạt", None, "20/5/2023"))
    second = came(tmp_path, "2023-W16", said_of_it=("Chưa đạt", None, "25/5/2023"))
    said = judged(story, [first, second])
    assert [found.place.cell for found in of(said[second], "JUDGEMENT_WITHDRAWN")] == ["G4"]
    (slipped,) = of(said[second], "PLAN_SLIPPED")
    assert (slipped.place.cell, slipped.facts["days"]) == ("I4", "5")
    assert said[second].state is SubmissionState.ACCEPTED


def test_two_weeks_in_one_batch_are_judged_as_in_two(story: Story, tmp_path: Path) -> None:
    second, first = came(tmp_path, "2023-W16"), came(tmp_path, "2023-W15")
    said = judged(story, [second, first])
    assert len(of(said[second], "UNCHANGED_COPY")) == 1
    assert of(said[first], "UNCHANGED_COPY") == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_files_of_one_week_are_judged_alike_in_any_order(
    story: Story, tmp_path: Path, order: tuple[int, int]
) -> None:
    """A mended file is compared with last week, never with the one that it mends."""
    judged(story, [came(tmp_path, "2023-W15")])
    files = came(tmp_path, "2023-W16"), came(tmp_path, "2023-W16", "nghìn đồng")
    said = judged(story, *([files[n]] for n in order))
    assert len(of(said[files[0]], "UNCHANGED_COPY")) == 1
    assert of(said[files[0]], "UNIT_SLIP") == []
    assert len(of(said[files[1]], "UNIT_SLIP")) == len(SUMS)


def test_what_waits_comes_week_by_week(story: Story, tmp_path: Path) -> None:
    second, first = came(tmp_path, "2023-W16"), came(tmp_path, "2023-W15")
    with reading(story.work.engine) as connection:
        assert submissions.unjudged(connection, story.work.campaign.id) == (first, second)
