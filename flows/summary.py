"""Half-flow: a week as it is known -> summary -> compared -> documents -> recorded -> laid out -> delivered.

The revision, its documents' hashes and the deliveries it owes are recorded in one transaction. What comes after is owed
to the ledger and repeated until done; what comes before leaves nothing but bytes in the archive.
"""

from flows.calling import Call, as_tasks
from tasks.aggregate import aggregate
from tasks.publish import deliver, index_weeks, lay_out, record, render


def summary(week: str, reason: str = "", call: Call = as_tasks) -> bool:
    """Record what is new in the week, such as `2023-W15`. Returns whether a revision was recorded now.

    reason: why there may be a revision after the first; "" = the run itself finds it out.
    """
    recorded = False
    draft = call(aggregate, week, reason)
    while draft is not None and not recorded:
        recorded = call(record, draft, call(render, draft.summary_sha256))
        # Another run of the week may have taken the number: look again whether a figure still differs.
        draft = draft if recorded else call(aggregate, week, reason)
    return recorded


def hand_over(week: str, call: Call = as_tasks) -> bool:
    """Lay out and deliver what is recorded: of this week, and of any other whose run was killed. The index comes last:
    the office doesn't wait for a convenience, nor the index for an office.

    Returns whether something of this week was laid out now, also what an earlier run had recorded.
    """
    is_laid_out: bool = call(lay_out, week)
    try:
        call(deliver)
    finally:
        call(index_weeks)
    return is_laid_out
