"""Kinds of planted faults and how many of each were found: python -m tests.planted.report [--all]"""

import sys
from collections import defaultdict

from tests.planted.kinds import KINDS
from tests.planted.looking import Found, looked_at
from tests.planted.plan import Planted, plan

_Row = tuple[Planted, list[Found], list[Found]]


def main() -> None:
    rows: dict[str, list[_Row]] = defaultdict(list)
    for each in plan():
        rows[each.kind.name].append((each, *looked_at(each.round).of(each)))
    for kind in sorted(KINDS, key=lambda one: (one.is_limit, one.group, one.name)):
        sys.stdout.write(_line(kind.group, kind.name, rows[kind.name]))
        for each, missed, surplus in rows[kind.name][: None if "--all" in sys.argv else 2]:
            if missed or surplus:
                sys.stdout.write(f"{'':12}round {each.round}, {each.where}: missed {_told(missed)}")
                sys.stdout.write(f"; surplus {_told(surplus)}\n")
    for is_limit, word in ((False, "faults"), (True, "at a limit")):
        of = [row for listed in rows.values() for row in listed if row[0].kind.is_limit is is_limit]
        sys.stdout.write(f"{word}: {len(of)}; as expected {_exact(of)}; {_sums(of)}\n")


def _line(group: str, name: str, rows: list[_Row]) -> str:
    return f"{group:22} {name:52} {_exact(rows):3} of {len(rows)}\n"


def _exact(rows: list[_Row]) -> int:
    return sum(not missed and not surplus for _, missed, surplus in rows)


def _sums(rows: list[_Row]) -> str:
    """Faults of which some finding is missing, of which another came instead, and with a finding too many."""
    gone = sum(bool(missed) and not surplus for _, missed, surplus in rows)
    other = sum(bool(missed) and bool(surplus) for _, missed, surplus in rows)
    more = sum(not missed and bool(surplus) for _, missed, surplus in rows)
    return f"missed {gone}, another finding instead {other}, too many {more}"


def _told(found: list[Found]) -> str:
    return ", ".join(f"{one.code} {one.place.cell or one.place.sheet} ({one.at})" for one in found) or "-"


if __name__ == "__main__":
    main()
