"""The sentence of every finding code, as an officer reads it. Knows words; facts come with the finding."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

from config.schema_words import MessageEntry
from domain.findings import Finding, Severity

# The facts that a check may put into a finding (domain/findings.py); any other name in braces is a mistake.
_FACTS = (
    "seen expected name why heading part first readings plainly example indicator target judgement font rule read week "
    "own_week ratio more days"
)
FACTS = frozenset(_FACTS.split(" "))
MISSING = "…"


@dataclass(frozen=True)
class Message:
    """`when` is for the next engineer, `says` and `mend` for the officer."""

    severity: Severity
    when: str
    says: str
    mend: str = ""

    def text(self, finding: Finding) -> str:
        """What is wrong and what would be right. A fact that the finding lacks is "…": never an exception."""
        return " ".join(part for part in (self.sentence(finding), self.advice(finding)) if part)

    def sentence(self, finding: Finding) -> str:
        """What is wrong."""
        return _filled(self.says, finding.facts)

    def advice(self, finding: Finding) -> str:
        """What would be right; "" where nothing need be done."""
        return _filled(self.mend, finding.facts)


def messages_of(entries: Mapping[str, MessageEntry]) -> Mapping[str, Message]:
    return {code: Message(e.severity, e.when, e.says, e.mend) for code, e in entries.items()}


def placeholders(sentence: str) -> tuple[str, ...]:
    """The names in braces. Raises ValueError where a brace is not closed."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return MISSING


def _filled(sentence: str, facts: Mapping[str, str]) -> str:
    return sentence.format_map(_Facts(facts))
