"""Decides over the case of stage_case in a process that kills itself: `python -m tests.faults.killed_decision WITNESS
[POINT]`. POINT as in killed_run.py.
"""

import sys

from domain.judgement import Matter, Witness
from domain.weeks import WeekName
from tasks.deciding import decide, ruling
from tasks.workplace import workplace
from tests.faults.killed_run import arm
from tests.stage_case import CODE, COMMUNE
from tests.story import WEEK

if __name__ == "__main__":
    if len(sys.argv) > 2:
        arm(sys.argv[2])
    given = ruling((COMMUNE, CODE, Matter.JUDGEMENT), Witness(sys.argv[1]), "Trưởng phòng", "đã xem lại")
    decide(workplace(), WeekName.parse(WEEK), given)
