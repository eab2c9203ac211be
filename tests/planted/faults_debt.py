"""Faults in the debt table: sums that contradict each other, slips between units, projects and debts that vanish."""

from collections.abc import Callable, Iterable

from domain.forms import Part
from domain.submissions import ALLOTTED_FIELDS
from tests.planted.debts import COVERED, MONEY, NO_DEBT, OWING, REPAID, TOTAL, moves, total_of
from tests.planted.kinds import Spot, kind
from tests.planted.paper import Line

B = Part.DEBT
CONTRADICTION, SLIP, FALL, GONE = "contradiction", "slip", "fall or jump", "disappearance"
ALL = (*OWING, REPAID, *COVERED)


def _has_table(spot: Spot) -> bool:
    return spot.now.of(B)[-1]["project"] == TOTAL


def _pick(spot: Spot, numbers: Iterable[int]) -> tuple[int, Line, Line, Line] | None:
    """A project by number, with its lines of the week before, now, and after; None where the commune has no debt."""
    if not _has_table(spot):
        return None
    number = spot.chance.choice(list(numbers))
    return number, spot.before.of(B)[number], spot.now.of(B)[number], spot.after.of(B)[number]


def _allotted(line: Line) -> int:
    return sum(line[name] for name in ALLOTTED_FIELDS)


def _owed(line: Line) -> int:
    return max(0, line["accepted"] - _allotted(line))


def _add_up(spot: Spot) -> None:
    """The total row, as its formulas would show it."""
    lines = spot.now.of(B)
    lines[-1].update(total_of(lines[:-1]))


def _falls_later(spot: Spot, line: Line, later: Line, name: str) -> None:
    code = {"accepted": "ACCEPTED_FELL", "paid": "PAID_FELL"}[name]
    if later[name] < line[name]:
        spot.finds_later(code, B, later, name)


# --- sums beside each other ------------------------------------------------------------------------------------------


@kind(CONTRADICTION)
def debt_stated_otherwise(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    _, _, line, _ = picked
    line["stated_debt"] += spot.chance.choice([1, 35])
    _add_up(spot)
    spot.finds("STATED_DEBT_DIFFERS", B, line, "stated_debt")
    return True


@kind(CONTRADICTION)
def unpaid_sum_for_debt(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    _, _, line, _ = picked
    line["stated_debt"] = line["accepted"] - line["paid"]
    _add_up(spot)
    spot.finds("STATED_DEBT_DIFFERS", B, line, "stated_debt")
    return True


@kind(CONTRADICTION)
def paid_above_what_was_allotted(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, _, line, later = picked
    line["paid"] = _allotted(line) + spot.chance.choice([1, 20])
    _add_up(spot)
    spot.finds("PAID_ABOVE_ALLOTTED", B, line, "paid")
    _falls_later(spot, line, later, "paid")
    return True


@kind(CONTRADICTION, is_limit=True)
def paid_all_that_was_allotted(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, _, line, later = picked
    line["paid"] = _allotted(line)
    _add_up(spot)
    _falls_later(spot, line, later, "paid")
    return True


def _accepted_at(spot: Spot, above: int) -> Line | None:
    """The approved value and so much more; what is owed is mended, and wrong again in the week after."""
    picked = _pick(spot, (*OWING, *COVERED))
    if not picked:
        return None
    _, _, line, later = picked
    line["accepted"] = (line["settled"] or line["total_investment"]) + above
    line["stated_debt"] = _owed(line)
    _add_up(spot)
    _falls_later(spot, line, later, "accepted")
    if not later["stated_debt"]:
        spot.finds_later("DEBT_VANISHED", B, later, "stated_debt")
    return line


@kind(CONTRADICTION)
def accepted_above_what_was_approved(spot: Spot) -> bool:
    line = _accepted_at(spot, spot.chance.choice([1, 200]))
    if line:
        spot.finds("ACCEPTED_ABOVE_APPROVED", B, line, "accepted")
    return line is not None


@kind(CONTRADICTION, is_limit=True)
def accepted_all_that_was_approved(spot: Spot) -> bool:
    return _accepted_at(spot, 0) is not None


def _total_off(spot: Spot, by: int) -> tuple[Line, str] | None:
    if not _has_table(spot):
        return None
    total = spot.now.of(B)[-1]
    name = spot.chance.choice(MONEY)
    total[name] += by
    return total, name


@kind(CONTRADICTION)
def total_row_off(spot: Spot) -> bool:
    off = _total_off(spot, spot.chance.choice([10, 900]))
    if off:
        spot.finds("TOTAL_ROW_DIFFERS", B, *off)
    return off is not None


@kind(CONTRADICTION, is_limit=True)
def total_row_off_by_rounding(spot: Spot) -> bool:
    return _total_off(spot, 1) is not None


@kind(CONTRADICTION)
def project_left_out_of_the_total(spot: Spot) -> bool:
    """Above or below the range of the formulas: each sum of it that isn't 0 is missing from the total."""
    if not _has_table(spot):
        return False
    lines = spot.now.of(B)
    # Before the first run it was the first one only, none of which was found.
    left_out = spot.chance.choice([0, len(ALL) - 1])
    lines[-1].update(total_of([line for line in lines[:-1] if line is not lines[left_out]]))
    for name in MONEY:
        if lines[left_out].get(name):
            spot.finds("TOTAL_ROW_DIFFERS", B, lines[-1], name)
    return True


# --- from week to week -----------------------------------------------------------------------------------------------


@kind(FALL)
def accepted_falls(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, was, line, _ = picked
    line["accepted"] = was["accepted"] - spot.chance.choice([1, 40])
    line["stated_debt"] = _owed(line)
    _add_up(spot)
    spot.finds("ACCEPTED_FELL", B, line, "accepted")
    return True


@kind(FALL)
def paid_falls(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    _, was, line, _ = picked
    line["paid"] = was["paid"] - spot.chance.choice([1, 150])
    _add_up(spot)
    spot.finds("PAID_FELL", B, line, "paid")
    return True


@kind("stale copy")
def weekly_sums_for_cumulative_ones(spot: Spot) -> bool:
    picked = _pick(spot, (*OWING, *COVERED))
    if not picked:
        return False
    _, was, line, _ = picked
    line |= {"accepted": 50, "paid": 10, "stated_debt": 0}
    _add_up(spot)
    spot.finds("ACCEPTED_FELL", B, line, "accepted")
    spot.finds("PAID_FELL", B, line, "paid")
    if was["stated_debt"]:
        spot.finds("DEBT_VANISHED", B, line, "stated_debt")
    return True


@kind(GONE)
def debt_said_to_be_gone(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, _, line, _ = picked
    line["stated_debt"] = 0
    _add_up(spot)
    spot.finds("STATED_DEBT_DIFFERS", B, line, "stated_debt")
    spot.finds("DEBT_VANISHED", B, line, "stated_debt")
    return True


@kind(GONE)
def debt_gone_with_the_accepted_volume(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, _, line, _ = picked
    line |= {"accepted": _allotted(line), "stated_debt": 0}
    _add_up(spot)
    spot.finds("ACCEPTED_FELL", B, line, "accepted")
    spot.finds("DEBT_VANISHED", B, line, "stated_debt")
    return True


@kind(GONE, is_limit=True)
def debt_gone_because_capital_was_allotted(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    _, _, line, _ = picked
    line["allotted_commune"] += _owed(line)
    line["stated_debt"] = 0
    _add_up(spot)
    return True


@kind(GONE)
def project_gone(spot: Spot) -> bool:
    picked = _pick(spot, OWING)
    if not picked:
        return False
    del spot.now.of(B)[picked[0]]
    _add_up(spot)
    spot.finds_at("PROJECT_GONE", spot.now.sheet(B))
    return True


@kind(GONE, is_limit=True)
def project_without_debt_gone(spot: Spot) -> bool:
    picked = _pick(spot, COVERED)
    if not picked:
        return False
    del spot.now.of(B)[picked[0]]
    _add_up(spot)
    return True


@kind(GONE)
def project_under_another_name(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    _, _, line, later = picked
    line["project"] = "Cải tạo đường liên thôn"
    spot.finds("PROJECT_RENAMED", B, line, "project")
    spot.finds_later("PROJECT_RENAMED", B, later, "project")
    return True


@kind(GONE)
def project_under_another_decision(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    _, _, line, later = picked
    line["decision"] = "999/QĐ-UBND ngày 3/2/2022"
    spot.finds("PROJECT_RENAMED", B, line, "project")
    spot.finds_later("PROJECT_RENAMED", B, later, "project")
    return True


@kind(GONE, is_limit=True)
def project_name_typed_otherwise(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    line = picked[2]
    line["project"] = f"  {line['project'].upper()} "
    return True


@kind(GONE)
def sum_left_blank(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    line = picked[2]
    name = spot.chance.choice(
        ["total_investment", "allotted_other", "paid", "stated_debt", "debt_before_2015"]
    )
    line[name] = None
    _add_up(spot)
    spot.finds("ZERO_OR_BLANK", B, line, name)
    return True


@kind(GONE)
def accepted_left_blank(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    line = picked[2]
    line["accepted"] = None
    _add_up(spot)
    spot.finds("DEBT_NOT_STATED", B, line, "accepted")
    spot.finds("ZERO_OR_BLANK", B, line, "accepted")
    return True


@kind(CONTRADICTION)
def more_paid_than_the_sources_that_are_filled_in(spot: Spot) -> bool:
    picked = _pick(spot, COVERED)
    if not picked:
        return False
    line = picked[2]
    line["paid"] = _allotted(line)
    line["allotted_district"] = None
    _add_up(spot)
    spot.finds("SOURCE_LEFT_BLANK", B, line, "paid")
    spot.finds("ZERO_OR_BLANK", B, line, "allotted_district")
    # What the law calls debt is computed from the sources that are stated (domain/debt.py).
    spot.finds("STATED_DEBT_DIFFERS", B, line, "stated_debt")
    return True


# --- units -----------------------------------------------------------------------------------------------------------


def _unmoved(was: Line, line: Line) -> list[str]:
    return [name for name in MONEY if line.get(name) and was.get(name) == line[name]]


def _slip(spot: Spot, fits: Callable[[int], bool], ratio: float) -> bool:
    """Every sum of one project is written in another unit than the table's."""
    picked = _pick(spot, [n for n in ALL if fits(n)] or ALL)
    if not picked or not fits(picked[0]):
        return False
    _, was, line, _ = picked
    unmoved = _unmoved(was, line)
    line |= {name: round(line[name] * ratio, 6) for name in MONEY if line.get(name)}
    _add_up(spot)
    for name in unmoved:
        spot.finds("UNIT_SLIP", B, line, name)
    return True


@kind(SLIP)
def project_a_thousand_times_too_high(spot: Spot) -> bool:
    return _slip(spot, lambda number: not moves(number, spot.at), 1000)


@kind(SLIP)
def project_a_thousand_times_too_low(spot: Spot) -> bool:
    return _slip(spot, lambda number: not moves(number, spot.at), 1 / 1000)


@kind(SLIP)
def project_a_million_times_too_high(spot: Spot) -> bool:
    return _slip(spot, lambda number: not moves(number, spot.at), 1_000_000)


@kind(SLIP)
def project_a_million_times_too_low(spot: Spot) -> bool:
    return _slip(spot, lambda number: not moves(number, spot.at), 1 / 1_000_000)


@kind(SLIP)
def slip_of_a_project_that_grew(spot: Spot) -> bool:
    """SEMANTICS: a slip of 10^3 or 10^6 against last week is a finding; most sums say so, one has grown besides."""
    return _slip(spot, lambda number: moves(number, spot.at), 1000)


@kind(SLIP)
def table_in_another_unit(spot: Spot) -> bool:
    """The line above the table says another unit: every sum that stands is a thousand or a million times another."""
    if not _has_table(spot):
        return False
    spot.now.unit = spot.chance.choice(["tỷ đồng", "nghìn đồng", "đồng"])
    for number in ALL:
        was, line = spot.before.of(B)[number], spot.now.of(B)[number]
        for name in _unmoved(was, line):
            spot.finds("UNIT_SLIP", B, line, name)
    return True


def _slip_alone(spot: Spot, numbers: Iterable[int], name: str) -> Line | None:
    """One sum of a project. It is a slip where the sum hasn't moved besides; so it is in the week after.

    Expected before the first run: UNIT_SLIP, of the total investment and of a source, and no word of a unit where
    something else contradicts the sum. SEMANTICS wants a finding of every slip, and nothing was found of the former.
    But UNIT_SLIP returns the file, and one sum alone may be a project that has begun (decision 0015): so it is a code
    of its own, a warning (decision 0031), told of every sum and, as the file counts, again when it is put right.
    """
    picked = _pick(spot, numbers)
    if not picked:
        return None
    _, was, line, later = picked
    is_a_slip = was[name] == line[name]
    right = line[name]
    line[name] = right * 1000
    if is_a_slip:
        spot.finds("SUM_SLIPPED", B, line, name)
    if later[name] == right:
        spot.finds_later("SUM_SLIPPED", B, later, name)
    elif name in ("accepted", "paid"):
        _falls_later(spot, line, later, name)
    return line


@kind(SLIP)
def total_investment_alone_in_another_unit(spot: Spot) -> bool:
    """Nothing else contradicts it: the legal debt doesn't know the total investment."""
    if not _slip_alone(spot, ALL, "total_investment"):
        return False
    _add_up(spot)
    return True


@kind(SLIP)
def one_source_in_another_unit(spot: Spot) -> bool:
    """Of a project that has capital enough, nothing else contradicts it."""
    if not _slip_alone(spot, COVERED, "allotted_district"):
        return False
    _add_up(spot)
    return True


@kind(SLIP)
def accepted_alone_in_another_unit(spot: Spot) -> bool:
    """Contradicted by what was approved; in the week after it falls."""
    line = _slip_alone(spot, OWING, "accepted")
    if not line:
        return False
    line["stated_debt"] = _owed(line)
    _add_up(spot)
    spot.finds("ACCEPTED_ABOVE_APPROVED", B, line, "accepted")
    return True


@kind(SLIP)
def paid_alone_in_another_unit(spot: Spot) -> bool:
    line = _slip_alone(spot, ALL, "paid")
    if not line:
        return False
    _add_up(spot)
    spot.finds("PAID_ABOVE_ALLOTTED", B, line, "paid")
    return True


# --- cells and lines -------------------------------------------------------------------------------------------------


@kind(CONTRADICTION)
def project_on_two_lines(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    again = dict(picked[2])
    spot.now.of(B).insert(len(ALL), again)
    _add_up(spot)
    spot.finds("PROJECT_REPEATED", B, again, "project")
    return True


@kind(SLIP)
def dash_for_a_sum(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    picked[2]["allotted_other"] = "-"
    _add_up(spot)
    spot.finds("MONEY_DASH", B, picked[2], "allotted_other")
    return True


@kind(SLIP)
def sum_below_zero(spot: Spot) -> bool:
    picked = _pick(spot, ALL)
    if not picked:
        return False
    picked[2]["debt_before_2015"] = -5
    spot.finds("MONEY_NEGATIVE", B, picked[2], "debt_before_2015")
    return True


def _of_no_debt(spot: Spot) -> Line | None:
    """A project of a commune that says it has no debt."""
    lines = spot.now.of(B)
    return spot.one_of(lines[:-1]) if lines[-1]["project"] == NO_DEBT else None


@kind(CONTRADICTION)
def no_debt_but_one_project_owes(spot: Spot) -> bool:
    line = _of_no_debt(spot)
    if not line:
        return False
    line |= {"accepted": _allotted(line) + 100, "stated_debt": 100}
    spot.finds("NO_DEBT_CONTRADICTED", B, line, "stated_debt")
    return True


@kind(CONTRADICTION)
def no_debt_but_one_project_is_unknown(spot: Spot) -> bool:
    line = _of_no_debt(spot)
    if not line:
        return False
    line["accepted"] = None
    spot.finds("NO_DEBT_INCOMPLETE", B, line, "project")
    spot.finds("DEBT_NOT_STATED", B, line, "accepted")
    spot.finds("ZERO_OR_BLANK", B, line, "accepted")
    return True
