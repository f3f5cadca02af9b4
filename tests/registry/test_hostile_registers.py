"""Whatever stands in a register file: the law holds, good rows go on, and what is refused leaves nothing."""

import csv
from datetime import date
from itertools import count as numbering
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.flow import Flow
from takhai.platform.intake.layout import load
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.world import World, count, pupil, undone

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
FIELDS = load("dmc").fields
salt = numbering(1)
ugly = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "-",
            "=cmd|'/c calc'!A1",
            "+66811111111",
            "@SUM(1)",
            "\u200bมานะ",
            "มา\u0000นะ",
            "<script>alert(1)</script>",
            "'; DROP TABLE person; --",
            "%(round)s %s {0}",
            "ก" * 499,
            "ก" * 501,
            "𐀀",
            "\ufffd",
            "0",
            "99/99/9999",
            "๑/๑/๒๕๕๕",
            "2555-01-01",
            "1e309",
            "NaN",
            "Infinity",
            "-1",
            "NULL",
            "\\N",
        ]
    ),
)
spoiled = st.dictionaries(st.sampled_from(FIELDS), ugly, max_size=4)


def sheet(world: World, rows: list[dict[str, str]]) -> Path:
    path = world.root / f"{next(salt)}.csv"
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        writer.writerow([column.header[0] for column in load("dmc").columns])
        writer.writerows([row.get(name, "-") for name in FIELDS] for row in rows)
    return path


def take(world: World, rows: list[dict[str, str]]) -> Flow:
    return intake.commit(path=sheet(world, rows), round=ROUND, received_on=date(2020, 12, 9))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(spoiled, min_size=1, max_size=6))
def test_spoiled_cells_drop_their_row_or_none_and_the_law_holds(
    world: World, changes: list[dict[str, str]]
) -> None:
    good = [pupil(n) for n in range(50, 53)]
    with undone():
        flow = take(world, [*(pupil(n) | change for n, change in enumerate(changes, start=1)), *good])
        assert flow.broken() == ()
        assert flow.out >= len(good)
        assert flow.out == count("SELECT count(*) FROM register_entry WHERE standing = 'first'")
        assert set(flow.dropped) == {*intake.REFUSALS, "duplicate", "second_school"}
        assert fetch("SELECT count(*) FROM person WHERE first_name = '' OR birth_date IS NULL") == [(0,)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_bytes_that_are_no_register_are_refused_in_a_sentence_and_leave_nothing(
    world: World, content: bytes
) -> None:
    path = world.root / f"{next(salt)}.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9))
    assert refused.value.th
    assert refused.value.en
    assert count("SELECT count(*) FROM person") + count("SELECT count(*) FROM register_file") == 0


@pytest.mark.parametrize(
    "name", ["first_name", "last_name", "room", "pupil_no", "father_first_name", "guardian_relation"]
)
def test_a_value_as_long_as_intake_lets_through_finds_its_column_wide_enough(world: World, name: str) -> None:
    flow = take(world, [pupil(1, **{name: "ก" * 500})])
    assert flow.broken() == ()
    assert flow.out + sum(flow.dropped.values()) == 1


def test_statements_in_a_name_are_only_a_name(world: World) -> None:
    take(world, [pupil(1, last_name="'; DROP TABLE person; --")])
    assert fetch("SELECT last_name FROM person") == [("'; DROP TABLE person; --",)]


def test_signs_of_our_own_parameters_are_only_text(world: World) -> None:
    take(world, [pupil(1, last_name="%(round)s %s", pupil_no="%(by)s")])
    assert fetch("SELECT pupil_no FROM school_enrolment") == [("%(by)s",)]
