"""Cases that the department has decided: whether a decision holds this week, and what is published of it.

It holds from the week that it was taken over until a witness says another word. For a later week it counts only if it
was recorded by that week's close. Source: docs/decisions/0034.
"""

from collections.abc import Iterator
from datetime import date

from domain.decisions import CaseDecision, CaseKey
from domain.figures.beside import Beside
from domain.judgement import Judgement, Matter, Witness
from domain.lineage import DecisionSource, Source
from domain.summary import Figure, FigureKind, decision_id, indicator_id
from domain.weeks import WeekName


def decision_over(beside: Beside, about: CaseKey, since: date) -> CaseDecision | None:
    """The one that holds over a case that has stood since then; None over an open one."""
    taken = beside.decisions.get(about, ())
    week = beside.now.name
    known = [each for each in taken if each.week == week or _was_known_at_close(beside, each, week)]
    own = [each for each in known if each.week == week and _fits(beside, each)]
    if own:
        return own[-1]
    last = known[-1] if known else None
    if last is None or last.week.wednesday < since or _has_ended(beside, last):
        return None
    return last if _fits(beside, last) else None


def was_decided(beside: Beside, about: CaseKey) -> bool:
    """So far only judgements are decided over."""
    commune, code, matter = about
    return matter is Matter.JUDGEMENT and beside.earlier(decision_id(commune, code, "follows")) is not None


def figures(decision: CaseDecision, case: tuple[Source, ...]) -> Iterator[Figure]:
    """`case`: what the case itself is made of."""
    sources = (source_of(decision), *case)
    told = (
        ("follows", FigureKind.STATE, decision.follows.value),
        ("decided_by", FigureKind.TEXT, decision.decided_by),
        ("reason", FigureKind.TEXT, decision.reason),
    )
    for what, kind, value in told:
        yield Figure(decision_id(decision.commune, decision.code, what), kind, value, sources)


def source_of(decision: CaseDecision) -> DecisionSource:
    """How the figures of a decision name it."""
    return DecisionSource(decision.week, decision.decided_by, decision.reason)


def _was_known_at_close(beside: Beside, decision: CaseDecision, week: WeekName) -> bool:
    return decision.week < week and decision.recorded_at <= beside.campaign.calendar.close(week)


def _fits(beside: Beside, decision: CaseDecision) -> bool:
    """Nobody says another word than when it was taken; silence is none."""
    ids = (indicator_id(decision.commune, decision.code, witness) for witness in Witness)
    now = (beside.now.figures[figure_id].value for figure_id in ids)
    return all(word in (said, Judgement.NOT_STATED) for word, said in zip(now, decision.said, strict=True))


def _has_ended(beside: Beside, decision: CaseDecision) -> bool:
    """The week before knew it and had the case open: another word had been said, and the old one revives nothing."""
    if beside.before is None or was_decided(beside, (decision.commune, decision.code, decision.matter)):
        return False
    return _was_known_at_close(beside, decision, beside.before.name)
