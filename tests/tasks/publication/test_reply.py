"""The page that goes back to a unit."""

import re
from datetime import datetime, time
from typing import Any

import pytest

from domain.findings import Finding
from domain.submissions import SubmissionState, Verdict
from tasks.publication.reply import Reply, reply_page
from tests import factories
from tests.factories_domain import local

ERRORS = (
    factories.finding("COMMUNE_UNKNOWN", "Thẩm tra", "B12", seen="Mỹ Thạnh"),
    factories.finding("JUDGEMENT_UNKNOWN", "Thẩm tra", "E9", seen="Đạt 1 phần"),
    factories.finding("JUDGEMENT_UNKNOWN", "Thẩm tra", "AA9", seen="?"),
)
WARNING = factories.finding("WEEK_NOT_STATED", severity="warning")
NOTE = factories.finding("READ_NUMBER_FROM_TEXT", severity="note", seen="1.5", read="1,5")


def html(*findings: Finding, **overrides: Any) -> str:
    facts: dict[str, Any] = {
        "unit": "Phòng Tài chính - Kế hoạch",
        "issuer": "Phòng Nông nghiệp và PTNT",
        "file_name": "bao-cao.xlsx",
        "sha256": "ab" * 32,
        "mending_until": local("2023-04-14 10:00"),
        "send_to": "2023-W15/ptckh",
    }
    facts["verdict"] = Verdict.over(findings)
    reply = Reply(
        **facts | overrides,
        week=factories.WEEK,
        received_at=local("2023-04-12 09:42"),
        is_sample=True,
    )
    return reply_page(reply, lambda f: f"Sai: {f.code}", lambda f: f"Sửa: {f.code}").decode()


def rows(page: str, table: str) -> list[list[str]]:
    part = re.search(rf'<table id="{table}">.*?</table>', page, re.S)
    found = re.findall(r"<tr><td.*?</tr>", part[0], re.S) if part else []
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in found]


def test_it_names_file_week_and_moment() -> None:
    page = html(*ERRORS)
    for words in ("bao-cao.xlsx", "thứ Tư 12/4/2023", "09:42 ngày 12/4/2023", "Phòng Tài chính - Kế hoạch"):
        assert words in page


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (local("2023-04-14 10:00"), "10:00 ngày 14/4/2023 (vẫn tính trong hạn)."),
        (datetime.combine(local("2023-04-13 10:00"), time.max), "hết ngày 13/4/2023 (vẫn tính trong hạn)."),
        (None, "đã quá hạn nộp, đề nghị gửi sớm nhất có thể."),
    ],
)
def test_it_says_until_when_and_where_to_send_the_mended_file(until: datetime | None, words: str) -> None:
    page = html(*ERRORS, mending_until=until)
    assert f"<strong>Hạn gửi bản sửa:</strong> {words}" in page
    assert 'thư mục nhận <span class="cell">2023-W15/ptckh</span>' in page


def test_a_secret_file_is_not_asked_for_again_by_the_way_it_came() -> None:
    page = html(factories.finding("FILE_SECRET", severity="quarantine"))
    assert "không lưu và không tổng hợp" in page
    assert "Hạn gửi bản sửa" not in page
    assert "Nơi gửi" not in page


def test_a_scan_is_received_and_its_sender_asked_for_nothing() -> None:
    page = html(factories.finding("FILE_TO_BE_TYPED", severity="quarantine"))
    for words in (
        "Tệp đã được tiếp nhận, chờ nhập tay",
        "cán bộ tổng hợp sẽ nhập tay",
        "Sai: FILE_TO_BE_TYPED",
    ):
        assert words in page
    for words in ("chưa được tiếp nhận", "Nội dung cần sửa", "Hạn gửi bản sửa", "chưa xác định"):
        assert words not in page


def test_lines_above_a_table_of_word_come_before_its_cells() -> None:
    errors = [factories.finding("JUDGEMENT_UNKNOWN", "Bảng 2", cell) for cell in ("B3", "đoạn 7", "A2")]
    assert [row[2] for row in rows(html(*errors), "can-sua")] == ["đoạn 7", "A2", "B3"]


def test_on_a_telephone_each_cell_carries_the_heading_that_is_out_of_sight() -> None:
    cells = re.findall(r'<td[^>]*data-label="([^"]+)"', html(ERRORS[0]))
    assert cells == ["TT", "Trang tính", "Ô", "Đang ghi", "Xem lại", "Đề nghị"]


def test_each_error_is_a_row_with_place_what_was_seen_and_what_would_be_right() -> None:
    assert rows(html(ERRORS[0]), "can-sua") == [
        ["1", "Thẩm tra", "B12", "Mỹ Thạnh", "Sai: COMMUNE_UNKNOWN", "Sửa: COMMUNE_UNKNOWN"]
    ]


def test_errors_come_in_the_order_in_which_the_sender_goes_through_the_file() -> None:
    assert [row[2] for row in rows(html(*ERRORS), "can-sua")] == ["E9", "AA9", "B12"]


def test_warnings_stand_apart_and_notes_behind_one_line() -> None:
    page = html(*ERRORS, WARNING, NOTE)
    assert [row[4] for row in rows(page, "luu-y")] == ["Sai: WEEK_NOT_STATED"]
    assert [row[4] for row in rows(page, "ghi-chu")] == ["Sai: READ_NUMBER_FROM_TEXT"]
    assert page.index("<details>") < page.index('id="ghi-chu"') < page.index("</details>")
    assert "<details>" not in html(*ERRORS, WARNING)


def test_a_finding_about_the_whole_file_says_so() -> None:
    macro = factories.finding("FILE_HAS_MACRO", severity="quarantine", name="x.xlsm")
    assert rows(html(macro), "can-sua")[0][1:3] == ["cả tệp", "–"]


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        (ERRORS, "Tệp được trả lại để đơn vị sửa"),
        (
            (factories.finding("FILE_HAS_MACRO", severity="quarantine"),),
            "Tệp chưa được tiếp nhận, cần xác minh",
        ),
    ],
)
def test_the_title_says_what_was_decided(findings: tuple[Finding, ...], title: str) -> None:
    assert f"<h1>{title}</h1>" in html(*findings)


def test_names_and_cells_of_the_sender_are_escaped_and_plain() -> None:
    page = html(factories.finding("X", "<b>", "A1", seen="<script>\x00"), file_name="a<i>\u202e.xlsx")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "a&lt;i&gt;.xlsx" in page


def test_it_asks_for_nothing_from_outside_and_carries_the_label() -> None:
    page = html(*ERRORS)
    assert "DỮ LIỆU MẪU" in page
    assert re.search(r"https?://|<script|<link|<img", page) is None


def test_a_settled_file_is_told_where_it_went_and_asks_for_nothing():
    settled = factories.finding("SETTLED_AS_OTHER", severity="note", expected="Xã Mỹ Hà")
    kept = factories.finding("REPORTER_DIFFERS", "Thông tin chung", "B5", severity="note")
    page = html(kept, settled, verdict=Verdict(SubmissionState.SUPERSEDED, (kept, settled)))
    assert "Sai: SETTLED_AS_OTHER Sửa: SETTLED_AS_OTHER" in page
    assert [words for words in ("REPORTER_DIFFERS", "Hạn gửi", "sửa các nội dung") if words in page] == []
