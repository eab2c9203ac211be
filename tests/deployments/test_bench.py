"""The measurement: every step of both runs is there, and what is promised is judged by the numbers."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from deployments.bench import judging, reading
from deployments.bench.__main__ import main
from deployments.bench.report import exponent, promises, table

STEPS = [
    "open",
    "collect",
    "check",
    "acknowledge",
    "aggregate",
    "render",
    "record",
    "lay_out",
    "deliver",
    "index_weeks",
]


def run(wall_s: float, peak_mb: int = 100) -> dict[str, Any]:
    cost: dict[str, Any] = {"calls": 1, "wall_s": wall_s, "cpu_s": wall_s, "peak_bytes": peak_mb * 10**6}
    cost |= {"growth": {"ledger": 0, "prefect": 0}}
    ends = {"start_s": 1.0, "end_s": 0.5, "load_before": 0.2}
    return {"whole": cost, "steps": {"check": cost}, **ends}


def result(plain_s: float, prefect_s: float, peak_mb: int = 100) -> dict[str, Any]:
    server = {"cpu_s": 1.0, "peak_bytes": 0, "growth": 0}
    return {"plain": run(plain_s), "prefect": run(prefect_s, peak_mb) | {"server": server}}


def kept(measured: dict[int, dict[str, Any]]) -> dict[str, bool]:
    return {promise.what: promise.value <= promise.limit for promise in promises(measured)}


def test_what_doubles_with_the_size_grows_with_exponent_one() -> None:
    assert exponent((200, 5.0), (400, 10.0)) == pytest.approx(1.0)
    assert exponent((200, 5.0), (400, 20.0)) == pytest.approx(2.0)


def test_what_costs_nothing_has_no_exponent() -> None:
    assert math.isnan(exponent((200, 0.0), (400, 10.0)))


def test_a_promise_at_its_limit_is_kept_and_above_it_is_missed() -> None:
    at_limit = {2_000: result(100, 130), 10_600: result(530, 609, peak_mb=800)}
    above = {2_000: result(100, 131), 10_600: result(530, 620, peak_mb=801)}
    names = (
        "Prefect to plain at 2000 reporters",
        "Prefect to plain at 10600 reporters",
        "peak memory at 10600, MB",
    )
    assert [kept(at_limit)[name] for name in names] == [True] * 3
    assert [kept(above)[name] for name in names] == [False] * 3


def test_what_was_not_measured_is_not_judged() -> None:
    assert kept({200: result(1, 1)}) == {}


def test_a_missed_promise_is_printed_as_missed() -> None:
    assert "MISSED" in table({11: result(1, 3.5)})


def test_a_run_beside_other_work_says_that_its_seconds_say_little() -> None:
    busy = result(1, 1)
    busy["prefect"]["load_before"] = 4.0
    assert "busy" in table({11: busy})
    assert "busy" not in table({11: result(1, 1)})


@pytest.mark.timeout(300)
@pytest.mark.slow
@pytest.mark.server
def test_the_smallest_size_is_measured_whole_on_a_real_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NTM_HOME", str(tmp_path))
    assert main(["11"]) == 0
    measured = json.loads((tmp_path / "bench" / "result.json").read_text(encoding="utf-8"))["11"]
    assert list(measured["plain"]["steps"]) == STEPS
    assert sorted(measured["prefect"]["steps"]) == sorted([*STEPS, "show"])
    assert measured["plain"]["end"] == measured["prefect"]["end"] == "Published"  # 3 communes: all on time
    for kind in ("plain", "prefect"):
        assert measured[kind]["whole"]["wall_s"] >= sum(c["wall_s"] for c in measured[kind]["steps"].values())
        assert measured[kind]["steps"]["check"]["growth"]["ledger"] > 0
    assert measured["prefect"]["server"]["growth"] > 0
    assert "11 reporters" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["result.json"]


def cost(ours_ms: float, calamine_ms: float = 1.0, memory_mb: int = 100) -> dict[str, Any]:
    ms = {
        "calamine": calamine_ms,
        "container": 0.0,
        "child": 0.0,
        "numbers": ours_ms,
        "understood": ours_ms,
        "marks": 9.0,
    }
    return {"ms": ms, "parent_bytes": memory_mb * 10**6, "child_bytes": memory_mb * 10**6}


def test_reading_at_four_times_bare_calamine_is_kept_and_above_it_is_missed() -> None:
    assert [promise.value <= promise.limit for promise in reading.promises({100: cost(4.0)})] == [True]
    assert [promise.value <= promise.limit for promise in reading.promises({100: cost(4.1)})] == [False]


def test_reading_that_takes_more_memory_for_more_workbooks_is_missed() -> None:
    measured = {100: cost(3.0), 10_000: cost(3.0, memory_mb=151)}
    missed = [promise.what for promise in reading.promises(measured) if promise.value > promise.limit]
    assert [what.partition(" at ")[0] for what in missed] == ["memory of the parent", "memory of the child"]


@pytest.mark.slow
def test_reading_is_measured_step_by_step_on_real_workbooks(capsys: pytest.CaptureFixture[str]) -> None:
    assert reading.main(["12"]) == 0
    told = capsys.readouterr().out
    assert "check, child and numbers of 12 workbooks to bare calamine" in told
    _, _, line, *_ = told.splitlines()
    count, calamine, container, child, numbers, understood, ours, ratio, afresh, parent, in_child, marks = (
        map(float, line.split())
    )
    assert count == 12
    assert min(calamine, container, child, understood, numbers, parent, in_child, marks) > 0
    assert ours == pytest.approx(container + child + understood, abs=0.02)
    assert afresh > 0.8 * ratio


def judged(ms: float, memory_mb: int = 100) -> dict[str, Any]:
    return {"ms": {"judged": ms, "bare": 0.01, "ledger": 1.0}, "peak_bytes": memory_mb * 10**6}


def test_judging_at_half_a_millisecond_is_kept_and_above_it_is_missed() -> None:
    assert [promise.value <= promise.limit for promise in judging.promises({250: judged(0.5)})] == [True]
    assert [promise.value <= promise.limit for promise in judging.promises({250: judged(0.51)})] == [False]


def test_judging_that_takes_more_memory_for_more_reporters_is_missed() -> None:
    measured = {250: judged(0.3), 10_600: judged(0.3, memory_mb=131)}
    missed = [promise.what for promise in judging.promises(measured) if promise.value > promise.limit]
    assert missed == ["peak memory at 10600 to 250 reporters"]


def test_judging_is_measured_in_total_and_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert judging.main(["11"]) == 0
    _, _, line, _, *told = capsys.readouterr().out.splitlines()
    reporters, rows, _, cost, bare, ratio, peak, ledger = map(float, line.split())
    assert reporters == 11
    assert min(rows, cost, bare, peak, ledger) > 0
    assert ratio == pytest.approx(cost / bare, rel=0.1)
    of_rules = [float(each.split()[-1]) for each in told[: told.index("")]]
    assert of_rules[:-1] == sorted(of_rules[:-1], reverse=True)
    assert "ms of CPU to judge a reporter at 11" in told[-1]
