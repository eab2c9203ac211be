"""A revision as files. Knows which documents there are and what they are called; each renderer knows one of
them.

No clock, no user, no machine: equal summaries give equal bytes in any process and time zone.
"""

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from domain.campaign import Campaign
from domain.summary import Summary
from tasks.publication.annex import annex
from tasks.publication.cells import Report, Says
from tasks.publication.document import document
from tasks.publication.folders import lay_out
from tasks.publication.page import page
from tasks.publication.summary_json import to_bytes
from tasks.publication.view import view_of

DOCUMENT, ANNEX, PAGE, SUMMARY = "bao-cao.docx", "phu-luc.xlsx", "trang.html", "summary.json"

Writer = Callable[[BinaryIO], object]  # writes one document into a seekable file

__all__ = ["ANNEX", "DOCUMENT", "PAGE", "SUMMARY", "lay_out", "render"]


def render(summary: Summary, campaign: Campaign, says: Says) -> Mapping[str, bytes]:
    """File name -> bytes of everything one revision publishes. `says` turns a finding into its Vietnamese
    sentence.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = documents(summary, campaign, says, Path(scratch))
        return {**{name: _bytes(write) for name, write in made}, SUMMARY: to_bytes(summary)}


def documents(
    summary: Summary, campaign: Campaign, says: Says, scratch: Path
) -> Iterator[tuple[str, Writer]]:
    """The same one by one, without summary.json, which is archived before anything is made of it. scratch: an empty
    folder on a disk, for what is on its way."""
    view, report = view_of(summary, campaign, says), Report(summary, campaign, says)
    yield DOCUMENT, lambda file: file.write(document(view, campaign.heading, summary.as_of))
    yield PAGE, lambda file: file.write(page(view, report))
    yield ANNEX, lambda file: annex(view, report, file, scratch)


def _bytes(write: Writer) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()
