"""Releases a file in a process that kills itself at one point: `python -m tests.faults.killed_release NUMBER [POINT]`.

POINT as in killed_run.py.
"""

import sys

from tasks.releasing import release
from tasks.settling import Answer
from tasks.workplace import workplace
from tests.faults.killed_run import arm

if __name__ == "__main__":
    if len(sys.argv) > 2:
        arm(sys.argv[2])
    release(workplace(), Answer(int(sys.argv[1]), "Trưởng phòng", "đúng là báo cáo tuần này"))
