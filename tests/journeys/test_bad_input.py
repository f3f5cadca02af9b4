"""At every door of a round: what is not what it claims ends in a sentence, writes nothing, and can be mended.

The command line is the real one, each command a process of its own; one small round is walked once and each
test takes a copy of it at the place that it needs.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from takhai.platform.problems import find
from tests.journeys import doors
from tests.journeys.doors import WAYS, Refusals
from tests.journeys.house import COMPLETE, WAITING, without_times
from tests.journeys.stages import BANK, CASH, DONE, EMPTY, LAST_CASH, SIGNATURES, OpenAt, Stages
from tests.journeys.warm import Told, Warm, warm

REFUSED = 2
NEXT = {EMPTY: SIGNATURES, SIGNATURES: BANK, BANK: CASH, CASH: LAST_CASH, LAST_CASH: DONE}
# Who looked at what is written down even where nothing else happens.
LOOKED = "looking_log"


def census(here: Warm) -> dict[str, int]:
    return {table: n for table, n in here.census().items() if table != LOOKED}


def is_a_sentence(told: Told, problem: str, label: str) -> None:
    """Exit 2, the problem in Thai and in English and how to mend it, no frame and no number of a person."""
    assert told.status == REFUSED, f"{label}: {told.status} {told.err[-300:]}"
    code = f"[{find(problem).code}] "
    said = [line for line in told.err.splitlines() if line.startswith(code)]
    assert len(said) == 2, f"{label}: {told.err[-300:]}"
    assert re.search(r"[ก-ฮ]", said[0]), label
    assert re.search(r"[A-Za-z]{3} [a-z]+ ", said[1]), label
    assert len([line for line in told.err.splitlines() if line.startswith("→ ")]) == 2, label
    assert "Traceback" not in told.err + told.out, label
    assert not re.search(r"(?<!\d)\d{13}(?!\d)", told.err + told.out), label


def refuse_all(here: Warm, refusals: Refusals, keep: Path) -> None:
    """Each way in its turn: its sentence, and never a row more in any table."""
    files = here.house.files
    before: dict[str, int] = {}
    for label, (spoil, problem) in refusals.items():
        spoil(files)
        is_a_sentence(here.run(), problem, label)
        shutil.rmtree(files)
        shutil.copytree(keep, files)
        found = census(here)
        # What comes before this door is taken in by the first run that reaches it.
        assert found == (before or found), label
        before = found


@pytest.mark.parametrize("place", list(WAYS))
def test_what_is_not_what_it_claims_is_told_and_writes_nothing_and_the_mended_file_goes_on(
    stages: Stages, at: OpenAt, place: str
) -> None:
    house = at(place)
    keep = Path(shutil.copytree(house.files, house.files.with_name("keep")))
    with warm(house) as here:
        for refusals in WAYS[place].values():
            refuse_all(here, refusals, keep)
        mended = here.run("--json", str(house.files / "mended.json"))
        assert mended.status == (COMPLETE if place == LAST_CASH else WAITING), mended.err[-1000:]
        assert here.takhai("ledger", "verify").status == 0
    summary = json.loads((house.files / "mended.json").read_text("utf-8"))
    assert without_times(summary) == stages.undisturbed(NEXT[place])
    assert not list((house.home / "log").glob("error-*"))


@pytest.mark.parametrize(
    ("place", "door", "tables"),
    [
        (SIGNATURES, doors.APPROVAL, ("approval", "transfer", "order_line", "movement")),
        (CASH, doors.RECEIPTS, ("receipt", "movement", "payment_exception", "fate")),
    ],
    ids=[SIGNATURES, CASH],
)
def test_the_first_refusal_writes_nothing_of_its_door_and_the_real_command_says_the_same(
    at: OpenAt, place: str, door: str, tables: tuple[str, ...]
) -> None:
    house = at(place)
    spoil, problem = WAYS[place][door]["a page of the web"]
    with warm(house) as here:
        before = here.census()
        spoil(house.files)
        is_a_sentence(here.run(), problem, door)
        after = here.census()
    assert {name: after[name] for name in tables} == {name: before[name] for name in tables}
    told = house.run()
    is_a_sentence(Told(told.returncode, told.stdout, told.stderr), problem, door)
