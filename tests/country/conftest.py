"""Worlds that many tests look at, written once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from country.__main__ import main
from country.first import first_world
from country.settle import Outcome, settle
from country.world import World
from takhai.thai.calendar import Term


@dataclass(frozen=True)
class Made:
    """A folder and its truth."""

    folder: Path
    truth: dict[str, Any]

    def step(self, name: str, group: str = "") -> dict[str, Any]:
        """One step of the truth, of a group or of the round."""
        return next(step for step in self.truth["steps"] if (step["step"], step["group"]) == (name, group))


Make = Callable[..., Made]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Writes a country by the command line; the same words give the same folder."""

    @cache
    def made(*words: str, after: Path | None = None, again: int = 0) -> Made:
        folder = tmp_path_factory.mktemp("country") / "dir"
        more = ["--after", str(after)] if after else []
        assert main(["--out", str(folder), *words, *more]) == 0
        return Made(folder, json.loads((folder / "truth.json").read_text(encoding="utf-8")))

    return made


@pytest.fixture(scope="session")
def krabi(make: Make) -> Made:
    """2,000 pupils of province 81."""
    return make("--pupils", "2000")


@cache
def world_of(province: str = "81", seed: int = 1, most: int | None = 2000) -> tuple[World, Outcome]:
    """A world in memory; tests only look at it."""
    world = first_world(term=Term(2563, 2), province=province, seed=seed, most=most)
    return world, settle(world)
