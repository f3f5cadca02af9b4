"""``takhai semester run`` with a stopwatch on every step: a program of its own, so that a step's memory is its own.

The lines of the command line come when a unit has begun; what a step does before its first unit (taking in
an answer) and after its last (freezing, statistics) lies outside them. So the runner's call of a step is
timed as a whole, and told on standard error as ``# step group seconds``.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from takhai.site.mounts import Needs
from takhai.site.needs import given

MARK: Final = "#"
ARRIVALS: Final = "arrivals"


def main(round_: str, folder: str) -> int:
    """One turn of the round; its exit status."""
    with given(Needs.TABLES):
        from takhai.platform.steps import run_step  # noqa: PLC0415 - models exist only after setup
        from takhai.semester import commands, runner  # noqa: PLC0415

        step = _timed(run_step, lambda call: f"{call['step'].name} {call['group'] or '-'}")
        arrived = _timed(runner._arrived, lambda call: f"{ARRIVALS} -")
        with patch.object(runner, "run_step", step), patch.object(runner, "_arrived", arrived):
            root = Path(folder)
            return commands.run_round(round_, root, out=root / "summary.json")


def _timed(call: Callable[..., Any], name: Callable[[dict[str, Any]], str]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        sys.stderr.write(f"{MARK} {name(named)} begins\n")
        sys.stderr.flush()
        try:
            return call(*given, **named)
        finally:
            sys.stderr.write(f"{MARK} {name(named)} {time.perf_counter() - began:.6f}\n")
            sys.stderr.flush()

    return timed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
