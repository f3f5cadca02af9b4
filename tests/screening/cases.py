"""Generated households and cut-offs for the tests of what is explained."""

from dataclasses import fields, replace
from typing import Any, Final

from hypothesis import strategies as st

from takhai.policy import for_round
from takhai.policy.pmt import QUESTIONS
from takhai.screening.rules.explanation import Case
from takhai.screening.rules.score import CHOICES, score
from takhai.screening.types import Cutoff, Household, Way
from takhai.thai.calendar import Term

WEIGHTS: Final = for_round(Term(2563, 2)).pmt.weights
CEILING: Final = 300_000
BARE: Final = Household(
    disabled=False,
    chronic=False,
    elderly=False,
    single_parent=False,
    unemployed=False,
    tenure="own",
    floor="marble_tile",
    wall="brick",
    roof="tile",
    toilet=True,
    farmland="over_5",
    water="bottled",
    electricity="own_meter",
    car=True,
    pickup=True,
    tractor=True,
    motorcycle=True,
    computer=True,
    air_conditioner=True,
    television=True,
    washing_machine=True,
    refrigerator=True,
    members=4,
    income_satang=500_000,
)


def cutoff(
    way: Way = Way.QUOTA,
    *,
    score: int = 0,
    income_satang: int = 0,
    members: int = 0,
    lottery: str = "",
    ceiling_satang: int = CEILING,
    screened: int = 10,
    candidates: int = 8,
    places: int = 2,
) -> Cutoff:
    return Cutoff(
        round="2563-2",
        group="new",
        way=way,
        score=score,
        income_satang=income_satang,
        members=members,
        lottery=lottery,
        screened=screened,
        candidates=candidates,
        places=places,
        ceiling_satang=ceiling_satang,
        lottery_seed="takhai-2563-2",
        pmt_version="illustrative-1",
        pmt_sha256="0" * 64,
        policy_sha256="0" * 64,
    )


def households() -> st.SearchStrategy[Household]:
    """Any household; incomes around the ceiling, round ones and odd ones."""
    plain = {field.name for field in fields(Household)} - {*CHOICES, "members", "income_satang"}
    members = st.integers(1, 9)
    return members.flatmap(
        lambda count: st.builds(
            Household,
            **{name: st.booleans() for name in plain},
            **{name: st.sampled_from(QUESTIONS[name]) for name in CHOICES},
            members=st.just(count),
            income_satang=st.one_of(
                st.integers(0, 2 * CEILING * count),
                st.sampled_from([0, 1, CEILING * count - 1, CEILING * count, CEILING * count + 1]),
                st.integers(0, 30).map(lambda thousands: thousands * 100_000),
            ),
        )
    )


def weights() -> st.SearchStrategy[Any]:
    """The round's weights, and models of few, equal and missing weights, in which scores tie."""
    few = st.dictionaries(
        st.sampled_from(sorted(f"{name}.{each}" for name, all_ in QUESTIONS.items() for each in all_)),
        st.integers(0, 3),
        max_size=30,
    )
    return st.one_of(st.just(dict(WEIGHTS)), few)


LOTTERIES: Final = ("1" * 64, "5" * 64, "9" * 64)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A household beside a cut-off that another, or one much like it, has drawn."""
    home, weighed = draw(households()), draw(weights())
    points = score(home, weighed)
    beside = draw(st.sampled_from(["near", "same", "other", "score", "nobody"]))
    if beside == "nobody":
        line = cutoff(Way.NOBODY)
    elif beside == "score":
        line = cutoff(Way.SCORE, score=draw(st.sampled_from([points, points + 1, points - 1, 430_000])))
    else:
        last = home if beside == "same" else draw(households())
        last = replace(last, income_satang=min(last.income_satang, CEILING * last.members))
        line = cutoff(
            score=score(last, weighed) if beside == "other" else points + draw(st.integers(-1, 1)),
            income_satang=last.income_satang,
            members=last.members,
            lottery=draw(st.sampled_from(LOTTERIES)),
        )
    return Case(
        household=home,
        refused=False,
        lottery=draw(st.sampled_from(LOTTERIES)),
        weights=weighed,
        cutoff=line,
    )
