"""The second opinion about a form, against cases written by hand."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from country.screening.scoring import Judged, answers, band, ends, income, judge, satang
from takhai.policy import for_round
from takhai.policy.types import Band
from takhai.thai.calendar import Term
from tests.country.screening.samples import form, member, people

POLICY = for_round(Term(2563, 2))


def points(changed: dict[str, str], members: list[dict[str, str]] | None = None) -> int:
    """Millionths of a household."""
    return judge("2563-2", POLICY, form(**changed), members or [member()]).score


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0.00", 0), ("3500.00", 350_000), ("12.5", 1_250), ("7", 700), ("-350.25", -35_025), ("0.07", 7)],
)
def test_baht_are_read_to_the_satang(text: str, amount: int) -> None:
    assert satang(text) == amount


def test_a_household_that_lacks_nothing_scores_nothing() -> None:
    assert points({}) == 0


@pytest.mark.parametrize(
    ("column", "answer", "weight"),
    [
        ("tenure", "rent", 100_000),
        ("tenure", "free", 80_000),
        ("floor", "earth", 70_000),
        ("wall", "metal_sheet", 45_000),
        ("roof", "thatch", 60_000),
        ("toilet", "no", 50_000),
        ("farmland", "none", 100_000),
        ("water", "well", 60_000),
        ("electricity", "none", 100_000),
        ("car", "no", 40_000),
        ("tractor", "no", 10_000),
        ("refrigerator", "no", 30_000),
        ("computer", "no", 20_000),
        ("single_parent", "yes", 35_000),
    ],
)
def test_an_answer_adds_its_weight(column: str, answer: str, weight: int) -> None:
    assert points({column: answer}) == weight


@pytest.mark.parametrize(
    ("who", "weight"),
    [
        ({"disabled": "yes"}, 40_000),
        ({"chronic": "yes"}, 20_000),
        ({"age": 60}, 25_000),
        ({"age": 59}, 0),
        ({"works": "no"}, 30_000),
        ({"works": "no", "studies": "yes"}, 0),
        ({"works": "no", "age": 14}, 0),
        ({"works": "no", "age": 15}, 30_000),
        ({"works": "no", "age": 65}, 30_000 + 25_000),
        ({"works": "no", "age": 66}, 25_000),
    ],
)
def test_a_member_burdens_the_household(who: dict[str, str], weight: int) -> None:
    assert points({}, [member(), member(**who)]) == weight
    assert points({}, [member(**who), member(**who)]) == weight, "a flag counts once"


def test_the_poorest_household_of_the_model_scores_one() -> None:
    changed = {
        "tenure": "rent", "floor": "salvaged", "wall": "salvaged", "roof": "salvaged", "toilet": "no",
        "farmland": "none", "water": "natural", "electricity": "none", "single_parent": "yes",
    } | dict.fromkeys(
        ("car", "pickup", "tractor", "motorcycle", "computer", "air_conditioner", "television",
         "washing_machine", "refrigerator"),
        "no",
    )  # fmt: skip
    members = [member(disabled="yes", chronic="yes"), member(age=70), member(works="no")]
    assert points(changed, members) == 1_000_000


def test_an_answer_without_a_weight_adds_nothing() -> None:
    assert "floor.marble_tile" in answers(form(), [member()])
    assert "floor.marble_tile" not in POLICY.pmt.weights


def test_a_loss_takes_nothing_from_other_incomes() -> None:
    rows = [
        member(wages="1000.00", agriculture="-500.00"),
        member(business="-20.00", welfare="600.00", other="0.50"),
    ]
    assert income(rows) == 100_000 + 60_000 + 50


def judged(number: int, total: str, members: int = 5, **answers_: str) -> Judged:
    """A judged form."""
    return judge("2563-2", POLICY, form(number, **answers_), people(members, total))


def test_exactly_the_ceiling_is_not_over_it() -> None:
    at, over = judged(1, "15000.00"), judged(2, "15000.01")
    found = ends([at, over], POLICY)
    assert found[over.form_no] == "over_income"
    assert found[at.form_no] == "not_extremely_poor", "a fifth of two is no place"


def test_per_head_is_rounded_down_and_decides_nothing() -> None:
    form_over = judged(1, "15000.04")
    assert form_over.per_head == 300_000
    assert ends([form_over], POLICY)[form_over.form_no] == "over_income"


def test_a_fifth_of_the_screened_is_taken_and_the_rest_cut_off() -> None:
    forms = [judged(n, "5000.00", tenure="rent" if n == 3 else "own") for n in range(1, 10)]
    found = ends(forms, POLICY)
    assert [form.form_no for form in forms if not found[form.form_no]] == [forms[2].form_no]
    assert set(found.values()) == {"", "not_extremely_poor"}


def test_whoever_the_official_refused_is_not_screened_and_makes_no_place() -> None:
    forms = [judged(n, "5000.00") for n in range(1, 5)]
    refused = judged(9, "5000.00", official_verdict="refused", tenure="rent")
    assert set(ends([*forms, refused], POLICY).values()) == {"official_refused", "not_extremely_poor"}
    accepted = judged(9, "5000.00", tenure="rent")
    assert ends([*forms, accepted], POLICY)[accepted.form_no] == ""


def test_whoever_is_over_the_ceiling_makes_a_place_but_takes_none() -> None:
    rich = [judged(n, "90000.00", tenure="rent") for n in range(1, 5)]
    poor = judged(9, "5000.00")
    found = ends([*rich, poor], POLICY)
    assert found[poor.form_no] == ""
    assert {found[form.form_no] for form in rich} == {"over_income"}


def test_fewer_poor_than_places_are_all_taken() -> None:
    rich = [judged(n, "90000.00") for n in range(1, 20)]
    poor = [judged(n, "5000.00") for n in range(30, 32)]
    assert {ends([*rich, *poor], POLICY)[form.form_no] for form in poor} == {""}


def test_equal_scores_go_by_income_per_head_then_size_then_the_lottery() -> None:
    poorer, richer = judged(1, "5000.00"), judged(2, "5000.01")
    larger, smaller = judged(3, "6000.00", members=6), judged(4, "5000.00")
    assert sorted([richer, poorer], key=lambda form: form.place) == [poorer, richer]
    assert sorted([smaller, larger], key=lambda form: form.place) == [larger, smaller]
    one, other = judged(5, "5000.00"), judged(6, "5000.00")
    drawn = {
        form.form_no: hashlib.sha256(f"2563-2|takhai-2563-2|{form.form_no}".encode()).hexdigest()
        for form in (one, other)
    }
    first = min(drawn, key=lambda number: drawn[number])
    assert min([one, other], key=lambda form: form.place).form_no == first


def test_income_per_head_is_compared_exactly() -> None:
    third, less = judged(1, "100.00", members=3), judged(2, "33.33", members=1)
    assert sorted([third, less], key=lambda form: form.place) == [less, third]


def test_a_round_with_a_score_takes_everybody_who_has_it() -> None:
    policy = replace(POLICY, band=Band(quota_percent=None, score=100_000))
    forms = [
        judged(1, "5000.00", tenure="rent"),
        judged(2, "5000.00", tenure="free"),
        judged(3, "5000.00", farmland="none"),
    ]
    assert band(forms, 3, policy) == {forms[0].form_no, forms[2].form_no}


@settings(max_examples=40, deadline=None)
@given(
    scores=st.lists(st.sampled_from(["own", "free", "rent", "dormitory"]), min_size=1, max_size=40),
    totals=st.lists(st.integers(0, 2_000_000), min_size=40, max_size=40),
)
def test_whoever_is_taken_is_never_behind_one_who_is_not(scores: list[str], totals: list[int]) -> None:
    forms = [
        judged(n, f"{totals[n] // 100}.{totals[n] % 100:02d}", members=1 + n % 6, tenure=tenure)
        for n, tenure in enumerate(scores)
    ]
    found = ends(forms, POLICY)
    taken = [form.place for form in forms if not found[form.form_no]]
    left = [form.place for form in forms if found[form.form_no] == "not_extremely_poor"]
    assert len(taken) <= len(forms) * 20 // 100
    assert not taken or not left or max(taken) < min(left)
    assert not left or len(taken) == len(forms) * 20 // 100
