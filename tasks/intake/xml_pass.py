"""One streaming pass over an XML part: calls for the elements that are asked for, and no other. No entities, no DTD.

Prefixes are cut off: they are the writer's choice, and no two of the names we ask for differ by prefix alone.
"""

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from tasks.intake.refusals import damaged

Attributes = Mapping[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
Texts = Mapping[str, Callable[[str], None]]
Ends = Mapping[str, Callable[[], None]]
# The beginning of a tag in bytes, for who looks by patterns: any prefix, of whatever signs an XML name may have.
TAG = rb"<(?:[^<>\s:/=]++:)?+"
Patterns = tuple[re.Pattern[bytes], ...]
_MOST_DEPTH = 50  # of texts in texts: each copies what stands within
_NONE: Mapping[str, Callable[..., None]] = {}


def tags(name: bytes) -> Patterns:
    """The same of tags that begin so, for `holds`: by one sign each, which a pattern finds at a quarter of the cost."""
    return tuple(re.compile(sign + b"(?:" + name + b")") for sign in (b"<", b":"))


def holds(patterns: Patterns, content: bytes) -> bool:
    return any(pattern.search(content) for pattern in patterns)


def parse(content: bytes, starts: Starts, texts: Texts = _NONE, ends: Ends = _NONE) -> None:
    """Calls by local name: `starts` with the attributes; at the end `texts` with what stands in between, or `ends`.

    Raises expat.ExpatError where the content is not well-formed.
    """
    _Pass(starts, texts, ends).over(content)


class _Pass:
    """A cell costs several calls here: what can be looked up once per name is."""

    def __init__(self, starts: Starts, texts: Texts, ends: Ends) -> None:
        self._starts, self._texts, self._ends = starts, texts, ends
        self._local_names: dict[str, str] = {}
        self._open: list[list[str]] = []  # of the elements whose text is wanted, from the outermost
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        if starts or texts or ends:
            self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse
        if texts or ends:
            self._parser.EndElementHandler = self._end

    def over(self, content: bytes) -> None:
        self._parser.Parse(content, True)

    def _start(self, full_name: str, attributes: Attributes) -> None:
        name = self._local_names.get(full_name)
        if name is None:
            name = self._local_names[full_name] = full_name.rpartition(":")[2]
        if name in self._texts:
            self._open.append([])
            if len(self._open) > _MOST_DEPTH:
                raise damaged("XML có quá nhiều lớp văn bản lồng nhau")
            self._parser.CharacterDataHandler = self._open[-1].append
        on_start = self._starts.get(name)
        if on_start:
            on_start(attributes)

    def _end(self, full_name: str) -> None:
        name = self._local_names[full_name]
        if name in self._texts:
            text = "".join(self._open.pop())
            if self._open:  # a part of the text around it
                self._open[-1].append(text)
            self._parser.CharacterDataHandler = self._open[-1].append if self._open else None
            self._texts[name](text)
        elif name in self._ends:
            self._ends[name]()


def _refuse(*_: object) -> None:
    raise damaged("XML có khai báo DTD")


def attribute(attributes: Attributes, local_name: str) -> str:
    """The attribute whatever its prefix; "" where it is absent."""
    for name, value in attributes.items():
        if name.rpartition(":")[2] == local_name:
            return value
    return ""
