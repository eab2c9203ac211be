"""Parts of a package that no office program puts there: cells in letters that our readers don't know, programs.

Looks at names and at how a part begins; reads no cell.
"""

import re
from collections.abc import Mapping

from tasks.intake.container import MARKUP
from tasks.intake.refusals import Refused

# What only people and other programs look at: SharePoint writes UTF-16 there.
_BESIDE = ("docprops/", "customxml/")
_TWO_BYTES = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0")
# us-ascii is UTF-8 as well. Of any other the readers would make other letters than Excel does.
_OTHER_LETTERS = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\bencoding\s*=\s*[\"'](?!(?:utf-8|us-ascii)[\"'])([^\"'>]{1,20})", re.I
)


def refuse_other_letters(parts: Mapping[str, bytes]) -> None:
    """Raises Refused where markup is not in UTF-8: our readers would find an empty sheet where Excel shows a table."""
    for name, content in parts.items():
        if name.casefold().startswith(_BESIDE):
            continue
        if MARKUP.match(content) and _TWO_BYTES.match(content):
            raise _to_be_saved_anew(name, "UTF-16")
        if other := _OTHER_LETTERS.match(content):
            raise _to_be_saved_anew(name, other[1].decode("ascii", "replace"))


def _to_be_saved_anew(name: str, letters: str) -> Refused:
    why = f"thành phần {name} ghi bằng bảng mã {letters}, đề nghị lưu lại bằng Excel hoặc LibreOffice"
    return Refused("FILE_TYPE_UNKNOWN", why)
