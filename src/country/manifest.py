"""country.json: what a folder was made from, enough to make the same world again in memory."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from country import kinds
from country.ageing import next_world
from country.classroom.kinds import PER_MILLION, REFUSALS
from country.first import first_world
from country.screening import kinds as forms
from country.settle import Outcome, settle
from country.world import World
from takhai.thai.calendar import Term

NAME = "country.json"


class NoManifest(Exception):
    """The folder holds no country.json that this program wrote."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A province's rounds from the first to this one, and what they were drawn from."""

    seed: int
    province: str
    pupils: int | None
    rounds: tuple[str, ...]

    @property
    def round(self) -> Term:
        """The round that the folder is of."""
        return Term.parse(self.rounds[-1])

    def followed_by(self, term: Term) -> "Manifest":
        """The same children one round later."""
        return Manifest(self.seed, self.province, self.pupils, (*self.rounds, str(term)))

    def build(self) -> tuple[World, Outcome]:
        """The world of the last round and what becomes of it."""
        world = first_world(
            term=Term.parse(self.rounds[0]), province=self.province, seed=self.seed, most=self.pupils
        )
        outcome = settle(world)
        for text in self.rounds[1:]:
            world = next_world(world, outcome, Term.parse(text))
            outcome = settle(world)
        return world, outcome


def read(folder: Path) -> Manifest:
    """The manifest of a folder; NoManifest for anything else."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        made = data["made_from"]
        rounds = tuple(str(Term.parse(text)) for text in made["rounds"])
        return Manifest(int(made["seed"]), str(made["province"]), made["pupils"], rounds)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoManifest(f"{folder} holds no {NAME} of this program") from error


def as_json(manifest: Manifest, world: World, outcome: Outcome) -> Mapping[str, Any]:
    """What is written: how it was made, its sizes and every rate."""
    rates = {
        kind.name: {"per_million": kind.per_million, "at_least": kind.least, "meaning": kind.label}
        for group in (
            kinds.REFUSED, (kinds.NUMBER_ZERO_LOST, kinds.SCHOOL_ZERO_LOST, kinds.DUPLICATE), kinds.IDENTITY,
            (kinds.GONE, kinds.MOVED, kinds.THREE_YEARS, kinds.NO_RATE, kinds.FORMER, kinds.PROMPTPAY_GCODE),
            kinds.SCHOOLS, kinds.BANK, kinds.CASH, kinds.RETURNS, kinds.STRAYS, (kinds.WITHOUT_ROW,),
            forms.ALL,
        )
        for kind in group
    }  # fmt: skip
    rates |= {
        f"{file}:{reason}": {
            "per_million": PER_MILLION[file],
            "at_least": 1,
            "meaning": "a row that is refused",
        }
        for file, reasons in REFUSALS.items()
        for reason in reasons
    }
    return {
        "made_from": asdict(manifest),
        "round": str(manifest.round),
        "province": manifest.province,
        "seed": manifest.seed,
        "sizes": {
            "register_rows": outcome.register_rows,
            "on_last_list": sum(1 for _ in world.listed()),
            "schools": len(world.schools),
        },
        "rates": rates,
    }
