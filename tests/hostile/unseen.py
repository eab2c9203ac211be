"""Hostile and odd files by somebody who hasn't seen the checks: the list, and a command that writes them all.

    python -m tests.hostile.unseen FOLDER

Every file starts from a correct report of xã Mỹ Hà for 2023-W15 (unseen_form.py) and is odd in one thing. The class is
argued in `why` from issue 4 and SEMANTICS.md: returned = we know whose it is and the sender must mend; quarantined =
the container isn't trusted, or whose, what or which week it is isn't sure; accepted = a sensible colleague would
understand it, perhaps with notes. Same bytes in every run: fixed times, no randomness but seeded.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path

from tests.hostile import (
    unseen_cells,
    unseen_csv,
    unseen_docx,
    unseen_ods,
    unseen_other,
    unseen_parts,
    unseen_shape,
    unseen_text,
    unseen_xls,
    unseen_zip,
)
from tests.hostile.unseen_kit import UnseenFile

_MODULES = (unseen_zip, unseen_parts, unseen_cells, unseen_shape, unseen_text, unseen_csv, unseen_ods, unseen_xls,
            unseen_docx, unseen_other)  # fmt: skip
FILES: tuple[UnseenFile, ...] = tuple(file for module in _MODULES for file in module.FILES)


def write(folder: Path) -> list[str]:
    """Every file at <folder>/<week>/<reporter>/<name>; the lines of the index, tab-separated."""
    lines = ["name\tclass\ttopic\tsha256\targument\topen question"]
    for file in FILES:
        path = folder / file.week / file.reporter / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = file.content()
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        lines.append("\t".join((file.name, file.expected, file.topic, digest, file.why, file.open_question)))
    (folder / "index.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.hostile.unseen FOLDER\n")
        return 2
    write(Path(arguments[0]))
    counts = Counter(file.expected for file in FILES)
    sys.stdout.write("".join(f"{outcome}: {count}\n" for outcome, count in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
