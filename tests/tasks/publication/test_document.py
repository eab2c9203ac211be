"""The Word document against the decree's layout diagram, read back with python-docx."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Length

from domain.summary import remark_id
from tasks.publication.document import document
from tasks.publication.view import view_of
from tests import factories


def word(**overrides: Any) -> Document:
    summary, campaign = factories.summary(**overrides), factories.campaign()
    return docx.Document(
        io.BytesIO(document(view_of(summary, campaign, factories.says), campaign.heading, summary.as_of))
    )


@pytest.fixture(scope="module")
def written() -> Document:
    return word()


def paragraphs(of: Document) -> list[str]:
    return [p.text for p in of.paragraphs if p.text]


def sizes(of: Document, start: str) -> set[float]:
    found = next(p for p in of.paragraphs if p.text.startswith(start))
    return {run.font.size.pt for run in found.runs if run.font.size}


def millimetres(length: Length | None) -> float:
    assert length is not None
    return length.mm


def test_the_page_is_a4_with_the_decree_s_margins(written: Document) -> None:
    page = written.sections[0]
    assert (round(millimetres(page.page_width)), round(millimetres(page.page_height))) == (210, 297)
    assert 20 <= millimetres(page.top_margin) <= 25
    assert 20 <= millimetres(page.bottom_margin) <= 25
    assert 30 <= round(millimetres(page.left_margin), 1) <= 35
    assert 15 <= millimetres(page.right_margin) <= 20


def test_quoc_hieu_and_issuer_stand_side_by_side_at_the_top(written: Document) -> None:
    left, right = written.tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text][:2] == [
        "UBND HUYỆN MỸ LỘC",
        "PHÒNG NÔNG NGHIỆP VÀ PTNT",
    ]
    assert [p.text for p in right.paragraphs if p.text][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [run.bold for p in left.paragraphs[:2] for run in p.runs] == [None, True]


def test_number_and_date_are_left_blank_for_van_thu(written: Document) -> None:
    left, right = written.tables[0].rows[0].cells
    assert re.fullmatch(r"Số:\s{5,}/BC-PNN", left.paragraphs[-1].text)
    assert re.fullmatch(r"Mỹ Lộc, ngày\s{5,}tháng\s{5,}năm 2023", right.paragraphs[-1].text)
    assert right.paragraphs[-1].runs[0].italic


def test_kind_subject_and_addressee_follow(written: Document) -> None:
    texts = paragraphs(written)
    assert texts[0] == "BÁO CÁO"
    assert texts[1].endswith("tuần báo cáo thứ Tư, ngày 12 tháng 4 năm 2023")
    assert texts[2].startswith("Kính gửi: Lãnh đạo UBND huyện")


def test_no_line_of_the_title_tears_the_name_of_a_commune_apart(written: Document) -> None:
    title = paragraphs(written)[1]
    assert "Mỹ\N{NO-BREAK SPACE}Thịnh, Mỹ\N{NO-BREAK SPACE}Thành" in title
    assert "Mỹ Thịnh" not in title


def test_a_heading_row_stays_with_the_row_below_it(written: Document) -> None:
    milestones = next(t for t in written.tables if t.cell(0, 0).text == "Mốc, xã")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in milestones.rows]
    assert kept[:6] == [True, True, None, None, None, True]
    debts = next(t for t in written.tables if t.cell(0, 0).text == "Xã, dự án")
    assert debts.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next is None


def test_several_addressees_stand_one_a_line(written: Document) -> None:
    campaign = factories.campaign()
    heading = replace(campaign.heading, addressed_to=("Thường trực Huyện ủy", "Lãnh đạo UBND huyện"))
    view = view_of(factories.summary(), campaign, factories.says)
    texts = paragraphs(docx.Document(io.BytesIO(document(view, heading, factories.summary().as_of))))
    assert texts[2:5] == ["Kính gửi:", "- Thường trực Huyện ủy;", "- Lãnh đạo UBND huyện."]


def test_section_headings_are_upper_case_bold_with_roman_numbers(written: Document) -> None:
    found = [p for p in written.paragraphs if re.match(r"[IV]+\. ", p.text)]
    assert [p.text.split(".")[0] for p in found] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert all(p.text == p.text.upper() and p.runs[0].bold for p in found)


def test_sizes_are_those_of_the_decree(written: Document) -> None:
    assert sizes(written, "BÁO CÁO") <= {13, 14}
    assert sizes(written, "Thực hiện ") <= {13, 14}
    in_tables = {
        run.font.size.pt for t in written.tables[1:-1] for p in t._cells[0].paragraphs for run in p.runs
    }
    assert in_tables == {11}


def test_everything_is_set_in_times_new_roman_and_black() -> None:
    summary, campaign = factories.summary(), factories.campaign()
    data = document(view_of(summary, campaign, factories.says), campaign.heading, summary.as_of)
    body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "w:rFonts" not in body
    assert set(re.findall(r'<w:color w:val="(\w+)"', body)) == set()
    assert docx.Document(io.BytesIO(data)).styles["Normal"].font.name == "Times New Roman"


def test_the_page_number_is_centred_on_top_and_hidden_on_page_one(written: Document) -> None:
    section = written.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_every_page_says_draft_and_sample(written: Document) -> None:
    section = written.sections[0]
    for header in (section.header, section.first_page_header):
        assert "DỰ THẢO  |  DỮ LIỆU MẪU" in header.paragraphs[0].text


def test_it_ends_with_the_end_mark_receivers_and_signer(written: Document) -> None:
    assert paragraphs(written)[-1].endswith("./.")
    left, right = written.tables[-1].rows[0].cells
    receivers = [p.text for p in left.paragraphs]
    assert receivers[0] == "Nơi nhận:"
    assert receivers[-1] == "- Lưu: VT, PNN."
    assert all(text.startswith("- ") and text.endswith(";") for text in receivers[1:-1])
    assert right.paragraphs[0].text == "TRƯỞNG PHÒNG"


def test_a_second_revision_says_on_page_one_what_changed_and_why() -> None:
    second = factories.revised(factories.summary(), "Xã gửi bổ sung", {"debt/my_ha/legal": 5_000_000})
    campaign = factories.campaign()
    data = document(view_of(second, campaign, factories.says), campaign.heading, second.as_of)
    texts = paragraphs(docx.Document(io.BytesIO(data)))
    assert texts[3] == "NỘI DUNG THAY ĐỔI VÀ LÝ DO"
    assert "Lý do: Xã gửi bổ sung." in texts[4]


def test_text_of_a_unit_is_plain_text_whatever_it_holds() -> None:
    hostile = "a\x00b\x0b <w:br/> & \u202eđảo \ufffe"
    summary = factories.with_values(factories.summary(), {remark_id("my_ha", "difficulties"): hostile})
    texts = paragraphs(word(figures=summary.figures))
    assert "- Xã Mỹ Hà: ab <w:br/> & đảo " in texts


def test_core_properties_name_the_office_and_no_person_or_clock(written: Document) -> None:
    properties = written.core_properties
    assert properties.author == properties.last_modified_by == "PHÒNG NÔNG NGHIỆP VÀ PTNT"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.isoformat() == "2023-04-13T02:30:00+00:00"
