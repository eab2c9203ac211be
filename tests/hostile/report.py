"""`python -m tests.hostile.report`: how many files of each class, and what the dearest refusals of a container cost."""

import sys
import time
import tracemalloc
from collections import Counter

from tasks.intake.preflight import examine
from tests.hostile import proved, unseen
from tests.tasks.intake.packages import BAD

SHOWN = 5


def main() -> int:
    costs = []
    for name, make in [
        *((file.name, file.content) for file in (*unseen.FILES, *proved.FILES)),
        *((n, lambda d=d: d) for n, d in BAD.items()),
    ]:
        content = make()
        begin = time.process_time()
        refused = examine(content, name).format is None
        if refused:
            costs.append((time.process_time() - begin, _peak(content, name), name))
    counts = Counter(file.expected for file in unseen.FILES)
    more = len(proved.FILES) + len(BAD)
    sys.stdout.write(
        f"{len(unseen.FILES)} files by somebody who hadn't seen the checks: {dict(counts)}; {more} more\n"
    )
    sys.stdout.write(f"{len(costs)} containers refused\n")
    for seconds, peak, name in sorted(costs, reverse=True)[:SHOWN]:
        sys.stdout.write(f"  {seconds:6.2f} s of CPU, {peak / 1e6:5.1f} MB  {name}\n")
    sys.stdout.write(f"  most memory: {max(peak for _, peak, _ in costs) / 1e6:.1f} MB\n")
    return 0


def _peak(content: bytes, name: str) -> int:
    """Bytes that the check holds beyond the file itself."""
    tracemalloc.start()
    examine(content, name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    raise SystemExit(main())
