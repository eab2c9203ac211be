"""Make the demo's inbox from its stories: python -m deployments.demo.make_inbox [--week W] [--libreoffice]

Writes deployments/demo/<folder>/<week>/<reporter>/<file> and deployments/demo/<folder>/received.yaml,
folder being inbox or late. Running it twice gives the same bytes. What LibreOffice writes is kept as it was
made, and made again only with --libreoffice and only where a cell differs; without it a kept file that no
longer says what the story says is an error.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from deployments.demo.libreoffice import converted, same_cells
from deployments.demo.sheets import sheets_of, table_text_of
from deployments.demo.stories import SentFile, Story, Writer, scenery, stories_of, weeks
from deployments.demo.tables import Telling
from deployments.demo.vba_project import vba_project
from deployments.demo.workbooks import Stamp, as_csv, by_openpyxl, by_xlsxwriter

HERE = Path(__file__).parent
# In a back-fill the time of receipt is what this role states (it can't be seen from the file).
_STATED_BY = "Văn thư Phòng Nông nghiệp và PTNT"
_ABOUT_RECEIVED = "# Giờ nhận từng tệp và người xác nhận giờ nhận (đường dẫn tính từ thư mục này).\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the demo's inbox from its stories.")
    parser.add_argument("--week", action="append", choices=weeks(), help="only this week (may be repeated)")
    parser.add_argument(
        "--libreoffice", action="store_true", help="make the .xls and .ods again where cells differ"
    )
    asked = parser.parse_args(arguments)
    for week in asked.week or weeks():
        for path in make_week(week, HERE, asked.libreoffice):
            sys.stdout.write(f"{path.relative_to(HERE)}\n")
    write_received(HERE)


def make_week(week: str, into: Path, with_libreoffice: bool = False) -> list[Path]:
    """Write the files of one week under `into`; the paths of all of them."""
    made = []
    for story in stories_of(week).values():
        for file in story.files:
            path = into / place_of(file, week, story.reporter)
            content = content_of(telling_of(story), source_of(file, story))
            if file.writer is Writer.LIBREOFFICE:
                content = _kept_or_converted(path, content, with_libreoffice)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            made.append(path)
    return made


def telling_of(story: Story) -> Telling:
    """A story with what each reporter last said by the week whose word it has heard."""
    heard: dict[str, Story] = {}
    for week in weeks():
        if week <= (story.heard or story.week):
            heard |= stories_of(week)
    return Telling(story, heard, scenery())


def source_of(file: SentFile, story: Story) -> SentFile:
    """The file whose bytes this one has: another one where it is the same under a second name, or elsewhere."""
    if not file.same_as:
        return file
    return next(other for other in story.files if other.name == file.same_as and not other.same_as)


def place_of(file: SentFile, week: str, reporter: str) -> Path:
    return Path(file.folder) / (file.folder_week or week) / (file.folder_reporter or reporter) / file.name


def content_of(telling: Telling, file: SentFile) -> bytes:
    """The bytes of one file; for LibreOffice the .xlsx that it is to save again."""
    told = telling.story
    header, money_unit = {**told.header, **file.header}, file.money_unit or told.money_unit
    telling = replace(telling, story=replace(told, header=header, money_unit=money_unit))
    if file.writer is Writer.CSV:
        return as_csv(table_text_of(telling, file))
    sheets = sheets_of(telling, file)
    stamp = Stamp(str(telling.story.header["agency"]), file.received_at)
    if file.writer is Writer.XLSXWRITER:
        return by_xlsxwriter(sheets, stamp)
    if file.writer is Writer.MACRO:
        return by_xlsxwriter(sheets, stamp, vba_project(len(sheets)))
    return by_openpyxl(sheets, stamp)


def write_received(into: Path) -> None:
    """One received.yaml for each folder, over all weeks that have a story: path -> when, and who says so."""
    received: dict[str, dict[str, dict[str, str]]] = {}
    for file, place in _all_places():
        path = place.relative_to(file.folder).as_posix()
        stated = {"received_at": file.received_at.isoformat(), "stated_by": _STATED_BY}
        received.setdefault(file.folder, {})[path] = stated
    for folder, paths in received.items():
        text = yaml.safe_dump(paths, allow_unicode=True, width=1000, default_flow_style=False)
        (into / folder / "received.yaml").write_text(_ABOUT_RECEIVED + text, encoding="utf-8")


def _all_places() -> Iterator[tuple[SentFile, Path]]:
    for week in weeks():
        for story in stories_of(week).values():
            yield from ((file, place_of(file, week, story.reporter)) for file in story.files)


def _kept_or_converted(path: Path, workbook: bytes, with_libreoffice: bool) -> bytes:
    """The bytes kept under `path` where they say what the story says, else new ones, if it may be asked."""
    if path.exists() and same_cells(path.read_bytes(), workbook):
        return path.read_bytes()
    if not with_libreoffice:
        raise SystemExit(
            f"{path.name} isn't there or says something else than its story: run again with --libreoffice"
        )
    return converted(workbook, path.suffix.lstrip("."))


if __name__ == "__main__":
    main()
