"""The finding codes and the fields of forms as tables, for docs/data-dictionary.md (tasks/store/dictionary.py).

From the sentences, the registry of rules, the code that names a code, and the forms of the sample campaign: nothing
here is a second list.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from config.facts import CONFIG_ROOT
from config.markdown import markdown_table
from config.messages import Message
from domain.forms import Column, Form, HeaderField
from domain.rules.registry import RULES
from domain.rules.rule import Rule

_REPOSITORY = CONFIG_ROOT.parent
_ROOMS = ("domain", "tasks")
_TELL_OF_FINDINGS = ("spellings", "publication")  # show examples of findings or answer them, and find nothing
_OF_CODES = """Severity as shipped; `severities` of `campaign.yaml` may say a graver one. What a rule (`domain/rules/`)
finds stands case by case in [rules.md](rules.md), what the reading of a cell finds in [reading.md](reading.md). In
braces: facts of the finding.
"""


def finding_codes(messages: Mapping[str, Message]) -> str:
    """Every code: how grave as shipped, who finds it and why, and what people are told."""
    by_rule, by_module = _rules(), _modules(messages)
    rows = []
    for code, message in messages.items():
        rules = by_rule.get(code, [])
        names = [f"`{each.name}`" for each in rules] or [f"`{each}`" for each in by_module[code]]
        sources = dict.fromkeys(each.source for each in rules)
        source = "; ".join(sources) or message.when
        says = " ".join(filter(None, (message.says, message.mend)))
        rows.append((f"`{code}`", message.severity.value, ", ".join(names), source, says))
    heads = ("code", "severity", "rule, else where it is named", "source of the rule, else when", "says")
    return "\n".join(["## Codes in `verdicts.findings`", "", _OF_CODES, *markdown_table(heads, rows)])


def form_fields(form: Form) -> str:
    """Its header's fields and its columns, in their order."""
    header = [_field("header", each, "") for each in form.header]
    columns = [
        _field(part.part.value, each, "key" if each.key else "")
        for part in form.parts
        for each in part.columns
    ]
    heads = ("part", "id", "heading", "kind", "required", "key")
    return "\n".join([f"## Form `{form.id}`", "", *markdown_table(heads, [*header, *columns])])


def _field(part: str, each: HeaderField | Column, key: str) -> tuple[str, ...]:
    printed = each.headings[0] if isinstance(each, Column) else each.labels[0]
    return part, f"`{each.id}`", printed, each.kind.value, "required" if each.required else "", key


def _rules() -> Mapping[str, list[Rule]]:
    found = defaultdict(list)
    for rule in RULES:
        for code in rule.codes:
            found[code].append(rule)
    return found


def _modules(codes: Mapping[str, Message]) -> Mapping[str, list[str]]:
    """Code -> the modules that name it, as paths without .py."""
    found: dict[str, list[str]] = {code: [] for code in codes}
    for path in _sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        for code in (code for code in codes if code in named):
            found[code].append(path.relative_to(_REPOSITORY).with_suffix("").as_posix())
    return found


def _sources() -> Iterator[Path]:
    for room in _ROOMS:
        for path in sorted((_REPOSITORY / room).rglob("*.py")):
            if not any(word in path.as_posix() for word in _TELL_OF_FINDINGS):
                yield path
