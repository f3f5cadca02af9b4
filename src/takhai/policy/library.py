"""All topics of the data folder, read once, and what of them holds on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from takhai.policy.loader import load_sources, load_topic
from takhai.policy.snapshot import Snapshot
from takhai.policy.types import Row, Source, Topic


@dataclass(frozen=True, slots=True)
class Library:
    """Topics by name and the sources they name."""

    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]

    def as_of(self, day: date, known_on: date | None = None) -> Snapshot:
        """One frozen snapshot of everything in force on the day, as known on `known_on`."""
        rows = [row for topic in self.topics for row in _in_force(topic, day, known_on)]
        rows.sort(key=lambda row: (row.topic, row.keys))
        return Snapshot(day, known_on, self.topics, self.sources, tuple(rows))


def as_of(day: date, known_on: date | None = None) -> Snapshot:
    """The project's policy on a day: values in force then, as known on `known_on` (None: now)."""
    return library().as_of(day, known_on)


@cache
def library() -> Library:
    """The policy files of this package."""
    return read(files("takhai.policy").joinpath("data"))


def read(root: Traversable) -> Library:
    """A folder with sources.toml and a folder of topics per programme; PolicyFileError if unclear."""
    sources = load_sources(root.joinpath("sources.toml").read_text(encoding="utf-8"))
    topics: list[Topic] = []
    for programme in root.iterdir():
        if programme.is_dir():
            topics.extend(_topics(programme, sources))
    topics.sort(key=lambda topic: topic.name)
    return Library(tuple(topics), tuple(sources.values()))


def _topics(programme: Traversable, sources: Mapping[str, Source]) -> list[Topic]:
    return [
        load_topic(
            f"{programme.name}.{file.name.removesuffix('.toml')}",
            file.read_text(encoding="utf-8"),
            sources,
        )
        for file in programme.iterdir()
        if file.name.endswith(".toml")
    ]


def _in_force(topic: Topic, day: date, known_on: date | None) -> list[Row]:
    def known(when: date) -> bool:
        return known_on is None or when <= known_on

    rounds = [
        r for r in topic.rounds if r.term.first_day <= day < r.term.next().first_day and known(r.known_on)
    ]
    if rounds:
        return list(max(rounds, key=lambda r: r.known_on).rows)
    newest: dict[tuple[tuple[str, str], ...], Row] = {}
    for row in sorted(topic.rows, key=lambda r: (r.from_day, r.known_on)):
        holds = row.from_day <= day and (row.to_day is None or day < row.to_day)
        if holds and known(row.known_on):
            newest[row.keys] = row
    return list(newest.values())
