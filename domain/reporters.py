"""Who owes a report, under which names they write, and since when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain.dated import holds
from domain.vietnamese import match_key

_BRACKETS = re.compile(r"\(([^()]*)\)")
# "....UBND xã Mỹ Hà....", "UBND Xã: Mỹ Hà": the dots of a form to be filled in, a colon of its label.
_LEADERS = re.compile(r"[.…_]{2,}|[…:]")


class ReporterKind(StrEnum):
    """A commune speaks of itself; an agency (department, police, ...) speaks of the communes."""

    COMMUNE = "commune"
    AGENCY = "agency"


@dataclass(frozen=True)
class Reporter:
    """One unit of the roster.

    `owes` is False for a unit that is taken in if it reports but stands in no rate, reminder or list of the
    missing. `publishes_remarks` is False where free text must not be published (Công an, Quân sự). `successor`: the
    id of who reports in its place from the day after `valid_to` on.
    """

    id: str
    name: str
    kind: ReporterKind
    aliases: tuple[str, ...] = ()
    owes: bool = True
    publishes_remarks: bool = True
    candidate_for_model: bool = False
    outstanding_field: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None

    def is_valid_on(self, day: date) -> bool:
        return holds(self, day)


@dataclass(frozen=True)
class AreaNames:
    """How people write an area that reporters lie in: `names` may follow a reporter's name by a space alone (huyện Mỹ
    Lộc), `short` only behind a comma, a dash or in brackets (Mỹ Lộc)."""

    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    _following: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names, all_ = _either(self.names), _either((*self.names, *self.short))
        following = rf"(.+?)(?:[,-](?:{all_})| (?:{names})),?"
        object.__setattr__(self, "_following", re.compile(following))

    def before(self, key: str) -> str:
        """What stands before the area at the end of a match key, "" where none does."""
        match = self._following.fullmatch(key)
        return match[1] if match else ""


@dataclass(frozen=True)
class Roster:
    """The reporters of a campaign in the order in which they are printed. `within`: the areas that all of them lie in,
    the smallest first (district, province). `day`: whose names are known; None = of all, whenever they were valid."""

    reporters: tuple[Reporter, ...]
    within: tuple[AreaNames, ...] = ()
    day: date | None = None
    _by_id: dict[str, Reporter] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_alias: dict[str, Reporter] = field(init=False, repr=False, compare=False, default_factory=dict)
    _ended: dict[str, Reporter] = field(init=False, repr=False, compare=False, default_factory=dict)
    _dated: tuple[Reporter, ...] = field(init=False, repr=False, compare=False, default=())
    longest_key: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        for reporter in self.reporters:
            self._by_id.setdefault(reporter.id, reporter)
            is_known = self.day is None or reporter.is_valid_on(self.day)
            known = self._by_alias if is_known else self._ended
            for name in (reporter.name, *reporter.aliases):
                known[_name_key(name)] = reporter
        dated = tuple(r for r in self.reporters if r.valid_from or r.valid_to)
        object.__setattr__(self, "_dated", dated)
        longest = max(map(len, (*self._by_alias, *self._ended)), default=0)
        object.__setattr__(self, "longest_key", longest)

    def __getitem__(self, reporter_id: str) -> Reporter:
        """The reporter with this id. Raises KeyError."""
        return self._by_id[reporter_id]

    def has(self, reporter_id: str) -> bool:
        return reporter_id in self._by_id

    def on(self, day: date) -> "Roster":
        """The same, which knows by name only who is valid that day: a merged commune may keep the name of one of those
        that went into it. Ids stay known, for what was published before."""
        if not self.not_valid_on(day):
            return self if self.day is None else replace(self, day=None)
        return self if day == self.day else replace(self, day=day)

    def not_valid_on(self, day: date) -> frozenset[str]:
        """The ids of those that don't report then."""
        return frozenset(reporter.id for reporter in self._dated if not reporter.is_valid_on(day))

    def successor_on(self, reporter: Reporter, day: date) -> Reporter | None:
        """Who reports on that day in the place of one that ended before, or in the place of its successor."""
        found, seen = reporter, set[str]()
        while found.valid_to and found.valid_to < day and found.successor in self._by_id.keys() - seen:
            seen.add(found.id)
            found = self._by_id[found.successor or ""]
        return found if found is not reporter and found.is_valid_on(day) else None

    def successor_named(self, text: str) -> Reporter | None:
        """Who reports on this roster's day in the place of the unit that wrote its name like this."""
        ended = self._find(_name_key(text), self._ended)
        return self.successor_on(ended, self.day) if ended and self.day else None

    def named(self, text: str) -> Reporter | None:
        """The reporter that writes its name like this: the exact alias table, never the nearest name. Behind it may
        stand the areas that it lies in, and no others: "xã Mỹ Hà, huyện Vụ Bản" is another commune."""
        return self._find(_name_key(text), self._by_alias)

    def ever_named(self, text: str) -> Reporter | None:
        """The same; a name that nobody has on this roster's day is that of a unit of another time."""
        return self.named(text) or self._find(_name_key(text), self._ended)

    def of_key(self, key: str) -> Reporter | None:
        """Who is named so, by the match key of a name; none has more than `longest_key` signs."""
        return self._by_alias.get(key)

    def ever_of_key(self, key: str) -> Reporter | None:
        return self.of_key(key) or self._ended.get(key)

    def _find(self, key: str, names: Mapping[str, Reporter]) -> Reporter | None:
        placed = self._placed(_BRACKETS.sub(r",\1", key), len(self.within), names)
        return names.get(key) or next(placed, None)

    def _placed(self, key: str, among: int, names: Mapping[str, Reporter]) -> Iterator[Reporter]:
        """Of an agency the smallest area stands first: "Ban CHQS, tỉnh Nam Định" may be the province's own."""
        for level in reversed(range(among)):
            name = self.within[level].before(key)
            known = names.get(name)
            if known and (known.kind is ReporterKind.COMMUNE or level == 0 or self._names_its_area(name)):
                yield known
            elif name:
                yield from self._placed(name, level, names)

    def _names_its_area(self, key: str) -> bool:
        """ "Công an huyện Mỹ Lộc"."""
        return bool(self.within[0].before(key))

    def communes(self) -> tuple[Reporter, ...]:
        return tuple(r for r in self.reporters if r.kind is ReporterKind.COMMUNE)

    def communes_on(self, day: date) -> tuple[Reporter, ...]:
        """The communes that the week whose Wednesday is `day` speaks of."""
        return tuple(r for r in self.communes() if r.is_valid_on(day))


def _name_key(text: str) -> str:
    return match_key(_LEADERS.sub(" ", text))


def _either(names: tuple[str, ...]) -> str:
    keys = filter(None, map(match_key, names))
    return "|".join(map(re.escape, keys)) or "(?!)"
