"""Growth is classed only by a table that the office provides; a made-up one stands in for it here."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

import pytest

from takhai.access.scope import Scope
from takhai.classroom import queries
from takhai.classroom.queries import growth_reference
from takhai.classroom.queries.growth_reference import reference
from takhai.classroom.rules.lms import Lms
from takhai.classroom.types import Growth, Measure
from takhai.platform.problems import Refusal
from tests.benefits.town import ROUND, SCOPE
from tests.classroom.school import HOME, School

pytestmark = pytest.mark.django_db
# The town's children were born on 2011-05-20: 118 months old in March 2021. No child was measured for this table.
MADE_UP = [
    (sex, measure, month, lms, median, spread)
    for sex in ("m", "f")
    for month in (117, 118, 119)
    for measure, lms, median, spread in (
        ("weight", "0", "30", "0.1"),
        ("height", "1", "130.0", "0.04"),
        ("bmi", "-0.5", "17.5", "0.08"),
    )
]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the office would put its table; nothing is there yet."""
    path = tmp_path / "office" / growth_reference.FILE
    path.parent.mkdir()
    monkeypatch.setattr(growth_reference, "path", lambda: path)
    return path


def write(path: Path, rows: Iterable[Sequence[object]] = tuple(MADE_UP)) -> None:
    lines = [",".join(map(str, row)) for row in (("sex", "measure", "month", "l", "m", "s"), *rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def measured(school: School, *figures: tuple[str, str]) -> list[UUID]:
    """Pupils of those weights and heights."""
    people = school.class_of(len(figures))
    rows = [
        (school.number_of(person), HOME, "2021-03-26", *each)
        for person, each in zip(people, figures, strict=True)
    ]
    assert school.send("growth", *rows).done == len(figures)
    return people


def above_zero(measure: str, *, scope: Scope = SCOPE) -> dict[str, int]:
    found = queries.growth_classes(round=ROUND, scope=scope)
    assert {each: set(bands) for each, bands in found.items()} == {
        measure.value: {band.value for band in Growth} for measure in Measure
    }
    return {band: count for band, count in found[measure].items() if count}


def test_without_a_table_nothing_is_computed(school: School, table: Path) -> None:
    measured(school, ("30", "130"), ("0", "0"))
    for measure in Measure:
        assert above_zero(measure) == {"not_computed": 2}


def test_with_a_table_everybody_has_a_band(school: School, table: Path) -> None:
    write(table)
    measured(school, ("30", "130"), ("30", "130"), ("24", "119"), ("0", "145"), ("60", "0"), ("38", "219"))
    assert above_zero("weight") == {
        "within_1_5": 2,
        "under_2": 1,
        "not_computed": 1,
        "implausible": 1,
        "over_2": 1,
    }
    assert above_zero("height") == {
        "within_1_5": 2,
        "under_2": 1,
        "over_2": 1,
        "not_computed": 1,
        "implausible": 1,
    }
    assert above_zero("bmi") == {"within_1_5": 3, "not_computed": 2, "implausible": 1}


def test_a_scope_that_covers_no_school_counts_nobody(school: School, table: Path) -> None:
    write(table)
    measured(school, ("30", "130"))
    assert above_zero("weight", scope=Scope(by="nobody")) == {}


def test_an_age_outside_the_table_is_not_computed(school: School, table: Path) -> None:
    write(table, [row for row in MADE_UP if row[2] == 117])
    measured(school, ("30", "130"))
    assert above_zero("weight") == {"not_computed": 1}


def test_the_table_is_read_in_millionths(db: None, table: Path) -> None:
    write(
        table,
        [("f", "bmi", 61, "-0.8886", "15.2441", "0.09692"), ("m", "height", 61, "1", "110.2647", "0.04164")],
    )
    assert reference(round=ROUND) == {
        ("f", Measure.BMI): {61: Lms(l=-888_600, m=15_244_100, s=96_920)},
        ("m", Measure.HEIGHT): {61: Lms(l=1_000_000, m=110_264_700, s=41_640)},
    }


@pytest.mark.parametrize(
    "bad",
    [
        ("x", "bmi", 61, "0", "15", "0.1"),
        ("f", "waist", 61, "0", "15", "0.1"),
        ("f", "bmi", -1, "0", "15", "0.1"),
        ("f", "bmi", "61.5", "0", "15", "0.1"),
        ("f", "bmi", 61, "-10", "15", "0.1"),
        ("f", "bmi", 61, "0", "-15", "0.1"),
        ("f", "bmi", 61, "0", "0", "0.1"),
        ("f", "bmi", 61, "0", "15", "0.0"),
        ("f", "bmi", 61, "0", "15", "0.0000001"),
        ("f", "bmi", 61, "0", "15", ""),
        ("f", "bmi", 61, "0", "15"),
        ("f", "bmi", 60, "0", "15", "0.1"),
    ],
)
def test_one_bad_row_refuses_the_whole_table(db: None, table: Path, bad: tuple[object, ...]) -> None:
    write(table, [("f", "bmi", 60, "0", "15", "0.1"), bad])
    with pytest.raises(Refusal) as refused:
        reference(round=ROUND)
    assert (refused.value.name, refused.value.details) == ("growth_reference_unusable", {"bad": 1})


def test_a_file_that_is_no_table_is_refused(db: None, table: Path) -> None:
    table.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(Refusal):
        reference(round=ROUND)


def test_the_table_is_looked_for_in_the_home_and_none_is_shipped(home: Path) -> None:
    assert growth_reference.path() == home / "growth_reference.csv"
    assert list(Path(growth_reference.__file__).parents[1].rglob("*.csv")) == []
