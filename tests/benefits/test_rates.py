"""One rate table, two readers: for one pupil and for a set they must give the same."""

from datetime import date

import pytest

from takhai.benefits.rules.rates import shares
from takhai.benefits.services.entitlement import RATES, rate_table
from takhai.platform.relations import constant
from takhai.platform.sets import apply, fetch
from takhai.policy import AFFILIATIONS, RoundPolicy, for_round
from takhai.policy.library import library
from takhai.policy.rounds import read_round
from takhai.thai.calendar import Term
from takhai.thai.grades import Level

ROUNDS = [
    Term(2563, 1),
    Term(2563, 2),
    Term(2564, 1),
    Term(2566, 2),
    Term(2567, 1),
    Term(2568, 2),
    Term(2569, 1),
]
KINDS = [(level.value, agency) for level in Level for agency in AFFILIATIONS]


def by_set(policy: RoundPolicy) -> dict[tuple[str, str], set[tuple[str, int]]]:
    kinds = constant(name="kinds", columns={"level": "text", "agency": "text"}, rows=KINDS)
    found: dict[tuple[str, str], set[tuple[str, int]]] = {kind: set() for kind in KINDS}
    for level, agency, component, satang in fetch(
        "SELECT * FROM rates", apply(RATES, kinds, rate_table(policy=policy))
    ):
        found[str(level), str(agency)].add((str(component), int(str(satang))))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("term", ROUNDS, ids=str)
def test_both_readers_give_the_same_for_every_level_and_agency(term: Term) -> None:
    policy = for_round(term)
    by_row = {kind: set(shares(policy=policy, level=kind[0], agency=kind[1])) for kind in KINDS}
    assert by_set(policy) == by_row


@pytest.mark.django_db
def test_an_agencys_own_rates_win_whole_over_those_for_any() -> None:
    rates = constant(
        name="rates",
        columns={"level": "text", "agency": "text", "component": "text", "satang": "bigint"},
        rows=[("primary", None, "basic", 1), ("primary", None, "living", 2), ("primary", "bpp", "living", 3)],
    )
    kinds = constant(
        name="kinds",
        columns={"level": "text", "agency": "text"},
        rows=[("primary", "bpp"), ("primary", "dla")],
    )
    found = fetch("SELECT agency, component, satang FROM rates ORDER BY 1, 2", apply(RATES, kinds, rates))
    assert found == [("bpp", "living", 3), ("dla", "basic", 1), ("dla", "living", 2)]


@pytest.mark.parametrize(
    ("level", "agency", "said"),
    [
        ("kindergarten", "obec", (("basic", 50_000), ("living", 100_000))),
        ("primary", "dla", (("living", 100_000),)),
        ("lower_secondary", "onab", (("living", 100_000),)),
        ("upper_secondary", "bpp", ()),
        ("upper_secondary", "obec", ()),
        ("vocational", "opec", ()),
    ],
)
def test_the_rates_of_2563_2(level: str, agency: str, said: tuple[tuple[str, int], ...]) -> None:
    assert tuple(sorted(shares(policy=for_round(Term(2563, 2)), level=level, agency=agency))) == said


@pytest.mark.parametrize(
    ("term", "level", "agency", "satang"),
    [
        (Term(2564, 1), "kindergarten", "obec", 200_000),
        (Term(2564, 1), "primary", "obec", 150_000),
        (Term(2564, 1), "upper_secondary", "bpp", 150_000),
        (Term(2567, 1), "primary", "obec", 174_000),
        (Term(2568, 2), "lower_secondary", "obec", 192_000),
        (Term(2569, 1), "primary", "dla", 210_000),
    ],
)
def test_other_rounds_pay_half_of_the_year_as_living(
    term: Term, level: str, agency: str, satang: int
) -> None:
    assert shares(policy=for_round(term), level=level, agency=agency) == (("living", satang),)


def test_rates_are_read_as_of_the_first_day_of_the_semester() -> None:
    assert for_round(Term(2563, 2)).snapshot.day == date(2020, 11, 1)
    assert read_round(Term(2563, 2), library()).rates == for_round(Term(2563, 2)).rates
