"""Whether the heading over a column's own makes it another one: "NS tỉnh" below "Kế hoạch vốn năm 2023" is no allotted
capital, a judgement below "Kỳ trước" isn't this week's (decision 0037). Knows words, not where they stand.
"""

import re

from domain.forms import CellKind, Column, Part, PartForm
from domain.vietnamese import match_key

_STATING = frozenset(CellKind) - {CellKind.TEXT, CellKind.IGNORED, CellKind.INDICATOR, CellKind.COMMUNE}
# The forms ask for sums up to now: no heading of theirs over others names a time.
_ANOTHER_TIME = re.compile(r"(?<!\w)(?:trước|sau|(?:19|20)\d\d)(?!\w)")
# "Huyện đánh giá" over the marks of a commune's own table, "Xã tự đánh giá" over those of an agency's.
_ANOTHER_WITNESS = {
    Part.PROGRESS: re.compile(
        r"(?<!\w)(?:huyện|tỉnh|sở|phòng|cơ quan|đoàn|tổ)(?!\w).*(?:đánh giá|thẩm tra|thẩm định|xác nhận|kiểm tra)"
    ),
    Part.VERIFICATION: re.compile(r"(?<!\w)xã(?!\w).*(?:đánh giá|báo cáo)"),
}
_GOES_ON = re.compile(r"$|:| đến |\(")  # "Vốn đã bố trí lũy kế đến nay", a heading between the two

# "Kỳ trước (5/4/2023)", "Nợ kỳ báo cáo trước"; not "Tăng, giảm so với kỳ trước".
_LAST_PERIOD = re.compile(r"(?<!\w)(?:kỳ|tuần|tháng|quý|năm)(?: báo cáo)?\W*trước(?!\w)")


def names_another_period(text: str) -> bool:
    """Of a title over a table or over some of its columns."""
    key = match_key(text)
    return _LAST_PERIOD.search(key) is not None and "so với" not in key


def makes_another(part: PartForm, column: Column, own: str, above: str) -> bool:
    """`own`, `above`: match keys; above is "" where nothing stands over the column's own heading.

    A heading that the form prints below another ("Vốn đã bố trí lũy kế: NS tỉnh") says little alone: it needs that one,
    or one of the part's `groups`. Any other needs none.
    """
    if not above or column.kind not in _STATING:
        return False
    another_witness = _ANOTHER_WITNESS.get(part.part)
    if _ANOTHER_TIME.search(above) or (another_witness and another_witness.search(above)):
        return True
    keys = (match_key(heading) for heading in column.headings)
    printed = [key.removesuffix(f":{own}") for key in keys if key.endswith(f":{own}")]
    groups = (*printed, *map(match_key, part.groups))
    return bool(printed) and not any(
        above.startswith(group) and _GOES_ON.match(above[len(group) :]) for group in groups
    )
