"""The Word document and the annex as an office program lays them out: LibreOffice to PDF to text."""

import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tasks.publication.package import ANNEX, DOCUMENT, render
from tests import factories

pytestmark = pytest.mark.office


def as_pdf(name: str, folder: Path) -> Path:
    source = folder / name
    source.write_bytes(render(factories.summary(), factories.campaign(), factories.says)[name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, capture_output=True, check=True, timeout=110)
    return source.with_suffix(".pdf")


def pages(pdf: Path) -> list[list[str]]:
    """The lines of every page, by poppler: it keeps Vietnamese letters whole."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return [
        [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        for page in text.split("\f")[:-1]
    ]


def sizes_mm(pdf: Path) -> set[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(pdf).pages]
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_pdf(DOCUMENT, tmp_path_factory.mktemp("word"))


@pytest.fixture(scope="module")
def document(pdf: Path) -> list[list[str]]:
    return pages(pdf)


def test_the_document_opens_on_a4_in_a_handful_of_pages(pdf: Path, document: list[list[str]]) -> None:
    assert sizes_mm(pdf) == {(210, 297)}
    assert 4 <= len(document) <= 10


def test_page_one_has_no_number_and_the_others_have_theirs_on_top(document: list[list[str]]) -> None:
    labels = "DỰ THẢO | DỮ LIỆU MẪU"
    assert [page[0] for page in document] == [labels, *(f"{n} {labels}" for n in range(2, len(document) + 1))]


def test_the_signature_stands_on_a_page_with_the_end_of_the_text(document: list[list[str]]) -> None:
    last = " ".join(document[-1])
    assert "./." in last
    assert "TRƯỞNG PHÒNG" in last
    assert "Nơi nhận:" in last


def test_no_heading_of_a_section_ends_a_page(document: list[list[str]]) -> None:
    assert [page[-1] for page in document if re.match(r"[IV]+\. ", page[-1])] == []


def test_the_annex_opens_with_a_landscape_page_for_every_sheet(tmp_path: Path) -> None:
    annex = as_pdf(ANNEX, tmp_path)
    text = " ".join(line for page in pages(annex) for line in page)
    assert sizes_mm(annex) == {(297, 210)}
    for title in (
        "TÌNH HÌNH NỘP BÁO CÁO",
        "KẾT QUẢ 76 DÒNG CHỈ TIÊU",
        "NỢ XÂY DỰNG CƠ BẢN",
        "KHÓ KHĂN, KIẾN NGHỊ",
    ):
        assert title in text
