"""The workbooks of one week of a campaign of any size: what is said, in what an officer made of it.

A commune's is cast in the mould of its template: all of it but the sender is made once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from deployments.demo.any_agencies import Looked, Verification, sample_of
from deployments.demo.any_communes import ANYBODY, TEMPLATES, Template, paid_above, with_criterion_row
from deployments.demo.any_roster import Commune
from deployments.demo.any_sendings import Content
from deployments.demo.make_inbox import content_of
from deployments.demo.packed import Mould, mould_of
from deployments.demo.sheets import sheets_of
from deployments.demo.stories import SentFile, Slip, Story, Writer, scenery
from deployments.demo.tables import Telling
from domain.calendar import Calendar
from domain.weeks import WeekName

_COMMUNE_PARTS = ("progress", "dossiers", "debt", "remarks")
_PARTS = {Content.NIL: (), Content.DEBT_ALONE: ("debt",)}
_THOUSANDTH = {"triệu đồng": "nghìn đồng", "tỷ đồng": "triệu đồng"}


@dataclass(frozen=True)
class WeekOfFiles:
    """The `number`-th week from 0. Each mould is made when it is first asked for."""

    seed: int
    communes: tuple[Commune, ...]
    week: WeekName
    number: int
    _made: dict[tuple[Content, int], Mould] = field(default_factory=dict, compare=False)

    def of_commune(self, commune: Commune, content: Content) -> bytes:
        texts = {ANYBODY: commune.office, ANYBODY.upper(): commune.office.upper()}
        if content is Content.OTHER_PERIOD:
            texts[_day(self.week)] = _day(self.week.shifted(-1))
        like = Content.REPORT if content is Content.OTHER_PERIOD else content
        # A nil report says nothing of its own: one template does for all.
        template = 0 if content is Content.NIL else commune.number % TEMPLATES
        return self._mould(like, template).filled(texts)

    def of_agency(self, agency: str, calendar: Calendar) -> bytes:
        verification = Verification(agency, self.week, self.number, self.seed)
        telling = verification.telling(self._looked_at, scenery(), calendar)
        return content_of(telling, self._file(("verification", "remarks")))

    @cached_property
    def _looked_at(self) -> Mapping[Looked, Story]:
        """What the communes say that every agency looks at."""
        looked_at = sample_of(self.communes, self.number)
        return {one: self._told(one.commune.number % TEMPLATES) for one in looked_at}

    def _mould(self, content: Content, template: int) -> Mould:
        if (content, template) not in self._made:
            story, parts = self._story(content, template), _PARTS.get(content, _COMMUNE_PARTS)
            telling, file = Telling(story, {}, scenery()), self._file(parts)
            mould = mould_of(content_of(telling, file), sheets_of(telling, file)[0])
            self._made[content, template] = mould
        return self._made[content, template]

    def _story(self, content: Content, template: int) -> Story:
        """What a file of this content says; the cell that it has wrong is a slip of it."""
        if content is Content.COPY:
            before = Template(self.seed, template).story(self.week.shifted(-1), self.number - 1)
            return _headed(before, period=self.week.wednesday)
        told = self._told(template)
        return _SAID_OTHERWISE[content](told) if content in _SAID_OTHERWISE else told

    def _told(self, template: int) -> Story:
        return Template(self.seed, template).story(self.week, self.number)

    def _file(self, parts: tuple[str, ...]) -> SentFile:
        # What the package says of its own making.
        written_at = datetime.combine(self.week.wednesday, time(), UTC)
        return SentFile("inbox", file_name(self.week), Writer.XLSXWRITER, parts, written_at, slips=True)


def file_name(week: WeekName, behind: str = "") -> str:
    """As officers name their report of the week; `behind`: what stands after that."""
    return f"Báo cáo tuần {week.wednesday:%d-%m-%Y}{behind}.xlsx"


def _headed(story: Story, **lines: Any) -> Story:
    return replace(story, header=dict(story.header) | lines)


def _slipped(story: Story, part: str, key: str, column: str, typed: str) -> Story:
    return replace(story, slips=(Slip(part, key, column, typed),))


def _of_debt(story: Story, column: str, typed: str) -> Story:
    """The first project's cell of that column typed so."""
    return _slipped(story, "debt", str(story.debt[0]["project"]), column, typed)


def _in_a_thousandth(story: Story) -> Story:
    return replace(story, money_unit=_THOUSANDTH[story.money_unit])


_SAID_OTHERWISE: Mapping[Content, Callable[[Story], Story]] = {
    Content.NIL: lambda story: _headed(story, nil="x"),
    Content.SECRET: lambda story: _headed(story, secrecy="MẬT"),
    Content.WRONG_UNIT: _in_a_thousandth,
    Content.WRONG_WORD: lambda story: _slipped(story, "progress", "8.2", "judgement", "Gần đạt"),
    Content.DASH: lambda story: _of_debt(story, "stated_debt", "-"),
    Content.WRONG_PAID: lambda story: _of_debt(story, "paid", "0"),
    Content.PAID_ABOVE: paid_above,
    Content.CRITERION_ROW: with_criterion_row,
}


def _day(week: WeekName) -> str:
    return f"{week.wednesday:%d/%m/%Y}"
