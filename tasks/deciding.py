"""The department decides over a case between two witnesses: which stand in a published week, and whose word it follows.
Knows no Prefect.

Decided is what a published week says, word for word: of two people over the same words the first stands. A decision
publishes nothing and changes no witness's word. docs/decisions/0034.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from domain.campaign import Campaign
from domain.decisions import CaseDecision, CaseKey, by_case
from domain.errors import UserError
from domain.figures.by_id import ids_under
from domain.figures.decided import said_of, source_of
from domain.judgement import Judgement, Matter, Witness
from domain.lineage import CellSource, FigureSource
from domain.reporters import ReporterKind
from domain.summary import (
    Figure,
    Summary,
    case_age_id,
    decision_id,
    difference_id,
    due_id,
    last_id,
    owner_id,
    since_id,
)
from domain.vietnamese import first_capital, vi_moment
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

    about: CaseKey
    follows: Witness
    by: str
    reason: str


@dataclass(frozen=True)
class Case:
    """One that stands in a published week. `said`: what commune and agency say, of who is silent the last word; of a
    judgement the code. `lead`: the agency in charge, "" while unconfirmed. `weeks`: how old; None where the revision
    has a decision over it. `owner`, `due`: who is to settle it and by when, as published; of a decided one none.
    `cells`: what both said this week, with the name of each file."""

    commune: str
    code: str
    matter: Matter
    said: tuple[str, str]
    lead: str
    since: date
    weeks: int | None
    decision: CaseDecision | None = None  # the ledger's; one of this week may be newer than the revision
    owner: str = ""
    due: date | None = None
    cells: tuple[tuple[str, CellSource], ...] = ()

    @property
    def about(self) -> CaseKey:
        return self.commune, self.code, self.matter

    @property
    def words(self) -> tuple[str, ...]:
        """`said` as people read it."""
        if self.matter is not Matter.JUDGEMENT:
            return self.said
        return tuple(Judgement(each).vi for each in self.said)


@dataclass(frozen=True)
class Decided:
    """The decision that stands. `is_new` is False where the same was decided before."""

    decision: CaseDecision
    is_new: bool


def ruling(about: CaseKey, follows: Witness, by: str, reason: str) -> Ruling:
    """Raises UserError for a blank word."""
    return Ruling(about, follows, *by_and_why(by, reason, "Theo biên bản kiểm tra thực địa"))


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
        _case(summary, campaign, about, taken.get(about, ())) for about in _standing(summary, campaign)
    )


def decide(work: Workplace, week: WeekName, given: Ruling) -> Decided:
    """Raises UserError for what is no case of that week, or was decided otherwise over the same words."""
    case = _named(work, week, given)
    before = case.decision
    if before and before.follows is given.follows:
        return Decided(before, is_new=False)
    if before and before.week == week:
        raise UserError(f"Nội dung này đã được quyết định: {decided_words(work, before)}\n{IF_WRONG}")
    if dict(zip(Witness, case.said, strict=True))[given.follows] == Judgement.NOT_STATED:
        raise UserError(f"Không quyết định được {FOLLOWS[given.follows]}: bên này chưa có đánh giá.")
    who = (given.by, given.reason, work.now())
    decision = CaseDecision(case.commune, case.code, week, case.said, given.follows, *who, case.matter)
    with writing(work.engine) as connection:
        is_new = case_decisions.record(connection, work.campaign.id, decision)
    # Somebody else was first: told what was decided, or that it was the same.
    return Decided(decision, is_new=True) if is_new else decide(work, week, given)


def told_words(work: Workplace, done: Decided) -> str:
    """What an operator reads of the outcome, and what is left to do."""
    decision = done.decision
    unit = work.campaign.roster[decision.commune].name
    what = subject_words(decision.code, decision.matter)
    said = f"{unit}, {what}, tuần {decision.week}: {decided_words(work, decision)}"
    if not done.is_new:
        return f"Đã được quyết định từ trước. {said}\n{IF_WRONG}"
    return (
        f'{said}\n{IF_WRONG}\nMuốn phát hành bản mới: ntm republish --week {decision.week} --reason "lý do"'
    )


# There is no taking back, as of files in quarantine (docs/decisions/0022).
IF_WRONG = (
    "Quyết định có hiệu lực đến khi một bên báo cáo khác; ghi sau khi tuần kế tiếp đã chốt thì chỉ có hiệu lực "
    "trong tuần được quyết định. Nếu nhầm, hãy quyết định lại theo tuần phát hành sau."
)


def subject_words(code: str, matter: Matter) -> str:
    """`chỉ tiêu 1.1`, of another matter than the judgement `hồ sơ chỉ tiêu 1.1`."""
    what = "" if matter is Matter.JUDGEMENT else f"{matter.vi.lower()} "
    return f"{what}chỉ tiêu {code}"


def decided_words(work: Workplace, decision: CaseDecision) -> str:
    """What, by whom, when and why."""
    when = vi_moment(decision.recorded_at, work.campaign.calendar.zone)
    return f"{FOLLOWS[decision.follows]}; {decision.decided_by}, lúc {when}: {decision.reason}"


def _named(work: Workplace, week: WeekName, given: Ruling) -> Case:
    found = cases(work, week)
    for case in found:
        if case.about == given.about:
            return case
    roster, (commune, code, matter) = work.campaign.roster, given.about
    if not roster.has(commune) or roster[commune].kind is not ReporterKind.COMMUNE:
        raise UserError(f"Không có xã {commune!r}. Hãy xem: ntm case list --week {week}")
    what = first_capital(subject_words(code, matter))
    raise UserError(
        f"{what} của {roster[commune].name} không phải là nội dung phải giải quyết trong tuần {week.vi}. "
        f"Hãy xem: ntm case list --week {week}"
    )


def _standing(summary: Summary, campaign: Campaign) -> Iterator[CaseKey]:
    ids = [figure_id for kind in ("case/", "decision/") for figure_id in ids_under(summary.figures, kind)]
    standing = {_about(figure_id) for figure_id in ids}
    for commune in campaign.roster.communes_on(summary.week.wednesday):
        for row in campaign.catalogue.indicators():
            abouts = ((commune.id, row.code, matter) for matter in Matter)
            yield from (about for about in abouts if about in standing)


def _about(figure_id: str) -> CaseKey:
    """Of `case/my_ha/1.1/age` or `decision/my_ha/1.1/result/follows`."""
    _, commune, code, *matter, _ = figure_id.split("/")
    return commune, code, Matter(*matter or [Matter.JUDGEMENT])


def _case(summary: Summary, campaign: Campaign, about: CaseKey, taken: tuple[CaseDecision, ...]) -> Case:
    said = _said(summary.figures, about)
    since, weeks = summary.value(since_id(difference_id(*about))), summary.value(case_age_id(*about))
    own = [each for each in taken if each.week == summary.week and each.said == said]
    decisions = own or _holding(summary, about, taken)
    return Case(
        *about,
        said,
        _lead(campaign, about[1], summary.week),
        cast(date, since),
        cast(int | None, weeks),
        decisions[-1] if decisions else None,
        cast(str, summary.value(owner_id(difference_id(*about))) or ""),
        cast(date | None, summary.value(due_id(difference_id(*about)))),
        tuple(_cells(summary, difference_id(*about))),
    )


def _cells(summary: Summary, figure_id: str) -> Iterator[tuple[str, CellSource]]:
    """Those behind a figure of this summary. A file of an earlier week is named by its hash."""
    names = {file.sha256: file.file_name for line in summary.reporters for file in line.files}
    figure = summary.figures.get(figure_id)
    for source in figure.sources if figure else ():
        if isinstance(source, CellSource):
            yield names.get(source.sha256, source.sha256[:8]), source
        elif isinstance(source, FigureSource):
            yield from _cells(summary, source.figure_id)


def _holding(summary: Summary, about: CaseKey, taken: tuple[CaseDecision, ...]) -> list[CaseDecision]:
    """The decision that the revision names, if any."""
    commune, code, matter = about
    figure = summary.figures.get(decision_id(commune, code, "follows", matter))
    sources = figure.sources if figure else ()
    return [each for each in taken if source_of(each) in sources]


def _lead(campaign: Campaign, code: str, week: WeekName) -> str:
    assigned = campaign.assignments.of(code, week.wednesday)
    return (assigned.lead or "") if assigned and assigned.confirmed else ""


def _said(figures: Mapping[str, Figure], about: CaseKey) -> tuple[str, str]:
    """Of who is silent the last word."""
    both = zip(said_of(figures, about), said_of(figures, about, last_id), strict=True)
    first, second = (now or last or Judgement.NOT_STATED.value for now, last in both)
    return first, second
