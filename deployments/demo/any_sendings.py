"""How the reports of a campaign of any size reach the office: what befalls a commune in a week, and what it sends then.

Knows files, folders and hours; nothing of what a report says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from functools import cache


class Planted(StrEnum):
    """What a commune does in a week. Some of it needs a report of the week before: without one it reports on time."""

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
    SENT_TWICE = auto()  # the same bytes under another name the next day: nothing is published
    WRONG_WEEK = auto()  # in the folder of the week before, the next day in its own
    WRONG_FOLDER = auto()  # in an agency's folder, too
    DEBT_AGAIN = auto()  # the debt part alone, mended
    PAID_ABOVE = auto()  # more paid than allotted
    CRITERION_ROW = auto()  # a row of the whole criterion contradicts those of its indicators


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
    Planted.PAID_ABOVE,
    Planted.CRITERION_ROW,
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
# Of these nothing counts at the close. What counts later is left out all the same: whoever takes in nothing but the
# closes has the same plan.
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


@cache
def _kinds(communes: int) -> tuple[Planted, ...]:
    """The round; where there are more communes, what befalls a share of them follows, each between ordinary weeks."""
    extra = [
        kind for kind, share in _SHARES.items() for _ in range(communes * share // 100 - _ROUND.count(kind))
    ]
    ordinary = max(0, communes - len(_ROUND) - len(extra))
    kinds = list(_ROUND)
    for number, kind in enumerate(extra):
        kinds += [Planted.ON_TIME] * (ordinary * (number + 1) // len(extra) - ordinary * number // len(extra))
        kinds.append(kind)
    return (*kinds, *[Planted.ON_TIME] * (communes - len(kinds)))


class Content(StrEnum):
    """What a file holds."""

    REPORT = auto()
    NIL = auto()
    COPY = auto()
    OTHER_PERIOD = auto()  # its header names the week before
    WRONG_WORD = auto()
    WRONG_UNIT = auto()
    DASH = auto()
    WRONG_PAID = auto()  # beside the right total
    DEBT_ALONE = auto()
    SECRET = auto()
    PAID_ABOVE = auto()
    CRITERION_ROW = auto()


class Place(StrEnum):
    """The folder in which a file lies."""

    OWN = auto()
    WEEK_BEFORE = auto()
    AGENCY = auto()
    HANDED_IN = auto()  # nowhere: somebody brings it after the close


_AGAIN = " (gửi lại)"


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


def _handed_in(hours: float, name: str = _AGAIN) -> Sending:
    return Sending(after=timedelta(hours=hours), place=Place.HANDED_IN, name=name)


# The correction time ends with the next working day.
_NEXT_MORNING, _DAYS_LATER, _WEEKS_LATER = 17.0, 5 * 24.0, 12 * 24.0
_ON_TIME = Sending()
_OTHER_PERIOD = Sending(Content.OTHER_PERIOD)
SENDINGS: Mapping[Planted, tuple[Sending, ...]] = {
    Planted.ON_TIME: (_ON_TIME,),
    Planted.LATE: (Sending(after=timedelta(minutes=1)),),
    Planted.AFTER_CLOSE: (_handed_in(1.5, name=""),),
    Planted.TWO_WEEKS_LATE: (_handed_in(_WEEKS_LATER, name=""),),
    Planted.EXTENDED: (_handed_in(_NEXT_MORNING + 6, name=""),),
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
    Planted.SENT_TWICE: (_ON_TIME, _handed_in(_NEXT_MORNING + 2)),
    Planted.WRONG_WEEK: (Sending(after=timedelta(hours=-25), place=Place.WEEK_BEFORE), _ON_TIME),
    Planted.WRONG_FOLDER: (Sending(place=Place.AGENCY), _ON_TIME),
    Planted.DEBT_AGAIN: (
        Sending(Content.WRONG_PAID),
        Sending(Content.DEBT_ALONE, timedelta(minutes=2), name=" (nợ XDCB)"),
    ),
    Planted.PAID_ABOVE: (Sending(Content.PAID_ABOVE),),
    Planted.CRITERION_ROW: (Sending(Content.CRITERION_ROW),),
}
