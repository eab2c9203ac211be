"""Formulas that reach outside the file: they would fetch, or start, something where the file is opened again.

No reader of ours computes a formula; the archive hands the file to people. Knows the text of formulas, no cell.
"""

import re

from tasks.intake.refusals import Refused

# HYPERLINK("https://...") fetches nothing by itself, nor does a sheet called 'Call (2)'. Taken in turn: a name may hold
# the sign that a text begins with.
_QUOTED = re.compile(r""""[^"]*"|'(?:[^']|'')*'""")
_LEADS_ELSEWHERE = re.compile(r"[\[\]\\|/:]")
# cmd|'/c calc'!A0 (DDE), '\\server\share\[x.xlsx]S'!A1, 'file:///c:/x.ods'#S.A1, and functions that ask somebody.
_OUTSIDE = re.compile(
    r"\w\s*\|[^|!]*!|\\\\|(?<![\w\]])\[\d+\](?=[^\[\]]*!)|\b(?:https?|ftp|file):|"
    r"\b(?:webservice|rtd|dde|image|call|register(?:\.id)?|exec|import(?:data|xml|html|range|feed))\s*\(",
    re.I,
)


def refuse_outside(formula: str) -> None:
    """Raises Refused for such a formula; `formula` without its "="."""
    if found := _OUTSIDE.search(_QUOTED.sub(_unless_it_leads, formula)):
        raise Refused("FILE_HAS_EXTERNAL_LINK", f"công thức gọi ra ngoài tệp: {found[0][:40]}")


def _unless_it_leads(quoted: re.Match[str]) -> str:
    """Its quotes alone, of a text and of the name of a sheet; a name with a path or a program stays."""
    is_name = quoted[0].startswith("'")
    return quoted[0] if is_name and _LEADS_ELSEWHERE.search(quoted[0]) else 2 * quoted[0][0]
