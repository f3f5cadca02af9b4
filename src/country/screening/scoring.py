"""The second opinion: who is screened, who is poor, where the band ends, read from the policy's own data.

A few lines of our own over the rows as they are sent, so that a mistake of the app and ours cannot cancel.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from takhai.policy.rounds import RoundPolicy

Answers = Mapping[str, str]
NAMED = ("tenure", "floor", "wall", "roof", "farmland", "water", "electricity")
VEHICLES = ("car", "pickup", "tractor", "motorcycle")
GOODS = ("computer", "air_conditioner", "television", "washing_machine", "refrigerator")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a good form comes to: income a month in satang, score in millionths."""

    form_no: str
    refused: bool
    members: int
    income: int
    score: int
    lottery: str

    @property
    def per_head(self) -> int:
        """Satang per head, rounded down; nothing is decided by it."""
        return self.income // self.members

    @property
    def place(self) -> tuple[int, Fraction, int, str]:
        """Where it stands: high score, low income per head, many members, the lottery."""
        return -self.score, Fraction(self.income, self.members), -self.members, self.lottery


def satang(text: str) -> int:
    """Satang of baht as members write them, a loss with its minus."""
    whole, _, rest = text.removeprefix("-").partition(".")
    amount = int(whole) * 100 + int(rest.ljust(2, "0"))
    return -amount if text.startswith("-") else amount


def income(members: Iterable[Answers]) -> int:
    """The household's: a loss of a field or a shop is nothing, it takes nothing from the others."""
    total = 0
    for member in members:
        total += satang(member["wages"]) + satang(member["welfare"]) + satang(member["other"])
        total += max(0, satang(member["agriculture"])) + max(0, satang(member["business"]))
    return total


def answers(form: Answers, members: Sequence[Answers]) -> set[str]:
    """The keys of the model that are true of the household."""
    found = {f"{name}.{form[name]}" for name in NAMED}
    found |= {f"vehicles.no_{name}" for name in VEHICLES if form[name] == "no"}
    found |= {f"goods.no_{name}" for name in GOODS if form[name] == "no"}
    ages = [(int(member["age"]), member) for member in members]
    flags = {
        "toilet.none": form["toilet"] == "no",
        "dependency.single_parent": form["single_parent"] == "yes",
        "dependency.disabled": any(member["disabled"] == "yes" for member in members),
        "dependency.chronic": any(member["chronic"] == "yes" for member in members),
        "dependency.elderly": any(age >= 60 for age, _ in ages),
        "dependency.unemployed": any(
            15 <= age <= 65 and member["works"] == "no" and member["studies"] == "no" for age, member in ages
        ),
    }
    return found | {name for name, holds in flags.items() if holds}


def judge(term: str, policy: RoundPolicy, form: Answers, members: Sequence[Answers]) -> Judged:
    """One good form."""
    drawn = f"{term}|{policy.lottery_seed}|{form['form_no']}"
    return Judged(
        form_no=form["form_no"],
        refused=form["official_verdict"] == "refused",
        members=len(members),
        income=income(members),
        score=sum(policy.pmt.weights.get(answer, 0) for answer in answers(form, members)),
        lottery=hashlib.sha256(drawn.encode()).hexdigest(),
    )


def ends(forms: Sequence[Judged], policy: RoundPolicy) -> dict[str, str]:
    """Why a form's pupil ends at assess, by form number; "" for the extremely poor."""
    found = {form.form_no: "official_refused" for form in forms if form.refused}
    screened = [form for form in forms if not form.refused]
    ceiling = policy.income_ceiling_satang
    poor = [form for form in screened if form.income <= ceiling * form.members]
    chosen = band(poor, len(screened), policy)
    for form in screened:
        within = "" if form.form_no in chosen else "not_extremely_poor"
        found[form.form_no] = "over_income" if form.income > ceiling * form.members else within
    return found


def band(poor: Sequence[Judged], screened: int, policy: RoundPolicy) -> set[str]:
    """Form numbers of the extremely poor among the poor."""
    if policy.band.score is not None:
        return {form.form_no for form in poor if form.score >= policy.band.score}
    places = screened * (policy.band.quota_percent or 0) // 100
    return {form.form_no for form in sorted(poor, key=lambda form: form.place)[:places]}
