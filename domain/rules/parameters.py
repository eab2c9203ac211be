"""The numbers of rules that an office may change: campaign.yaml, rule_parameters. Knows no rule."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Parameter:
    """A whole number from `least` to `most`; `default` where the campaign says nothing."""

    name: str
    default: int
    least: int
    most: int
    meaning: str

    def value(self, stated: Mapping[str, str]) -> int:
        """`stated`: what the campaign says, checked when it was loaded."""
        return int(stated.get(self.name, self.default))

    def takes(self, text: str) -> bool:
        return bool(_WHOLE.fullmatch(text)) and self.least <= int(text) <= self.most


WEEKS_OF_A_REQUEST = Parameter(
    "weeks_of_a_request",
    default=2,
    least=1,
    most=52,
    meaning="Số tuần một yêu cầu bổ sung của phòng được để ngỏ trước khi nhắc xã.",
)
# A sum of more than a million đồng that is written in full below "triệu đồng" is above 1.000 tỷ. No commune decides of
# such a project: one of group C ends at 120 tỷ (Luật Đầu tư công 39/2019/QH14, Điều 10).
BILLIONS_OF_A_PROJECT = Parameter(
    "billions_of_a_project",
    default=1000,
    least=1,
    most=10_000_000,
    meaning="Số tiền lớn nhất của một dự án mà không hỏi lại, tính bằng tỷ đồng.",
)
PARAMETERS: Mapping[str, Parameter] = {
    each.name: each for each in (WEEKS_OF_A_REQUEST, BILLIONS_OF_A_PROJECT)
}
