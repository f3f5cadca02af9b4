"""The files of the classroom say what the truth counts, and who keeps the conditions."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from country import classroom
from country.classroom.files import HEADERS
from country.classroom.kinds import REFUSALS
from country.classroom.presence import months
from country.manifest import read
from country.settle import Outcome
from country.world import World
from takhai.thai.calendar import Term
from tests.country.classroom.naive_classroom import Reading
from tests.country.conftest import Make, world_of
from tests.country.test_data_dictionary import SECTIONS, columns, example

MONTHS = {
    "2563-2": {"2020-11", "2020-12", "2021-01", "2021-02", "2021-03", "2021-04"},
    "2564-1": {"2021-05", "2021-06", "2021-07", "2021-08", "2021-09", "2021-10"},
}
WORLDS = [("81", "1", "2000"), ("63", "7", "2000"), ("10", "3", "1500"), ("58", "11", "200")]


def reading(world: World, folder: Path) -> Reading:
    """The files of a folder, read with nothing but the registers in hand."""
    enrolled: dict[str, set[str]] = {}
    for pupil in world.pupils:
        if world.good(pupil):
            at = {pupil.school.code} | ({pupil.second.code} if pupil.second else set())
            enrolled[pupil.child.said.number] = at | ({pupil.listing.school} if pupil.listing else set())
    found = Reading(
        schools=set(world.schools),
        known=set(enrolled),
        enrolled=enrolled,
        months=MONTHS[str(world.term)],
        first_day=world.term.first_day,
        next_first_day=world.term.next().first_day,
    )
    found.read(folder)
    return found


def compare(world: World, outcome: Outcome, folder: Path) -> None:
    """Every count, and every pupil's word."""
    found = reading(world, folder)
    for name, counts in classroom.counts(world, outcome.beneficiaries).items():
        assert counts["rows"] == found.rows[name], name
        assert counts["refused"] == {reason: found.refused[name][reason] for reason in REFUSALS[name]}, name
        assert set(found.refused[name]) <= set(REFUSALS[name])
        assert counts["taken"] == counts["rows"] - sum(counts["refused"].values())
    for pupil in outcome.beneficiaries:
        assert classroom.complies(world, pupil) is found.compliant(pupil.child.said.number)


@pytest.mark.parametrize(("province", "seed", "pupils"), WORLDS)
def test_what_a_plain_reader_finds_is_what_is_counted(
    make: Make, province: str, seed: str, pupils: str
) -> None:
    made = make("--province", province, "--seed", seed, "--pupils", pupils)
    world, outcome = read(made.folder).build()
    compare(world, outcome, made.folder)
    assert made.truth["classroom"] == classroom.counts(world, outcome.beneficiaries)


def test_the_next_semester_has_its_own_months(make: Make) -> None:
    first = make("--pupils", "600", "--seed", "9")
    second = make(after=first.folder)
    compare(*read(second.folder).build(), second.folder)


@pytest.mark.parametrize(("province", "seed", "pupils"), WORLDS)
def test_every_refusal_is_planted_even_in_a_small_province(province: str, seed: str, pupils: str) -> None:
    world, outcome = world_of(province, int(seed), int(pupils))
    for counts in classroom.counts(world, outcome.beneficiaries).values():
        assert min(counts["refused"].values()) >= 1


def test_what_is_planted_is_told_by_file_and_reason() -> None:
    world, outcome = world_of()
    planted = classroom.planted(world, outcome.beneficiaries)
    counts = classroom.counts(world, outcome.beneficiaries)
    assert planted == {
        f"{name}:{reason}": n for name, of in counts.items() for reason, n in of["refused"].items()
    }


def test_nobody_paid_nothing_told_of_anybody(tmp_path: Path) -> None:
    world, _ = world_of()
    counts = classroom.counts(world, [])
    assert counts["attendance"]["rows"] == counts["growth"]["rows"] == 0
    assert counts["school_days"]["taken"] == 5 * len(world.schools)
    classroom.write(world, [], tmp_path)
    assert (tmp_path / "attendance.csv").read_text(encoding="utf-8").count("\n") == 1


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    world, outcome = world_of("81", 5, 200)
    classroom.write(world, outcome.beneficiaries, tmp_path / "one")
    classroom.write(world, list(reversed(outcome.beneficiaries)), tmp_path / "two")
    for name in HEADERS:
        one, two = ((tmp_path / part / f"{name}.csv").read_bytes() for part in ("one", "two"))
        assert one == two


def test_only_pupils_on_the_lists_are_reported() -> None:
    world, outcome = world_of()
    counts = classroom.counts(world, outcome.enrolled["old"])
    assert counts["attendance"]["rows"] < classroom.counts(world, outcome.beneficiaries)["attendance"]["rows"]


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_has_the_columns_of_the_page(name: str) -> None:
    assert columns(f"{name}.csv") == list(HEADERS[name])
    rows = example(f"{name}.csv")
    assert rows[0] == list(HEADERS[name])
    assert all(len(row) == len(rows[0]) for row in rows)


def test_every_refusal_is_explained() -> None:
    for reasons in REFUSALS.values():
        assert all(reason in SECTIONS["school_days.csv"] for reason in reasons)


def test_months_are_told_by_the_semester() -> None:
    assert [str(first)[:7] for first in months(Term(2563, 2))] == sorted(MONTHS["2563-2"])[:-1]
    assert months(Term(2564, 1))[0] == date(2021, 6, 1)
    assert Counter(len(months(Term(year, half))) for year in (2563, 2567) for half in (1, 2)) == {5: 4}
