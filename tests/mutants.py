"""``make mutants``: takes one wall away at a time; the tests that guard it must notice, and pass with it."""

import subprocess
import sys
from typing import Final

WALLS: Final = (
    ("drop-live-index", "tests/payments/test_one_live_payment_per_entitlement_under_concurrency.py"),
    ("async-commit", "tests/payments/test_acknowledged_payments_survive_a_killed_server.py"),
)
PASSED, FAILED = 0, 1


def run(path: str, *options: str) -> tuple[int, str]:
    """Exit status of pytest, and what it says last."""
    words = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", path, *options]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip().rsplit("\n", 1)[-1]


def main() -> int:
    """0 when every wall is guarded."""
    blind = 0
    for mutant, path in WALLS:
        for options, wanted in (((), PASSED), ((f"--mutant={mutant}",), FAILED)):
            status, last = run(path, *options)
            blind += status != wanted
            sys.stdout.write(f"{mutant if options else 'wall stands':16} {path}\n  {last}\n")
            sys.stdout.flush()
    sys.stdout.write("every wall is guarded\n" if not blind else f"{blind} runs did not end as they must\n")
    return blind


if __name__ == "__main__":
    raise SystemExit(main())
