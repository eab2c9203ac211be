"""How much markup of one file our own process parses, which has no limits: counted before any parser sees it.

Knows bytes; no format, no element. Forms have 3,000 tags in 150 KB.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tasks.intake.refusals import too_large

RELATIONSHIPS = ".rels"


@dataclass(frozen=True)
class Most:
    size: int  # bytes
    tags: int  # beginnings and ends


# Each relationship becomes an object or two: a list of 1,300 links.
_ONE_LIST = Most(256_000, 5_000)
LISTS = Most(1_000_000, 20_000)
# Parsed element by element: half a second. Of a workbook what isn't known to be a sheet (sheet_bounds.py counts those).
WHOLE = Most(20_000_000, 400_000)


def refuse_heavy(contents: Collection[bytes], most: Most) -> None:
    """Raises Refused where they have more of it together."""
    if sum(map(len, contents)) > most.size or tags_in(contents) > most.tags:
        raise too_large("tệp có quá nhiều thành phần XML")


def refuse_heavy_lists(parts: Mapping[str, bytes], *others: str) -> None:
    """The same of all lists of relationships, each alone and with the parts of these names."""
    lists = [content for name, content in parts.items() if name.casefold().endswith(RELATIONSHIPS)]
    for content in lists:
        refuse_heavy((content,), _ONE_LIST)
    refuse_heavy((*lists, *(parts[name] for name in others if name in parts)), LISTS)


def tags_in(contents: Collection[bytes]) -> int:
    return sum(content.count(b"<") for content in contents)
