"""Any round of forms over two provinces comes out as a few lines of plain Python say."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.screening.types import Household
from tests.screening.cases import BARE
from tests.screening.hall import POLICY, Hall, quota, reasons

SCHOOLS = ("81010001", "92010001")
# Few answers and few incomes, so that whole rounds tie.
WEIGHT = {"own": 0, "rent": 100_000, "free": 80_000}
homes = st.builds(
    lambda tenure, members, each: replace(BARE, tenure=tenure, members=members, income_satang=each),
    st.sampled_from(sorted(WEIGHT)),
    st.integers(1, 4),
    st.sampled_from([0, 200_000, 300_000, 400_000, 600_000, 600_001, 1_200_000, 1_200_001]),
)
forms = st.tuples(st.none() | homes, st.booleans() | st.just(False), st.sampled_from(SCHOOLS))


def naive(people: dict[UUID, tuple[Household | None, bool, str]], percent: int) -> dict[UUID, str | None]:
    """Who drops why: the whole of ROUND §4, sorted in one go."""
    ended: dict[UUID, str | None] = {}
    screened = 0
    candidates = []
    for person, (home, refused, number) in people.items():
        if home is None:
            ended[person] = "no_form"
        elif refused:
            ended[person] = "official_refused"
        else:
            screened += 1
            each = Fraction(home.income_satang, home.members)
            if each > 300_000:
                ended[person] = "over_income"
            else:
                lot = sha256(f"2563-2|takhai-2563-2|{number}".encode()).hexdigest()
                candidates.append((-WEIGHT[home.tenure], each, -home.members, lot, person))
    for at, (*_, person) in enumerate(sorted(candidates)):
        ended[person] = None if at < screened * percent // 100 else "not_extremely_poor"
    return ended


def test_a_round_of_two_provinces_comes_out_as_the_naive_one_does(hall: Hall) -> None:
    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(st.lists(forms, max_size=14), st.sampled_from([0, 10, 20, 34, 50, 100]))
    def same(drawn: list[tuple[Household | None, bool, str]], percent: int) -> None:
        with transaction.atomic():
            town = Hall(root=hall.root)
            people = {
                town.pupil(home, refused=refused, school=school): (home, refused)
                for home, refused, school in drawn
            }
            policy = quota(percent)
            assert policy.pmt is POLICY.pmt
            cutoff = town.fix(policy)
            flows = [town.assess(school[:2], policy=policy) for school in SCHOOLS]
            expected = naive(
                {person: (*told, town.forms.get(person, "")) for person, told in people.items()}, percent
            )
            assert reasons("assessment") == expected
            assert sum(flow.out for flow in flows) == list(expected.values()).count(None)
            assert sum(flow.in_ for flow in flows) == len(people)
            assert sum(flow.out for flow in flows) == min(cutoff.places, cutoff.candidates)
            transaction.set_rollback(True)

    same()
