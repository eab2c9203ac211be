"""Cases that the department has decided: whether a decision holds this week, and what is published of it.

It holds in the week that it was taken over, and goes on from week to week until a witness says another word. For a
later week it counts only if it was recorded by that week's close. Source: docs/decisions/0034.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from domain.decisions import CaseDecision, CaseKey
from domain.figures.beside import Beside, Week
from domain.judgement import Judgement, Matter, Witness
from domain.lineage import DecisionSource, Source
from domain.summary import Figure, FigureKind, condition_id, decision_id, difference_id, indicator_id
from domain.weeks import WeekName


def decision_over(beside: Beside, about: CaseKey, since: date) -> CaseDecision | None:
    """The one that holds over a case that has stood since then; None over an open one."""
    taken = beside.decisions.get(about, ())
    week = beside.now.name
    known = [each for each in taken if each.week == week or _was_known_at_close(beside, each, week)]
    own = [each for each in known if each.week == week and _fits(beside.now, each)]
    if own:
        return own[-1]
    last = known[-1] if known else None
    if last is None or last.week.wednesday < since or not _fits(beside.now, last):
        return None
    return last if _goes_on(beside, last) else None


def was_decided(beside: Beside, about: CaseKey) -> bool:
    """In the week before."""
    commune, code, matter = about
    return beside.earlier(decision_id(commune, code, "follows", matter)) is not None


def said_of(
    figures: Mapping[str, Figure], about: CaseKey, spelled: Callable[[str], str] = str
) -> tuple[str, ...]:
    """What each `Witness` says, in their order: a judgement as a code, of another matter the half of the difference's
    text. "" for silence, and of other matters where they do not differ. `spelled`: `last_id` for the last words."""
    commune, code, matter = about
    if matter is not Matter.JUDGEMENT:
        difference = figures.get(spelled(difference_id(*about)))
        return tuple(str(difference.value).split(" / ")) if difference else ("", "")
    return tuple(judged(figures, commune, code, witness, spelled) for witness in Witness)


def judged(
    figures: Mapping[str, Figure],
    commune: str,
    code: str,
    witness: Witness,
    spelled: Callable[[str], str] = str,
) -> str:
    """The code of a judgement, be it of an indicator or of a condition; "" for silence."""
    ids = (spelled(of(commune, code, witness)) for of in (indicator_id, condition_id))
    said = next((figures[each].value for each in ids if each in figures), Judgement.NOT_STATED)
    return "" if said == Judgement.NOT_STATED else str(said)


def figures(decision: CaseDecision, case: tuple[Source, ...]) -> Iterator[Figure]:
    """`case`: what the case itself is made of."""
    sources = (source_of(decision), *case)
    told = (
        ("follows", FigureKind.STATE, decision.follows.value),
        ("decided_by", FigureKind.TEXT, decision.decided_by),
        ("reason", FigureKind.TEXT, decision.reason),
    )
    for what, kind, value in told:
        figure_id = decision_id(decision.commune, decision.code, what, decision.matter)
        yield Figure(figure_id, kind, value, sources)


def source_of(decision: CaseDecision) -> DecisionSource:
    """How the figures of a decision name it."""
    return DecisionSource(decision.week, decision.decided_by, decision.reason)


def _was_known_at_close(beside: Beside, decision: CaseDecision, week: WeekName) -> bool:
    return decision.week < week and decision.recorded_at <= beside.campaign.calendar.close(week)


def _fits(week: Week, decision: CaseDecision) -> bool:
    """Nobody says another word than when it was taken; silence is none."""
    now = said_of(week.figures, _about(decision))
    return all(word in (said, "") for word, said in zip(now, decision.said, strict=True))


def _goes_on(beside: Beside, decision: CaseDecision) -> bool:
    """From the week before, which had it or is the one that it was taken over, with those words. Of a case that stood
    open in between nobody remembers here which words were said, and the old ones revive nothing."""
    before = beside.before
    if before is None or was_decided(beside, _about(decision)):
        return True
    return before.name == decision.week and _fits(before, decision)


def _about(decision: CaseDecision) -> CaseKey:
    return decision.commune, decision.code, decision.matter
