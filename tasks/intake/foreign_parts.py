"""Parts of a package that no office program puts there: cells in letters that our readers don't know, programs.

Looks at names and at how a part begins; reads no cell.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from tasks.intake.container import MARKUP
from tasks.intake.refusals import Refused

# What only people and other programs look at: SharePoint writes UTF-16 there.
_BESIDE = ("docprops/", "customxml/")
_SHEET = re.compile(rb"s\0h\0e\0e\0t\0D\0a\0t\0a")
_TWO_BYTES = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0")
# us-ascii is UTF-8 as well. Of any other the readers would make other letters than Excel does.
_OTHER_LETTERS = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\bencoding\s*=\s*[\"'](?!(?:utf-8|us-ascii)[\"'])([^\"'>]{1,20})", re.I
)
# What a double click would start once somebody unpacks the archive, by its name (Windows) or by how it begins
# (Windows, Linux, a link of Windows, a script). No reader of ours would.
_PROGRAM_SUFFIXES = (
    "app appref-ms bat chm cmd com cpl dll exe gadget hta inf jar jnlp js jse lnk msc msi msp mst ocx pif ps1 psm1 py "
    "reg scf scr sct sh sys url vb vbe vbs wsc wsf wsh xll"
)
_PROGRAM_SUFFIX = frozenset(_PROGRAM_SUFFIXES.split())
_PROGRAM = re.compile(rb"MZ|\x7fELF|#!|L\0\0\0\x01\x14\x02\0|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe")


def programs(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(code, its name) for each part that is a program, whatever office program the package is for."""
    for name, content in parts.items():
        _, dot, suffix = unquote(name).casefold().rpartition(".")
        if (dot and suffix in _PROGRAM_SUFFIX) or _PROGRAM.match(content):
            yield "FILE_HAS_MACRO", name


def refuse_other_letters(parts: Mapping[str, bytes]) -> None:
    """Raises Refused where markup is not in UTF-8: our readers would find an empty sheet where Excel shows a table."""
    for name, content in parts.items():
        if name.casefold().startswith(_BESIDE) and not _SHEET.search(content):
            continue
        if MARKUP.match(content) and _TWO_BYTES.match(content):
            raise _to_be_saved_anew(name, "UTF-16")
        if other := _OTHER_LETTERS.match(content):
            raise _to_be_saved_anew(name, other[1].decode("ascii", "replace"))


def _to_be_saved_anew(name: str, letters: str) -> Refused:
    why = f"thành phần {name} ghi bằng bảng mã {letters}, đề nghị lưu lại bằng Excel hoặc LibreOffice"
    return Refused("FILE_TYPE_UNKNOWN", why)
