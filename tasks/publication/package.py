"""A revision as files. Knows which documents there are and what they are called; each renderer knows one of
them.

No clock, no user, no machine: equal summaries give equal bytes in any process and time zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

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

__all__ = ["ANNEX", "DOCUMENT", "PAGE", "SUMMARY", "lay_out", "render"]


def render(summary: Summary, campaign: Campaign, says: Says) -> Mapping[str, bytes]:
    """File name -> bytes of everything one revision publishes. `says` turns a finding into its Vietnamese
    sentence.
    """
    return {**dict(documents(summary, campaign, says)), SUMMARY: to_bytes(summary)}


def documents(summary: Summary, campaign: Campaign, says: Says) -> Iterator[tuple[str, bytes]]:
    """The same one by one, without summary.json, which is archived before anything is made of it."""
    view, report = view_of(summary, campaign, says), Report(summary, campaign, says)
    yield DOCUMENT, document(view, campaign.heading, summary.as_of)
    yield PAGE, page(view, report)
    view = replace(view, changes=None, sections=())  # the annex takes the titles; its tables are its own
    yield ANNEX, annex(view, report)
