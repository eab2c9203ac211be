"""Formulas that reach outside the file: they would fetch, or start, something where the file is opened again.

No reader of ours computes a formula; the archive hands the file to people. Knows the text of formulas, no cell.
"""

import re

from tasks.intake.refusals import Refused

_QUOTED = re.compile(r'"[^"]*"')  # HYPERLINK("https://...") fetches nothing by itself
# cmd|'/c calc'!A0 (DDE), '\\server\share\[x.xlsx]S'!A1, 'file:///c:/x.ods'#S.A1, and functions that ask somebody.
_OUTSIDE = re.compile(
    r"\w\s*\|[^|!]*!|\\\\|(?<![\w\]])\[\d+\]|\b(?:https?|ftp|file):|"
    r"\b(?:webservice|rtd|dde|image|call|register(?:\.id)?|exec|import(?:data|xml|html|range|feed))\s*\(",
    re.I,
)


def refuse_outside(formula: str) -> None:
    """Raises Refused for such a formula; `formula` without its "="."""
    if found := _OUTSIDE.search(_QUOTED.sub('""', formula)):
        raise Refused("FILE_HAS_EXTERNAL_LINK", f"công thức gọi ra ngoài tệp: {found[0][:40]}")
