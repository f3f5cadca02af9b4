"""The household's income is the same whether Python or the database adds it, for whatever members there are."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform import secrets
from takhai.platform.sets import fetch
from takhai.screening.rules.dependency import elderly, unemployed
from takhai.screening.rules.income import member_income
from takhai.thai.money import baht
from tests.screening.forms.office import PUPIL, Office, Row, member

COLUMNS = ("wages", "agriculture", "business", "welfare", "other")
MOST = 50_000_000
positive = st.one_of(st.sampled_from([0, 1, 99, 100, MOST]), st.integers(0, MOST))
net = st.one_of(positive, positive.map(lambda satang: -satang))
flag = st.booleans()
people = st.lists(
    st.fixed_dictionaries(
        {
            "wages": positive,
            "agriculture": net,
            "business": net,
            "welfare": positive,
            "other": positive,
            "age": st.one_of(st.sampled_from([0, 14, 15, 59, 60, 65, 66, 120]), st.integers(0, 120)),
            "disabled": flag,
            "chronic": flag,
            "studies": flag,
            "works": flag,
        }
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def told(form: Row, household: list[dict[str, int]]) -> list[Row]:
    rows = []
    for no, one in enumerate(household, start=1):
        cells = {name: baht(one[name]).replace(",", "") for name in COLUMNS}
        cells |= {name: "yes" if one[name] else "no" for name in ("disabled", "chronic", "studies", "works")}
        relation = "pupil" if no == 1 else "other"
        rows.append(member(form, no, {**PUPIL, **cells, "age": str(one["age"])}, relation=relation))
    return rows


@pytest.mark.django_db
def test_any_household_comes_to_what_its_members_come_to(folder: Path) -> None:
    secrets.establish(allow_create=True, by="test")
    office = Office(root=folder)
    pupil = office.pupil()

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(people)
    def same(household: list[dict[str, int]]) -> None:
        form = office.form(pupil, no=1)
        before = transaction.savepoint()
        try:
            assert office.take([form], told(form, household)).done == 1
            (kept,) = office.stored()
            home = kept.household
            assert home.members == len(household)
            assert home.income_satang == sum(
                member_income(**{name: one[name] for name in COLUMNS}) for one in household
            )
            assert home.disabled == any(one["disabled"] for one in household)
            assert home.chronic == any(one["chronic"] for one in household)
            assert home.elderly == any(elderly(age=one["age"]) for one in household)
            assert home.unemployed == any(
                unemployed(age=one["age"], studies=bool(one["studies"]), works=bool(one["works"]))
                for one in household
            )
            raw = fetch(f"SELECT {', '.join(COLUMNS)} FROM form_member ORDER BY member_no")
            assert raw == [tuple(one[name] for name in COLUMNS) for one in household]
        finally:
            transaction.savepoint_rollback(before)

    same()
