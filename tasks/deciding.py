"""The department decides over a case between two witnesses: which stand in a published week, and whose word it follows.
Knows no Prefect.

Decided is what a published week says, word for word: of two people over the same words the first stands. A decision
publishes nothing and changes no witness's word. docs/decisions/0034.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from domain.campaign import Campaign
from domain.decisions import CaseDecision, by_case
from domain.errors import UserError
from domain.figures.by_id import ids_under
from domain.figures.decided import source_of
from domain.judgement import Judgement, Matter, Witness
from domain.reporters import ReporterKind
from domain.summary import Summary, case_age_id, decision_id, difference_id, indicator_id, last_id, since_id
from domain.vietnamese import vi_moment
from domain.weeks import WeekName
from tasks.settling import by_and_why
from tasks.store import case_decisions
from tasks.store.engine import reading, writing
from tasks.store.publications import latest_revision, revisions_of
from tasks.summaries import summary_of
from tasks.workplace import Workplace

FOLLOWS = {Witness.COMMUNE: "theo xã tự đánh giá", Witness.AGENCY: "theo cơ quan thẩm tra"}


@dataclass(frozen=True)
class Ruling:
    """The department's word on one case. `by` is a role, never a person's name."""

    commune: str
    code: str
    follows: Witness
    by: str
    reason: str


@dataclass(frozen=True)
class Case:
    """One that stands in a published week. `said`: what commune and agency say, of who is silent the last word. `lead`:
    the agency in charge, "" while unconfirmed. `weeks`: how old; None where the revision has a decision over it."""

    commune: str
    code: str
    said: tuple[Judgement, Judgement]
    lead: str
    since: date
    weeks: int | None
    decision: CaseDecision | None = None  # the ledger's; one of this week may be newer than the revision


@dataclass(frozen=True)
class Decided:
    """The decision that stands. `is_new` is False where the same was decided before."""

    decision: CaseDecision
    is_new: bool


def ruling(commune: str, code: str, follows: Witness, by: str, reason: str) -> Ruling:
    """Raises UserError for a blank word."""
    return Ruling(commune, code, follows, *by_and_why(by, reason, "Theo biên bản kiểm tra thực địa"))


def last_published(work: Workplace) -> WeekName:
    """Raises UserError before the first."""
    with reading(work.engine) as connection:
        issued = revisions_of(connection, work.campaign.id)
    if not issued:
        raise UserError("Chưa có tuần nào được phát hành.")
    return issued[-1].week


def cases(work: Workplace, week: WeekName) -> tuple[Case, ...]:
    """Those that stand by the week's latest revision, by commune and catalogue. Raises UserError before the first."""
    with reading(work.engine) as connection:
        issued = latest_revision(connection, work.campaign.id, week)
        taken = by_case(case_decisions.known(connection, work.campaign.id, week))
    if issued is None:
        raise UserError(f"Tuần {week.vi}: chưa phát hành. Chỉ quyết định theo số liệu đã phát hành.")
    summary = summary_of(work.archive, issued.summary_sha256)
    campaign = work.campaign.in_week(week)
    return tuple(
        _case(summary, campaign, commune, code, taken.get((commune, code, Matter.JUDGEMENT), ()))
        for commune, code in _standing(summary, campaign)
    )


def decide(work: Workplace, week: WeekName, given: Ruling) -> Decided:
    """Raises UserError for what is no case of that week, or was decided otherwise over the same words."""
    case = _named(work, week, given)
    before = case.decision
    if before and before.follows is given.follows:
        return Decided(before, is_new=False)
    if before and before.week == week:
        raise UserError(f"Nội dung này đã được quyết định: {decided_words(work, before)}\n{IF_WRONG}")
    if dict(zip(Witness, case.said, strict=True))[given.follows] is Judgement.NOT_STATED:
        raise UserError(f"Không quyết định được {FOLLOWS[given.follows]}: bên này chưa có đánh giá.")
    said, who = (case.said[0].value, case.said[1].value), (given.by, given.reason)
    decision = CaseDecision(given.commune, given.code, week, said, given.follows, *who, work.now())
    with writing(work.engine) as connection:
        is_new = case_decisions.record(connection, work.campaign.id, decision)
    # Somebody else was first: told what was decided, or that it was the same.
    return Decided(decision, is_new=True) if is_new else decide(work, week, given)


def told_words(work: Workplace, done: Decided) -> str:
    """What an operator reads of the outcome, and what is left to do."""
    decision = done.decision
    unit = work.campaign.roster[decision.commune].name
    said = f"{unit}, chỉ tiêu {decision.code}, tuần {decision.week}: {decided_words(work, decision)}"
    if not done.is_new:
        return f"Đã được quyết định từ trước. {said}\n{IF_WRONG}"
    return (
        f'{said}\n{IF_WRONG}\nMuốn phát hành bản mới: ntm republish --week {decision.week} --reason "lý do"'
    )


# There is no taking back, as of files in quarantine (docs/decisions/0022).
IF_WRONG = (
    "Quyết định có hiệu lực đến khi một bên có đánh giá khác. "
    "Nếu nhầm, hãy quyết định lại theo tuần phát hành sau."
)


def decided_words(work: Workplace, decision: CaseDecision) -> str:
    """What, by whom, when and why."""
    when = vi_moment(decision.recorded_at, work.campaign.calendar.zone)
    return f"{FOLLOWS[decision.follows]}; {decision.decided_by}, lúc {when}: {decision.reason}"


def _named(work: Workplace, week: WeekName, given: Ruling) -> Case:
    found = cases(work, week)
    for case in found:
        if (case.commune, case.code) == (given.commune, given.code):
            return case
    roster, code = work.campaign.roster, given.code
    if not roster.has(given.commune) or roster[given.commune].kind is not ReporterKind.COMMUNE:
        raise UserError(f"Không có xã {given.commune!r}. Hãy xem: ntm case list --week {week}")
    raise UserError(
        f"Chỉ tiêu {code} của {roster[given.commune].name} không phải là nội dung phải giải quyết trong tuần "
        f"{week.vi}. Hãy xem: ntm case list --week {week}"
    )


def _standing(summary: Summary, campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Judgements alone: what is decided over another matter has no place yet (decision 0034)."""
    ids = (figure_id for kind in ("case/", "decision/") for figure_id in ids_under(summary.figures, kind))
    standing = {(commune, code) for _, commune, code, *rest in map(_parts_of, ids) if len(rest) == 1}
    for commune in campaign.roster.communes_on(summary.week.wednesday):
        for row in campaign.catalogue.indicators():
            if (commune.id, row.code) in standing:
                yield commune.id, row.code


def _parts_of(figure_id: str) -> list[str]:
    return figure_id.split("/")


def _case(
    summary: Summary, campaign: Campaign, commune: str, code: str, taken: tuple[CaseDecision, ...]
) -> Case:
    commune_said, agency_said = (_word(summary, indicator_id(commune, code, witness)) for witness in Witness)
    said = (commune_said, agency_said)
    since, weeks = (
        summary.value(since_id(difference_id(commune, code))),
        summary.value(case_age_id(commune, code)),
    )
    own = [each for each in taken if each.week == summary.week and each.said == said]
    decisions = own or _holding(summary, commune, code, taken)
    return Case(
        commune,
        code,
        said,
        _lead(campaign, code, summary.week),
        cast(date, since),
        cast(int | None, weeks),
        decisions[-1] if decisions else None,
    )


def _holding(
    summary: Summary, commune: str, code: str, taken: tuple[CaseDecision, ...]
) -> list[CaseDecision]:
    """The decision that the revision names, if any."""
    figure = summary.figures.get(decision_id(commune, code, "follows"))
    sources = figure.sources if figure else ()
    return [each for each in taken if source_of(each) in sources]


def _lead(campaign: Campaign, code: str, week: WeekName) -> str:
    assigned = campaign.assignments.of(code, week.wednesday)
    return (assigned.lead or "") if assigned and assigned.confirmed else ""


def _word(summary: Summary, figure_id: str) -> Judgement:
    words = (summary.value(figure_id), summary.value(last_id(figure_id)))
    stated = [word for word in words if isinstance(word, Judgement) and word is not Judgement.NOT_STATED]
    return stated[0] if stated else Judgement.NOT_STATED
