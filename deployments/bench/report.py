"""The measured numbers as a table, as ratios and against what was promised. Pure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Measured = Mapping[int, Mapping[str, Any]]

_STEPS = (
    "open",
    "collect",
    "check",
    "acknowledge",
    "aggregate",
    "render",
    "record",
    "show",
    "lay_out",
    "deliver",
    "index_weeks",
)
_MB, _KB = 1e6, 1e3
_BUSY = 1.5  # processes that ran or waited in the minute before; our own preparations are one
_GROWS_FROM = 200  # below, what every run costs hides how it grows


@dataclass(frozen=True)
class Promise:
    """`limit` is the most that `value` may be."""

    what: str
    value: float
    limit: float

    @property
    def line(self) -> str:
        kept = "kept" if self.value <= self.limit else "MISSED"
        return f"  {self.what:<58} {self.value:8.2f}   at most {self.limit:6.2f}   {kept}"


def table(measured: Measured) -> str:
    """Every size with its steps, then how the steps grow, then the promises."""
    lines = [line for size, result in measured.items() for line in _of_size(size, result)]
    return "\n".join([*lines, *_growing(measured), "", *(p.line for p in promises(measured))]) + "\n"


def exponent(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """k of "grows as size^k", from two pairs (size, cost); nan where a cost is nothing."""
    (size, cost), (large_size, large_cost) = smaller, larger
    if cost <= 0 or large_cost <= 0 or size == large_size:
        return math.nan
    return math.log(large_cost / cost) / math.log(large_size / size)


def promises(measured: Measured) -> tuple[Promise, ...]:
    """Those that can be judged by the sizes measured."""
    return tuple(_promises(measured))


def _promises(measured: Measured) -> Iterator[Promise]:
    for size, limit in ((2_000, 1.3), (10_600, 1.15)):
        if size in measured:
            yield Promise(f"Prefect to plain at {size} reporters", _ratio(measured[size]), limit)
    if 11 in measured:
        more = _whole(measured[11]["prefect"]) - _whole(measured[11]["plain"])
        yield Promise("seconds that the flow costs above the plain call at 11", more, 2.0)
    ends = _ends(measured)
    if ends:
        for kind in ("plain", "prefect"):
            value = exponent(*((size, _whole(measured[size][kind])) for size in ends))
            yield Promise(f"growth exponent from {ends[0]} to {ends[1]}, {kind}", value, 1.1)
    if 10_600 in measured:
        peak = max(measured[10_600][kind]["whole"]["peak_bytes"] for kind in ("plain", "prefect"))
        yield Promise("peak memory at 10600, MB", peak / _MB, 800.0)


def _ends(measured: Measured) -> tuple[int, int] | None:
    sizes = sorted(size for size in measured if size >= _GROWS_FROM)
    return (sizes[0], sizes[-1]) if len(sizes) > 1 else None


def _whole(result: Mapping[str, Any]) -> float:
    return float(result["whole"]["wall_s"])


def _ratio(result: Mapping[str, Any]) -> float:
    return _whole(result["prefect"]) / _whole(result["plain"])


def _of_size(size: int, result: Mapping[str, Any]) -> Iterator[str]:
    plain, prefect = result["plain"], result["prefect"]
    yield f"{size} reporters"
    side = f"{'s':>8} {'cpu s':>8} {'peak MB':>8} {'ledger kB':>10}"
    yield f"  {'':<12}|{'plain':^38}|{'Prefect':^50}|"
    yield f"  {'step':<12}|{side} |{side} {'Prefect kB':>11} | ratio"
    for step in _STEPS:
        yield _line(step, plain["steps"].get(step), prefect["steps"].get(step))
    yield _line("whole", plain["whole"], prefect["whole"])
    served = prefect["server"]
    yield (
        f"  process start {plain['start_s']:.1f} s and {prefect['start_s']:.1f} s, end {plain['end_s']:.1f} s and "
        f"{prefect['end_s']:.1f} s; server: {served['cpu_s']:.1f} s of CPU, {served['peak_bytes'] / _MB:.0f} MB, "
        f"its database +{served['growth'] / _KB:.0f} kB"
    )
    if max(plain["load_before"], prefect["load_before"]) > _BUSY:
        yield "  The machine was busy before a run: its seconds say little, its seconds of CPU more."
    yield ""


def _line(name: str, plain: Mapping[str, Any] | None, prefect: Mapping[str, Any] | None) -> str:
    ratio = (
        f"{prefect['wall_s'] / plain['wall_s']:6.2f}" if plain and prefect and plain["wall_s"] else f"{'':6}"
    )
    own = f"{prefect['growth']['prefect'] / _KB:11.0f}" if prefect else f"{'':11}"
    return f"  {name:<12}|{_side(plain)} |{_side(prefect)} {own} |{ratio}"


def _side(cost: Mapping[str, Any] | None) -> str:
    if cost is None:
        return f"{'-':>8} {'':>8} {'':>8} {'':>10}"
    grown = cost["growth"]["ledger"] / _KB
    return f"{cost['wall_s']:8.2f} {cost['cpu_s']:8.2f} {cost['peak_bytes'] / _MB:8.0f} {grown:10.0f}"


def _growing(measured: Measured) -> Iterator[str]:
    ends = _ends(measured)
    if not ends:
        return
    yield f"growth exponent from {ends[0]} to {ends[1]} reporters (wall; CPU)"
    for step in (*_STEPS, "whole"):
        told = [f"{kind} {_exponents(measured, ends, kind, step)}" for kind in ("plain", "prefect")]
        yield f"  {step:<12} {'   '.join(told)}"


def _exponents(measured: Measured, ends: tuple[int, int], kind: str, step: str) -> str:
    costs = [measured[size][kind]["steps"].get(step) or measured[size][kind].get(step) for size in ends]
    if not all(costs):
        return "   -"
    small, large = costs
    values = (exponent((ends[0], small[name]), (ends[1], large[name])) for name in ("wall_s", "cpu_s"))
    return "; ".join(f"{value:5.2f}" for value in values)
