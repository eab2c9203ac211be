"""Whether a text is a secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT). Pure; tells nothing of what it saw.

A mark of two words is one wherever it stands: nobody writes "tối mật" otherwise. MẬT alone is one in capitals, as a
word of its own in a heading, or as a whole line; "bí mật", "MẬT ĐỘ" and "MẬT ONG" are words. In doubt it is a mark:
who is refused is told and can send again. Source: SEMANTICS, "Submissions".
"""

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from itertools import islice
from pathlib import PurePath

from domain.reading.old_fonts import from_tcvn3, from_vni, old_codes_of
from domain.vietnamese import match_key, normal_text

_NO_LETTER = re.compile(r"[\W_]+")
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # a figure may: "12.4MẬT"
_WITHIN_WORDS = re.compile(r"(?<=[^\W_])[-–—](?=[^\W_])|_")  # MẬT_bao-cao: not the dash of "Báo cáo - MẬT"
_SPACED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][\s.]+){2,}[^\W\d_](?!\w)")  # T Ố I  M Ậ T
_APART_IN_A_NAME = re.compile(r"[()\[\]{}]|\s[-–—]\s")
_DENIED = re.compile(
    r"\s*:\s*(?:không(?: có)?|0)\W*$", re.I
)  # "HỒ SƠ MẬT: KHÔNG"; "MẬT: KHÔNG PHỔ BIẾN" is one
_MOST_LINES = 5_000  # that may hold a mark: more of them are no report
_HEADING = 80  # signs; in a longer line only capitals throughout make a heading of it
_LONGEST = 200  # signs and spaces around it included; no longer line is a heading

# The word before or after "mật" that makes another word of the two: density, honey, bile, password, "not secret", what
# is sweet as honey, what is called so. A pair where the nearer word alone says nothing: "đề xuất MẬT" is a mark.
_WORDS_BEFORE = (
    "bí bảo cơ thân ẩn cẩn nghiêm trù chu nội độ không đường mía rỉ gỉ ong nước ngọt lượng "
    "túi ống sỏi dịch lê lang lấy quay khoai mít dưa lưới chuối ổi cam bánh kẹo hương thôn xóm làng"
)
_PAIRS_BEFORE = frozenset({"sản xuất", "chế biến", "khai thác", "chà là"})
_WORDS_AFTER = (
    "độ ong khẩu mã thiết vụ thám danh nghị đàm ngữ ước lệnh thư báo phục hiệu tông hoa mía ngọt gấu lợn rỉ "
    "nhân sơn"
)
_BEFORE, _AFTER = frozenset(_WORDS_BEFORE.split(" ")), frozenset(_WORDS_AFTER.split(" "))


def is_marked(text: str, marks: Set[str]) -> bool:
    """Whether a line of the text is, or holds, a mark. `marks` are match keys."""
    marks = frozenset(marks)
    return _known_to_be_marked(text, marks) if len(text) <= _LONGEST else _is_marked(text, marks)


def _is_marked(text: str, marks: frozenset[str]) -> bool:
    may_hold = (line for line in dict.fromkeys(text.splitlines()) if _may_hold(line, marks))
    return any(_holds_mark(line, marks) for line in islice(may_hold, _MOST_LINES))


def name_is_marked(file_name: str, marks: Set[str]) -> bool:
    """`Báo cáo (mật).xlsx`, `Báo cáo - mật.xlsx`, `MẬT_bao cao.xlsx`, `bao cao TỐI MẬT.pdf`."""
    stem = PurePath(file_name).stem
    return is_marked(stem, marks) or any(_is_mark(part, marks) for part in _APART_IN_A_NAME.split(stem))


def _holds_mark(line: str, marks: frozenset[str]) -> bool:
    return any(_shows_mark(normal_text(reading), marks) for reading in _readings(line, marks))


def _readings(line: str, marks: frozenset[str]) -> Iterator[str]:
    """The line as it stands, and as TCVN3 and VNI fonts would show it: .VnTimeH shows small letters as capitals."""
    yield line
    if not _old_codes(marks).isdisjoint(line) and max(line) <= "ÿ":
        yield (from_tcvn3(line) or "").upper()
        yield from_vni(line)


def _shows_mark(line: str, marks: frozenset[str]) -> bool:
    if _is_list_of_marks(line.casefold(), marks):
        return False
    line = _SPACED_OUT.sub(lambda run: _NO_LETTER.sub("", run[0]), _WITHIN_WORDS.sub(" ", line))
    return _phrase(marks).search(line.casefold()) is not None or _is_heading_with_mark(line, marks)


def _may_hold(line: str, marks: frozenset[str]) -> bool:
    """Nearly every line ends here, and most stand in every file."""
    return _known_to(line, marks) if len(line) <= _LONGEST else _may(line, marks)


def _may(line: str, marks: frozenset[str]) -> bool:
    letters = [_NO_LETTER.sub("", normal_text(reading)).casefold() for reading in _readings(line, marks)]
    return any(word in each for word in _last_words(marks) for each in letters)


_known_to = lru_cache(maxsize=8192)(_may)
_known_to_be_marked = lru_cache(maxsize=8192)(_is_marked)


def _is_list_of_marks(line: str, marks: frozenset[str]) -> bool:
    """The choices of a form ("Thường, Mật, Tối mật, Tuyệt mật"): a line that names two marks of two words is none."""
    return sum(" " in mark and mark in line for mark in marks) > 1


def _is_heading_with_mark(line: str, marks: frozenset[str]) -> bool:
    if len(line) > _LONGEST:
        return False
    is_heading = len(line) <= _HEADING or line.isupper()
    return _is_mark(line, marks) or (is_heading and any(map(_stands_alone, _word(marks).finditer(line))))


def _stands_alone(found: re.Match[str]) -> bool:
    before, word, after = (group or "" for group in found.group("before", "word", "after"))
    if not word.isupper() or after.casefold() in _AFTER or _DENIED.match(found.string, found.end("word")):
        return False
    words = before.casefold().split()
    return _BEFORE.isdisjoint(words[-1:]) and " ".join(words) not in _PAIRS_BEFORE


def _is_mark(text: str, marks: Set[str]) -> bool:
    words = _NO_LETTER.sub(" ", match_key(text)).strip()
    return words.removeprefix("mức ").removeprefix("độ mật ") in marks


@cache
def _last_words(marks: frozenset[str]) -> frozenset[str]:
    return frozenset(mark.split()[-1] for mark in marks)


@cache
def _old_codes(marks: frozenset[str]) -> frozenset[str]:
    return old_codes_of(letter for mark in marks for letter in mark.split()[-1] if not letter.isascii())


@cache
def _phrase(marks: frozenset[str]) -> re.Pattern[str]:
    """The marks of two words, however they are joined: TỐI MẬT, TỐI.MẬT, TỐIMẬT; "buổi tối mật độ" is none."""
    phrases = "|".join(r"[\s.]*".join(mark.split()) for mark in sorted(marks) if " " in mark)
    return re.compile(
        rf"{_NO_LETTER_BEFORE}(?:{phrases or '(?!)'}){_NO_LETTER_AFTER}(?!\s+(?:{'|'.join(sorted(_AFTER))})\b)"
    )


@cache
def _word(marks: frozenset[str]) -> re.Pattern[str]:
    """The marks of one word, with two words before and the one behind that no sign divides from it."""
    words = "|".join(sorted(mark for mark in marks if " " not in mark)) or "(?!)"
    return re.compile(
        rf"(?:(?P<before>(?:\w+\s+)?\w+)\s+)?{_NO_LETTER_BEFORE}(?P<word>{words}){_NO_LETTER_AFTER}(?=(?:\s+(?P<after>\w+))?)",
        re.I,
    )
