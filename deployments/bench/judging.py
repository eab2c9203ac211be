"""`python -m deployments.bench.judging [REPORTERS ...]`: what judging costs, from typed rows to findings and a verdict.

Judged is in batches, as the flow does, each report beside what its sender had in force the week before (typed.py).
Neither reading nor the ledger counts; what making the earlier rows from the ledger costs is told beside, of the first
batch. `bare` is one pass over the rows of the file, in the same process: a busy machine slows both. Each count has a
process of its own, so that its peak memory is its own. What a rule costs is measured over reports of the same kind, a
look at the clock taken off; what several rules ask is found by the first of them.
"""

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from config.settings import Settings
from deployments.bench.counted import Counted, Measured
from deployments.bench.meter import least, peak_of
from deployments.bench.report import Promise
from deployments.bench.typed import Said, batches, campaign_in, said, write
from deployments.demo.any_roster import CAMPAIGN
from domain.campaign import Campaign
from domain.findings import Finding
from domain.rules import judge
from domain.rules.registry import RULES
from domain.rules.rule import RuleFacts
from domain.submissions import Earlier, Submission, SubmissionState, Verdict
from tasks.last_week import in_force_before_of
from tasks.store.engine import create_database, writing
from tasks.store.schema import upgrade
from tasks.store.submissions import Arrival, register
from tasks.store.verdicts import Judged, record
from tasks.workplace import Workplace, workplace_of

COUNTS = (250, 1_000, 10_600)
_BATCH = 250  # what a task takes where there are as many reporters (config.settings)
_TURNS = 3  # the cheapest counts
_MOST_MS = 0.5
_DEAREST = 12
_MB = 1e6
_NOW = datetime(2023, 4, 19, 9, tzinfo=UTC)
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    return BENCH.main(arguments)


def _prepare(folder: Path, most: int) -> None:
    sys.stderr.write("writing and reading the reports that all others are like\n")
    write(folder, most)


def say(folder: str, count: int) -> None:
    """The numbers of one count as JSON: milliseconds of CPU per reporter, by step and by rule, and peak bytes."""
    sys.stdout.write(json.dumps(_measured(Path(folder), count)))


def _measured(folder: Path, count: int) -> Mapping[str, Any]:
    campaign, cost = campaign_in(folder), _Cost()
    for batch in batches(said(folder, count), _BATCH):
        cost.add(batch, campaign)
    peak = peak_of(os.getpid())  # before what is measured beside
    others = list(islice(said(folder, count + min(count, _BATCH)), count, None))
    beside = {"ledger": _from_ledger(others, folder) / len(others)}
    rules = {name: 1000 * spent / len(others) for name, spent in by_rule(others, campaign).items()}
    ms = {step: 1000 * seconds for step, seconds in {**cost.of_each(), **beside}.items()}
    counted = {"rows": cost.rows / cost.reports, "findings": cost.findings / cost.reports}
    return {"ms": ms, "rules": rules, "peak_bytes": peak, **counted}


@dataclass
class _Cost:
    """Of batch after batch, in processor seconds."""

    reports: int = 0
    rows: int = 0
    findings: int = 0
    judged: float = 0.0
    bare: float = 0.0

    def add(self, batch: Sequence[Said], campaign: Campaign) -> None:
        gc.collect()  # what making the rows owes would be paid by whoever comes next
        judged, verdicts = least(lambda: [_judged(one, campaign) for one in batch], _TURNS)
        bare, passed = least(lambda: [_bare(one.submission) for one in batch], _TURNS)
        self.reports += len(batch)
        self.rows += sum(passed)
        self.findings += sum(len(each.findings) for each in verdicts)
        self.judged += judged
        self.bare += bare

    def of_each(self) -> Mapping[str, float]:
        return {"judged": self.judged / self.reports, "bare": self.bare / self.reports}


def _judged(one: Said, campaign: Campaign) -> Verdict:
    return judge(one.submission, one.findings, campaign, one.earlier)


def _bare(submission: Submission) -> int:
    """How many rows say where they stand."""
    return sum(1 for rows in submission.parts.values() for row in rows if row.sheet)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor seconds, and what came of it."""
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


def by_rule(reports: Sequence[Said], campaign: Campaign) -> dict[str, float]:
    """Rule -> processor seconds over all these reports, the dearest first."""
    spent = {rule.name: 0.0 for rule in RULES}
    for one in reports:
        facts = RuleFacts(campaign, one.earlier)
        for rule in RULES:
            spent[rule.name] += _timed(partial(_run, rule.check, one.submission, facts))[0]
    nothing = min(sum(_timed(tuple)[0] for _ in reports) for _ in range(3))
    return {name: max(0.0, spent[name] - nothing) for name in sorted(spent, key=lambda each: -spent[each])}


def _run(
    check: Callable[[Submission, RuleFacts], Iterable[Finding]], one: Submission, facts: RuleFacts
) -> None:
    for _ in check(one, facts):
        pass


def _from_ledger(reports: Sequence[Said], folder: Path) -> float:
    """Processor seconds for the earlier rows of these reports, each of a reporter of its own."""
    own = [replace(one.submission, reporter=f"{n}") for n, one in enumerate(reports)]
    with tempfile.TemporaryDirectory(dir=folder) as home:
        settings = Settings(home=Path(home), campaign=CAMPAIGN, config_root=folder / "config", story_now=_NOW)
        upgrade(create_database(settings.database_url))
        work = workplace_of(settings)
        _put_in_force(work, {file.reporter: one.earlier for file, one in zip(own, reports, strict=True)})
        spent, found = _timed(lambda: in_force_before_of(work, own[0].week, own))
    if not found:
        raise SystemExit("the ledger had nothing in force before")
    return spent


def _put_in_force(work: Workplace, earlier: Mapping[str, Earlier]) -> None:
    for reporter, parts in earlier.items():
        for week in {of.week for of in parts.values()}:
            arrival = Arrival(work.campaign.id, reporter, week, reporter, "bao-cao.xlsx", 1, _NOW, "folder")
            rows = {part: of.rows for part, of in parts.items() if of.week == week}
            file = Submission(work.campaign.id, reporter, week, reporter, arrival.file_name, _NOW, parts=rows)
            with writing(work.engine) as connection:
                (registered,) = register(connection, [arrival], _NOW)
                accepted = Verdict(SubmissionState.ACCEPTED)
                record(connection, Judged(registered.id, file, accepted, work.judged_by), _NOW)


def table(measured: Measured) -> str:
    """Every count on a line, then the dearest rules of the largest, then the promises."""
    names = ("findings", "judged", "bare", "ratio", "peak MB", "ledger")
    head = f"  {'reporters':>9}{'rows':>7}" + "".join(f"{name:>9}" for name in names)
    counts = [_line(count, cost) for count, cost in measured.items()]
    rules = list(measured[max(measured)]["rules"].items())
    rest = f"the other {len(rules) - _DEAREST} rules", sum(ms for _, ms in rules[_DEAREST:])
    dearest = [f"  {name:<62}{ms:9.4f}" for name, ms in (*rules[:_DEAREST], rest)]
    promised = [promise.line for promise in promises(measured)]
    return "\n".join(["judging, ms of CPU per reporter", head, *counts, "", *dearest, "", *promised]) + "\n"


def promises(measured: Measured) -> tuple[Promise, ...]:
    """At most half a millisecond, and no more memory or time for being many."""
    least, most = min(measured), max(measured)
    first, last = measured[least], measured[most]
    cost = Promise(f"ms of CPU to judge a reporter at {most}", last["ms"]["judged"], _MOST_MS)
    if least == most:
        return (cost,)
    growing = {
        "peak memory": last["peak_bytes"] / first["peak_bytes"],
        "CPU per reporter": last["ms"]["judged"] / first["ms"]["judged"],
    }
    more = (Promise(f"{what} at {most} to {least} reporters", value, 1.3) for what, value in growing.items())
    return (cost, *more)


def _line(count: int, cost: Mapping[str, Any]) -> str:
    ms = cost["ms"]
    said_of_it = f"{cost['rows']:7.0f}{cost['findings']:9.1f}{ms['judged']:9.3f}{ms['bare']:9.4f}"
    ratio = ms["judged"] / ms["bare"]
    return f"  {count:9}{said_of_it}{ratio:9.1f}{cost['peak_bytes'] / _MB:9.0f}{ms['ledger']:9.3f}"


BENCH = Counted("deployments.bench.judging", "judging", "REPORTERS", COUNTS, _prepare, table)

if __name__ == "__main__":
    sys.exit(main())
