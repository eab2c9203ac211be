"""How the reports of a campaign of any size reach the office: what befalls a commune in a week, and what it sends then.

Knows files, folders and hours; nothing of what a report says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from itertools import groupby


class Planted(StrEnum):
    """What a commune does in a week. One that has reported nothing yet can't do some of it: it reports on time."""

    ON_TIME = auto()
    LATE = auto()  # after the deadline, before the close
    AFTER_CLOSE = auto()
    TWO_WEEKS_LATE = auto()
    EXTENDED = auto()  # after the close, within an extension
    NIL = auto()
    COPY = auto()  # nothing but the dates is new
    MISSING = auto()
    EXCLUDED = auto()  # decided the morning after the close
    RETURNED = auto()  # a word that no form knows; never mended
    UNIT_SLIP = auto()  # every sum in a unit of a thousandth; mended within the correction time
    DASH = auto()  # a debt typed as "-"; mended after the correction time
    QUARANTINED = auto()  # its header names the week before; nobody answers for it
    RELEASED = auto()  # the same, and somebody does
    SECRET = auto()  # marked MẬT by mistake, sent without it the next day
    SENT_TWICE = auto()  # the same bytes under another name
    WRONG_WEEK = auto()  # in the folder of the week before, then in its own
    WRONG_FOLDER = auto()  # in an agency's folder, too
    DEBT_AGAIN = auto()  # the debt part alone, mended


# What one commune does week after week: what needs an ordinary report before comes after one. Three communes that begin
# at a third of the round each show all of it in eight weeks.
_ROUND = (
    Planted.ON_TIME,
    Planted.COPY,
    Planted.NIL,
    Planted.NIL,
    Planted.MISSING,
    Planted.LATE,
    Planted.UNIT_SLIP,
    Planted.SENT_TWICE,
    Planted.ON_TIME,
    Planted.WRONG_WEEK,
    Planted.EXCLUDED,
    Planted.DEBT_AGAIN,
    Planted.DASH,
    Planted.EXTENDED,
    Planted.SECRET,
    Planted.RELEASED,
    Planted.ON_TIME,
    Planted.WRONG_FOLDER,
    Planted.AFTER_CLOSE,
    Planted.TWO_WEEKS_LATE,
    Planted.RETURNED,
    Planted.QUARANTINED,
    Planted.ON_TIME,
    Planted.ON_TIME,
)
# Of a hundred communes. Everything else befalls one commune a week, however many there are: most of it makes somebody
# act, and each act publishes a revision.
_SHARES = {
    Planted.LATE: 8,
    Planted.NIL: 4,
    Planted.MISSING: 4,
    Planted.RETURNED: 2,
    Planted.QUARANTINED: 2,
}
_NEEDS_EARLIER = (Planted.NIL, Planted.COPY, Planted.UNIT_SLIP, Planted.WRONG_WEEK)
# Of these nothing counts at the close, perhaps never.
_NOT_COUNTED = (
    Planted.AFTER_CLOSE,
    Planted.TWO_WEEKS_LATE,
    Planted.EXTENDED,
    Planted.MISSING,
    Planted.EXCLUDED,
    Planted.RETURNED,
    Planted.UNIT_SLIP,
    Planted.DASH,
    Planted.QUARANTINED,
    Planted.RELEASED,
    Planted.SECRET,
)


def plan(order: Sequence[str], number: int) -> Mapping[str, Planted]:
    """Commune -> what it does in the `number`-th week from 0. `order`: by whose turn comes later."""
    done = _turns(order, number)
    reported = {c for n in range(number) for c, kind in _turns(order, n).items() if kind not in _NOT_COUNTED}
    early = [c for c, kind in done.items() if kind in _NEEDS_EARLIER and c not in reported]
    return done | dict.fromkeys(early, Planted.ON_TIME)


def _turns(order: Sequence[str], number: int) -> dict[str, Planted]:
    kinds = _kinds(len(order))
    step = len(kinds) / len(order)
    return {c: kinds[(int(place * step) + number) % len(kinds)] for place, c in enumerate(order)}


def _kinds(communes: int) -> list[Planted]:
    """The round, grown to the number of communes where there are more."""
    if communes <= len(_ROUND):
        return list(_ROUND)
    grown = [
        kind
        for kind, group in groupby(_ROUND)
        for _ in range(max(len(list(group)), communes * _SHARES.get(kind, 0) // 100))
    ]
    return grown + [Planted.ON_TIME] * (communes - len(grown))


class Content(StrEnum):
    """What a file holds."""

    REPORT = auto()
    NIL = auto()
    COPY = auto()
    OTHER_PERIOD = auto()  # its header names the week before
    WRONG_WORD = auto()
    WRONG_UNIT = auto()
    DASH = auto()
    WRONG_TOTAL = auto()
    DEBT_ALONE = auto()
    SECRET = auto()


class Place(StrEnum):
    """The folder in which a file lies."""

    OWN = auto()
    WEEK_BEFORE = auto()
    AGENCY = auto()
    HANDED_IN = auto()  # nowhere: somebody brings it after the close


@dataclass(frozen=True)
class Sending:
    """One file of a commune. `after` the deadline; None: in the last working hours before it. `name`: what stands
    behind the usual one."""

    content: Content = Content.REPORT
    after: timedelta | None = None
    place: Place = Place.OWN
    name: str = ""

    def received_at(self, deadline: datetime, spread: int) -> datetime:
        """`spread`: a number of its own of each commune, so that not all come in one minute."""
        if self.after is None:
            return deadline - timedelta(minutes=spread % 450)
        return deadline + self.after + timedelta(minutes=spread % 25)


def _handed_in(hours: float, content: Content = Content.REPORT) -> Sending:
    return Sending(content, timedelta(hours=hours), Place.HANDED_IN, " (gửi lại)")


# The correction time ends with the next working day.
_NEXT_MORNING, _DAYS_LATER, _WEEKS_LATER = 17.0, 5 * 24.0, 12 * 24.0
_ON_TIME = Sending()
_OTHER_PERIOD = Sending(Content.OTHER_PERIOD)
SENDINGS: Mapping[Planted, tuple[Sending, ...]] = {
    Planted.ON_TIME: (_ON_TIME,),
    Planted.LATE: (Sending(after=timedelta(minutes=1)),),
    Planted.AFTER_CLOSE: (_handed_in(1.5),),
    Planted.TWO_WEEKS_LATE: (_handed_in(_WEEKS_LATER),),
    Planted.EXTENDED: (_handed_in(_NEXT_MORNING + 6),),
    Planted.NIL: (Sending(Content.NIL),),
    Planted.COPY: (Sending(Content.COPY),),
    Planted.MISSING: (),
    Planted.EXCLUDED: (),
    Planted.RETURNED: (Sending(Content.WRONG_WORD),),
    Planted.UNIT_SLIP: (Sending(Content.WRONG_UNIT), _handed_in(_NEXT_MORNING)),
    Planted.DASH: (Sending(Content.DASH), _handed_in(_DAYS_LATER)),
    Planted.QUARANTINED: (_OTHER_PERIOD,),
    Planted.RELEASED: (_OTHER_PERIOD,),
    Planted.SECRET: (Sending(Content.SECRET), _handed_in(_NEXT_MORNING + 1)),
    Planted.SENT_TWICE: (_ON_TIME, Sending(name=" (bản 2)")),
    Planted.WRONG_WEEK: (Sending(place=Place.WEEK_BEFORE), _ON_TIME),
    Planted.WRONG_FOLDER: (Sending(place=Place.AGENCY, name=" (của xã)"), _ON_TIME),
    Planted.DEBT_AGAIN: (
        Sending(Content.WRONG_TOTAL),
        Sending(Content.DEBT_ALONE, timedelta(minutes=2), name=" (nợ XDCB)"),
    ),
}
