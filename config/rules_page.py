"""Writes docs/rules.md: `python -m config.rules_page docs/rules.md`. What reports are judged by, case by case.

From the registry of rules, their cases (config/rule_cases) and the sentences of messages.vi.yaml: what a page says that
a rule finds is what the rule finds.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.facts import load_campaign, load_messages
from config.markdown import markdown_table
from config.messages import Message
from config.rule_cases import CAMPAIGN, RuleCases, load_cases
from domain.campaign import Campaign
from domain.findings import Severity
from domain.rules.cases import found_in
from domain.rules.parameters import PARAMETERS
from domain.rules.registry import BY_CODE
from domain.rules.rule import Rule
from domain.vietnamese import first_capital

_TOP = """# Báo cáo được kiểm tra theo những quy tắc nào

Trang này cho cán bộ làm báo cáo và cán bộ tổng hợp. Mỗi quy tắc so các ô trong một tệp với nhau, hoặc với báo cáo
trước của chính đơn vị ấy. Không quy tắc nào tự sửa số liệu hay tự kết luận đạt, chưa đạt.

- **Lỗi:** cả tệp được trả lại để sửa, chưa số nào của tệp được tổng hợp.
- **Lưu ý:** tệp vẫn được tiếp nhận và tổng hợp; nội dung cần lưu ý đi kèm trong bản tổng hợp.
- **Ghi chú:** chỉ để biết, xem được bằng `ntm read`.

Ví dụ dùng tiêu chí, đơn vị và tuần của đợt báo cáo đi kèm hệ thống. Cách đọc từng ô: [reading.md](reading.md).
"""
_BOTTOM = """Trang do `python -m config.rules_page docs/rules.md` viết ra từ chính các quy tắc và ví dụ mà chương
trình kiểm thử; không sửa tay. Xem trên máy: `ntm rules`; thử trên một tệp: `ntm rules --try TỆP`.
"""
_OF_PARAMETERS = """## Những con số đơn vị được thay đổi

Ghi ở mục `rule_parameters` của `campaign.yaml`; không ghi thì dùng số mặc định.
"""
PASSES = "không có ý kiến"


@dataclass(frozen=True)
class Told:
    """One case with what is answered to it: (where, sentence), nothing where the rule lets it pass."""

    says: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RuleTold:
    """What is asked under one code, as people read it."""

    code: str
    rules: tuple[Rule, ...]
    title: str
    basis: str
    severity: Severity
    cases: tuple[Told, ...]


def rules_told(
    codes: Collection[str], campaign: Campaign, root: Path, severities: Mapping[str, str]
) -> Iterator[RuleTold]:
    """Of these codes, in the order in which they judge; no other's cases are run. `campaign`: that the cases are
    written for; `severities`: of any."""
    cases, messages = load_cases(campaign, root), load_messages(root)
    for code in (code for code in BY_CODE if code in codes):
        yield _told(code, BY_CODE[code], cases[code], Severity(severities[code]), messages)


def rules_page(campaign: Campaign, root: Path) -> str:
    """The whole page."""
    rules = (_page_of(each) for each in rules_told(BY_CODE, campaign, root, campaign.severities))
    return "\n".join([_TOP, *rules, _parameters(), _BOTTOM])


def _parameters() -> str:
    """The numbers of rules that an office may change."""
    heads = ("Tên", "Ý nghĩa", "Mặc định", "Được ghi")
    rows = (
        (f"`{each.name}`", each.meaning, str(each.default), f"từ {each.least} đến {each.most}")
        for each in PARAMETERS.values()
    )
    return "\n".join([_OF_PARAMETERS, *markdown_table(heads, rows)])


def _told(
    code: str, rules: tuple[Rule, ...], of: RuleCases, severity: Severity, messages: Mapping[str, Message]
) -> RuleTold:
    cases = []
    for case in of.cases:
        found = found_in(case, rules)
        answers = tuple((finding.place.vi, messages[finding.code].text(finding)) for finding in found)
        cases.append(Told(case.says, answers))
    return RuleTold(code, rules, of.title, of.basis, severity, tuple(cases))


def _page_of(each: RuleTold) -> str:
    rows = ((first_capital(case.says), _answered(case)) for case in each.cases)
    return "\n".join(
        [
            f"## {each.title}",
            "",
            f"**{first_capital(each.severity.vi)}** `{each.code}`. Căn cứ: {each.basis}.",
            "",
            *markdown_table(("Tệp ghi", "Hệ thống trả lời"), rows),
        ]
    )


def _answered(case: Told) -> str:
    return " ".join(dict.fromkeys(text for _, text in case.answers)) or PASSES


def main(path: str) -> None:
    root = Path(__file__).parent
    Path(path).write_text(rules_page(load_campaign(CAMPAIGN, root), root), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
