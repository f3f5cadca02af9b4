"""The command line: write a country before a round, or answer what Takhai sent out."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from country import classroom, manifest, out, screening
from country.answering import answer
from country.facts import facts
from country.inputs import write_inputs
from country.manifest import Manifest, NoManifest
from country.registers import write_registers
from country.truth import truth
from country.world import NEW
from takhai.policy import for_round
from takhai.policy.types import NoCalendar, NoRate
from takhai.thai.calendar import BadTerm, Term
from takhai.thai.money import BadAmount

REFUSED = 2
_OWN = ("registers", "out", "answers")
# What came late while a round ran.
_LATE = ("forms-*.csv", "form_members-*.csv")


class Refusal(Exception):
    """Something the command cannot do, in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 2 refused with one sentence on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["answer"]:
            return _answer(_answer_parser().parse_args(words[1:]))
        return _make(_make_parser().parse_args(words))
    except (Refusal, NoManifest, out.NotAnOutFile) as error:
        sys.stderr.write(f"country: {error}\n")
        return REFUSED


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m country", description="Write what exists before a round, and its truth."
    )
    parser.add_argument("--out", required=True, type=Path, help="folder to write into")
    parser.add_argument("--round", help="semester such as 2563-2")
    parser.add_argument("--after", type=Path, help="folder of the round before: the same children, older")
    parser.add_argument("--province", help="two digits, 81 when nothing is said")
    parser.add_argument("--seed", type=int, help="any number, 1 when nothing is said")
    parser.add_argument("--pupils", type=int, help="at most so many register rows (at least 200)")
    return parser


def _answer_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m country answer", description="Answer what lies in out/.")
    parser.add_argument("dir", type=Path)
    return parser


def _make(given: argparse.Namespace) -> int:
    made = _following(given) if given.after else _beginning(given)
    folder: Path = given.out
    _clear(folder, made)
    world, outcome = made.build()
    whole_truth = truth(world, outcome)
    write_inputs(world, folder)
    write_registers(world, folder / "registers")
    screening.write(world, folder)
    classroom.write(world, outcome.beneficiaries, folder)
    _write_json(folder / "truth.json", whole_truth)
    _write_json(folder / manifest.NAME, manifest.as_json(made, world, outcome))
    sys.stdout.write(f"{folder}: round {made.round}, province {made.province}, seed {made.seed}, ")
    sys.stdout.write(f"{outcome.register_rows} register rows, {len(world.schools)} schools\n")
    return 0


def _beginning(given: argparse.Namespace) -> Manifest:
    province = given.province or "81"
    if province not in facts().thousands:
        raise Refusal(f"no province has the code {province[:10]}")
    if given.pupils is not None and given.pupils < 200:
        raise Refusal("a country of fewer than 200 pupils has no room for what is planted")
    return Manifest(
        1 if given.seed is None else given.seed, province, given.pupils, (str(_term(given.round)),)
    )


def _following(given: argparse.Namespace) -> Manifest:
    if given.province or given.pupils is not None or given.seed is not None:
        raise Refusal("--after goes on with the province, seed and pupils of the folder before")
    before = manifest.read(given.after)
    term = before.round.next()
    if given.round and _term(given.round) != term:
        raise Refusal(f"the round after {before.round} is {term}")
    _term(str(term))
    return before.followed_by(term)


def _term(text: str | None) -> Term:
    try:
        term = Term.parse(text or "2563-2")
        for_round(term).window("recover", NEW)
    except BadTerm as error:
        raise Refusal(str(error)) from error
    except (NoCalendar, NoRate) as error:
        raise Refusal(f"there is no policy to draw the round by: {error}") from error
    return term


def _clear(folder: Path, made: Manifest) -> None:
    """An empty folder, or one that this program made: then what it holds of a run is taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        return
    if manifest.read(folder) != made:
        raise Refusal(f"{folder} holds another country: choose an empty folder")
    for name in _OWN:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in (path for pattern in _LATE for path in folder.glob(pattern)):
        path.unlink()


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _answer(given: argparse.Namespace) -> int:
    world, outcome = manifest.read(given.dir).build()
    try:
        written = answer(world, outcome, given.dir)
    except BadAmount as error:
        raise Refusal(f"an amount in out/ is no amount of baht: {error}") from error
    if not written:
        raise Refusal(f"{given.dir / 'out'} holds nothing to answer")
    for path in written:
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
