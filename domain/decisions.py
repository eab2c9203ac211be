"""What the department that aggregates decides over a case: whose word it follows, and why. A decision changes no
witness's word and no count; it ends with the words that it was taken over. Source: docs/decisions/0034.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.judgement import Matter, Witness
from domain.weeks import WeekName


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """One decision over one case as it stood in `week`. `said`: what each `Witness` said then, in their order, as a
    code; of who was silent the last word. `decided_by` is a role, never a person's name."""

    commune: str
    code: str
    week: WeekName
    said: tuple[str, str]
    follows: Witness
    decided_by: str
    reason: str
    recorded_at: datetime
    matter: Matter = Matter.JUDGEMENT


CaseKey = tuple[str, str, Matter]  # commune, code
CaseDecisions = Mapping[CaseKey, tuple[CaseDecision, ...]]


def by_case(decisions: Iterable[CaseDecision]) -> CaseDecisions:
    """The decisions over each case, in the order of their weeks, then as they were recorded."""
    found: dict[CaseKey, tuple[CaseDecision, ...]] = {}
    for each in sorted(decisions, key=lambda each: (each.week, each.recorded_at)):
        key = (each.commune, each.code, each.matter)
        found[key] = (*found.get(key, ()), each)
    return found
