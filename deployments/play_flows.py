"""Several flow runs in one process, each with a clock of its own: `python -m deployments.play_flows PARENT`.

To import Prefect and the flows costs three seconds of a processor: more than most runs of a played campaign. One
request a line on standard input, {"flow", "parameters", "at"}; answers as run_flow.py gives them. Ends with its
input, and with PARENT.
"""

import json
import sys

from config.settings import stand_at
from deployments.run_flow import listen, run
from deployments.server import die_with


def main() -> None:
    """Every step reads the settings anew, so the clock that is set here is the one that it sees."""
    listen()
    for line in sys.stdin:
        request = json.loads(line)
        stand_at(request["at"])
        run(request["flow"], request["parameters"])


if __name__ == "__main__":
    die_with(parent=int(sys.argv[1]))
    main()
