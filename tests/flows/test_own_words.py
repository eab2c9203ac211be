"""A sheet that the police renamed and a file they named after a case, in the week as it is really published."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.story import DEMO, WEEK, Story

pytestmark = pytest.mark.slow


def renamed_sheet(workbook: Path) -> bytes:
    """The same bytes but for the name of one sheet."""
    written = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("Thẩm tra".encode(), b"BIMAT7 trang"))
    return written.getvalue()


def plain(path: Path) -> bytes:
    """What a reader of the file could see; .docx and .xlsx are opened."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"\0".join(package.read(name) for name in package.namelist())


def test_no_published_file_holds_the_name_of_a_sheet_or_file_of_the_police(
    story: Story, tmp_path: Path
) -> None:
    file = tmp_path / "BIMAT11 vụ án.xlsx"
    file.write_bytes(renamed_sheet(next((DEMO / "inbox" / WEEK / "ca").iterdir())))
    story.weekly_run()
    assert story.late_file(file, "ca")
    (line,) = (line for line in story.summary.reporters if line.reporter == "ca")
    assert sha256(file.read_bytes()).hexdigest()[:8] in {each.file_name for each in line.files}
    published = [path for path in story.settings.published.rglob("r2/*") if path.is_file()]
    assert len(published) >= 4
    assert any("trang đổi tên 1".encode() in path.read_bytes() for path in published)
    assert [path.name for path in published if b"BIMAT" in plain(path)] == []
