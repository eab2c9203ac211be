"""The page in a real browser: drawn, no wider than a telephone, printable, and without a request to anywhere."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from domain.summary import Summary
from tasks.publication.cells import Report
from tasks.publication.index import Issue, index
from tasks.publication.package import PAGE, render
from tasks.publication.story import story_of
from tests import factories, factories_weeks

pytestmark = pytest.mark.office
PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / PAGE
    path.write_bytes(render(factories.summary(), factories.campaign(), factories.says)[PAGE])
    return path


KINDS = ("a week beside the week before", "the index of one week", "the index of a year")


@pytest.fixture(scope="module", params=KINDS)
def wide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages with more in them than the first week's."""
    path = tmp_path_factory.mktemp("wide") / PAGE
    week = factories_weeks.compared()
    if request.param == KINDS[0]:
        path.write_bytes(render(week, factories.campaign(), factories.says)[PAGE])
    else:
        path.write_bytes(_index_of(52 if request.param == KINDS[2] else 1, week))
    return path


def _index_of(number: int, latest: Summary) -> bytes:
    campaign = factories.campaign()
    calendar = replace(
        campaign.calendar, last_week=max(factories.WEEK.shifted(number - 1), campaign.calendar.last_week)
    )
    report = Report(latest, replace(campaign, calendar=calendar), factories.says)
    weeks = [factories.WEEK.shifted(n) for n in range(number)]
    stories = [replace(story_of(report), week=str(week)) for week in weeks]
    return index(stories, report, [Issue(week, 1, latest.as_of, "", (PAGE,)) for week in weeks], "ab" * 32)


def chromium(options: Sequence[str], address: str, profile: Path) -> str:
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
    command = ["chromium", *quiet, f"--user-data-dir={profile}", *options, address]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=100).stdout


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_is_drawn_with_dark_text_on_white(page: Path, tmp_path: Path, width: int) -> None:
    shot = tmp_path / "shot.png"
    chromium([f"--window-size={width},1200", f"--screenshot={shot}"], page.as_uri(), tmp_path / "profile")
    picture = Image.open(shot).convert("L")
    assert picture.width == width
    shades = picture.histogram()
    white, dark = sum(shades[250:]), sum(shades[:90])
    assert white > 0.6 * picture.width * picture.height
    assert dark > 0.01 * picture.width * picture.height


def measured(page: Path, folder: Path, width: int, script: str) -> str:
    """What the script says of the page, laid out by the browser. From outside, in a frame: the page runs no script."""
    frame = folder / "frame.html"
    frame.write_text(
        f'<iframe id="f" width="{width}" height="900" style="border:0" src="{page.as_uri()}"></iframe>'
        '<p id="seen"></p><script>onload = () => { document.getElementById("seen").textContent = (page => {'
        f'{script}}})(document.getElementById("f").contentDocument); }}</script>',
        encoding="utf-8",
    )
    options = ["--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom"]
    return chromium(options, frame.as_uri(), folder / "profile")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_is_not_wider_than_the_screen(page: Path, tmp_path: Path, width: int) -> None:
    """Wide tables scroll in themselves."""
    script = 'return "width " + page.documentElement.scrollWidth;'
    seen = re.search(r"width (\d+)", measured(page, tmp_path, width, script))
    assert seen is not None
    assert int(seen[1]) <= width


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_neither_a_compared_week_nor_the_index_is_wider_than_the_screen(
    wide: Path, tmp_path: Path, width: int
) -> None:
    script = 'return "width " + page.documentElement.scrollWidth;'
    seen = re.search(r"width (\d+)", measured(wide, tmp_path, width, script))
    assert seen is not None
    assert int(seen[1]) <= width


def test_a_wide_table_scrolls_in_its_own_box_and_keeps_its_first_column_in_sight(
    page: Path, tmp_path: Path
) -> None:
    script = (
        'const told = [...page.querySelectorAll(".table.wide")].map(box => { box.scrollLeft = 150;'
        'const name = box.querySelector("tbody th").getBoundingClientRect().left;'
        "return box.scrollLeft + ' ' + Math.round(name - box.getBoundingClientRect().left); });"
        'return "seen " + told.join(";");'
    )
    seen = re.search(r"seen ([\d ;-]+)<", measured(page, tmp_path, PHONE, script))
    assert seen is not None
    boxes = [tuple(map(int, box.split())) for box in seen[1].split(";")]
    assert len(boxes) >= 5
    assert {scrolled for scrolled, _ in boxes} == {150}
    assert {beside for _, beside in boxes} <= {0, 1}


def test_the_page_prints_with_its_words_and_in_few_sheets(page: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    chromium(["--no-pdf-header-footer", f"--print-to-pdf={pdf}"], page.as_uri(), tmp_path / "profile")
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    for words in ("DỰ THẢO", "Nợ xây dựng cơ bản", "Việc đến hạn tiếp theo"):
        assert words in told
    sheets = PdfReader(pdf).pages
    assert len(sheets) <= 10
    assert round(float(sheets[0].mediabox.width) / 72 * 25.4) == 210
