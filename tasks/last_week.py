"""What the files of one week are compared with: what their senders had in force before, as the ledger has it now."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from domain.forms import Part
from domain.rules.against_last_week import compared_first, compared_then
from domain.submissions import NOTHING_EARLIER, Earlier, Submission
from domain.weeks import WeekName
from tasks.store.engine import reading
from tasks.store.snapshots import in_force_before
from tasks.workplace import Workplace


def in_force_before_of(work: Workplace, week: WeekName, files: Iterable[Submission]) -> Mapping[str, Earlier]:
    """Reporter -> what these files are compared with, in one view of the ledger."""
    files, now, asked = tuple(files), work.now(), work.campaign.in_week(week).catalogue
    with reading(work.engine) as connection:
        first = in_force_before(
            connection, work.campaign.id, week, _wanted(files, partial(compared_first, catalogue=asked)), now
        )
        of_copies = _wanted(
            files, lambda file: compared_then(file, first.get(file.reporter, NOTHING_EARLIER))
        )
        then = in_force_before(connection, work.campaign.id, week, of_copies, now)
    return {reporter: {**parts, **then.get(reporter, {})} for reporter, parts in first.items()}


def _wanted(
    files: Iterable[Submission], of: Callable[[Submission], frozenset[Part]]
) -> Mapping[str, frozenset[Part]]:
    """Reporter -> the parts asked for of all its files; without a part, no key."""
    wanted: dict[str, frozenset[Part]] = {}
    for file in files:
        wanted[file.reporter] = wanted.get(file.reporter, frozenset()) | of(file)
    return {reporter: parts for reporter, parts in wanted.items() if parts}
