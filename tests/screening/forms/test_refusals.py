"""Each way in which a form can be bad: one reason, the rest of the file goes on, nothing is silently dropped."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from takhai.platform.problems import find
from takhai.platform.sets import fetch
from takhai.screening.queries import forms as queries
from takhai.screening.types import FORM_REFUSALS
from tests.payments.till import citizen
from tests.screening.forms.office import (
    FORM,
    MEMBER,
    OFFICIAL,
    OTHER,
    PUPIL,
    ROUND,
    SCHOOL,
    SCOPE,
    Office,
    Row,
    family,
    member,
)

NOBODY = citizen(777_777)


@dataclass
class Sent:
    """A form and its members on the way; a case spoils them."""

    form: Row
    people: list[Row]

    def answer(self, **changes: str) -> None:
        self.form.update(changes)

    def head(self, at: int = 1, **changes: str) -> None:
        self.people[at].update(changes)

    def renumber(self, number: str) -> None:
        for row in (self.form, *self.people):
            row["form_no"] = number


def wrong_check(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


CASES: dict[str, tuple[str, Callable[[Sent], object]]] = {
    "a lost character in a name": ("text_unclean", lambda s: s.answer(teacher="ครู\ufffdใจ")),
    "a control character in an answer": ("text_unclean", lambda s: s.answer(floor="ear\x00th")),
    "a name with markup": ("text_unclean", lambda s: s.answer(official_name="<b>ใจ</b>")),
    "a reason longer than any": (
        "text_unclean",
        lambda s: s.answer(official_verdict="refused", official_reason="ก" * 501),
    ),
    "no form number": ("form_number_malformed", lambda s: s.renumber("")),
    "a form number with slashes": ("form_number_malformed", lambda s: s.renumber("25632/81010001/0001")),
    "a form number cut short": ("form_number_malformed", lambda s: s.renumber("25632-81010001-001")),
    "a form number of another round": ("form_number_malformed", lambda s: s.renumber("25641-81010001-0001")),
    "a number that no pupil has": ("form_without_pupil", lambda s: s.answer(identifier=NOBODY)),
    "a number that is none": ("form_without_pupil", lambda s: s.answer(identifier="12345")),
    "no number": ("form_without_pupil", lambda s: s.answer(identifier="")),
    "a school that is not there": ("form_school_unknown", lambda s: s.answer(school_code="81019999")),
    "a school code of letters": ("form_school_unknown", lambda s: s.answer(school_code="โรงเรียน")),
    "a day that no calendar has": ("form_day_impossible", lambda s: s.answer(filled_on="2021-02-30")),
    "a Buddhist year": ("form_day_impossible", lambda s: s.answer(filled_on="2564-01-05")),
    "a day the wrong way round": ("form_day_impossible", lambda s: s.answer(filled_on="05/01/2021")),
    "no day": ("form_day_impossible", lambda s: s.answer(filled_on="")),
    "a day after the step's own": ("form_day_impossible", lambda s: s.answer(filled_on="2021-01-16")),
    "a day of years ago": ("form_day_impossible", lambda s: s.answer(filled_on="2019-12-01")),
    "a floor of gold": ("answer_unknown", lambda s: s.answer(floor="gold")),
    "no water": ("answer_unknown", lambda s: s.answer(water="")),
    "a flag neither yes nor no": ("answer_unknown", lambda s: s.answer(car="maybe")),
    "a rent that is no money": ("answer_unknown", lambda s: s.answer(rent_baht="มาก")),
    "a rent below nothing": ("answer_unknown", lambda s: s.answer(rent_baht="-100")),
    "a household that is none": ("answer_unknown", lambda s: s.answer(household_ref="H 81/1")),
    "an extension that is no object": ("answer_unknown", lambda s: s.answer(extension="[1, 2]")),
    "an extension that is no JSON": ("answer_unknown", lambda s: s.answer(extension='{"a": ')),
    "no verdict": ("official_missing", lambda s: s.answer(official_verdict="")),
    "a verdict that is none": ("official_missing", lambda s: s.answer(official_verdict="maybe")),
    "no name of the official": ("official_missing", lambda s: s.answer(official_name="-")),
    "no number of the official": ("official_missing", lambda s: s.answer(official_number="")),
    "no position": ("official_missing", lambda s: s.answer(official_position="")),
    "a teacher as official": ("official_not_entitled", lambda s: s.answer(official_position="ครู")),
    "an official's number with a wrong check digit": (
        "official_not_entitled",
        lambda s: s.answer(official_number=wrong_check(OFFICIAL)),
    ),
    "a G-code as official's number": (
        "official_not_entitled",
        lambda s: s.answer(official_number="G642112345678"),
    ),
    "refused without a reason": ("refusal_without_reason", lambda s: s.answer(official_verdict="refused")),
    "refused for a dash": (
        "refusal_without_reason",
        lambda s: s.answer(official_verdict="refused", official_reason="-"),
    ),
    "nobody at home": ("form_without_members", lambda s: s.people.clear()),
    "an age in words": ("member_unreadable", lambda s: s.head(age="สี่สิบ")),
    "no age": ("member_unreadable", lambda s: s.head(age="")),
    "wages of three dots": ("member_unreadable", lambda s: s.head(wages="1.234.5")),
    "wages that are not told": ("member_unreadable", lambda s: s.head(wages="")),
    "a member of unknown kin": ("member_unreadable", lambda s: s.head(relation="neighbour")),
    "a flag of a member that is none": ("member_unreadable", lambda s: s.head(works="sometimes")),
    "a member without a number": ("member_unreadable", lambda s: s.head(member_no="")),
    "a sixty-first member": ("member_unreadable", lambda s: s.head(member_no="61")),
    "two members of one number": ("member_unreadable", lambda s: s.head(member_no="1")),
    "a member with a lost character": ("member_unreadable", lambda s: s.head(relation="mot\ufffdher")),
    "a member 190 years old": ("member_age_impossible", lambda s: s.head(age="190")),
    "a member one year older than anybody": ("member_age_impossible", lambda s: s.head(age="121")),
    "a member not yet born": ("member_age_impossible", lambda s: s.head(age="-3")),
    "wages below nothing": ("income_negative", lambda s: s.head(wages="-500.00")),
    "welfare below nothing": ("income_negative", lambda s: s.head(welfare="-0.01")),
    "other income below nothing": ("income_negative", lambda s: s.head(other="-1")),
    "a satang more than anybody earns": ("income_absurd", lambda s: s.head(wages="500000.01")),
    "a loss beyond anything": ("income_absurd", lambda s: s.head(business="-9000000.00")),
    "an income as large as a number can be": (
        "income_absurd",
        lambda s: s.head(agriculture="92233720368547758.07"),
    ),
    "a household without the pupil": ("pupil_not_listed", lambda s: s.head(at=0, relation="sibling")),
    "the form of another school": ("form_not_expected", lambda s: s.answer(school_code=OTHER)),
}
FINE: dict[str, Callable[[Sent], object]] = {
    "as old as anybody": lambda s: s.head(age="120"),
    "newly born": lambda s: s.head(age="0"),
    "as much as anybody earns": lambda s: s.head(wages="500000.00"),
    "as great a loss": lambda s: s.head(agriculture="-500000.00"),
    "a lost zero of the school": lambda s: s.answer(school_code=SCHOOL),
    "Thai digits": lambda s: s.head(wages="๓,๐๐๐.๕๐"),
    "a sixtieth member": lambda s: s.head(member_no="60"),
    "the last day of the step": lambda s: s.answer(filled_on="2021-01-15"),
    "no rent": lambda s: s.answer(rent_baht="", tenure="own"),
    "no extension": lambda s: s.answer(extension=""),
    "any of the positions": lambda s: s.answer(official_position="กำนัน"),
    "a position typed with a blank more": lambda s: s.answer(official_position=" กำนัน "),
}


def sent(office: Office) -> tuple[Sent, Sent]:
    """Two good forms: the second always stays good."""
    pair = []
    for ref in ("H81-000001", "H81-000002"):
        form = office.form(office.pupil(), household_ref=ref)
        pair.append(Sent(form, family(form)))
    office.school(OTHER)
    return pair[0], pair[1]


@pytest.mark.parametrize("name", CASES)
def test_a_bad_form_is_refused_for_its_reason_and_the_rest_goes_on(office: Office, name: str) -> None:
    reason, spoil = CASES[name]
    bad, good = sent(office)
    spoil(bad)
    outcome = office.take([bad.form, good.form], [*bad.people, *good.people])
    assert outcome.done == 1
    assert {name: n for name, n in outcome.refused.items() if name in FORM_REFUSALS} == {reason: 1}
    assert office.reasons() == {reason: 1}
    assert [form.form_no for form in office.stored()] == [good.form["form_no"]]
    assert fetch("SELECT DISTINCT form_no FROM form_member") == [(good.form["form_no"],)]


@pytest.mark.parametrize("name", FINE)
def test_a_form_at_the_edge_is_taken(office: Office, name: str) -> None:
    edge, good = sent(office)
    FINE[name](edge)
    assert office.take([edge.form, good.form], [*edge.people, *good.people]).done == 2
    assert office.reasons() == {}


def test_a_row_of_too_few_cells_is_malformed(office: Office) -> None:
    bad, good = sent(office)
    path, members = office.files([bad.form, good.form], [*bad.people, *good.people])
    lines = path.read_text("utf-8").splitlines()
    lines[1] = ",".join(lines[1].split(",")[:5])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    outcome = office.take_files(path, members)
    assert (outcome.done, dict(outcome.refused)) == (1, {"row_malformed": 1, "member_without_form": 2})


def test_a_member_row_of_too_few_cells_belongs_to_nobody(office: Office) -> None:
    bad, good = sent(office)
    path, members = office.files([bad.form, good.form], [*bad.people, *good.people])
    lines = members.read_text("utf-8").splitlines()
    lines[2] = lines[2].rsplit(",", 2)[0]
    members.write_text("\n".join(lines) + "\n", "utf-8")
    outcome = office.take_files(path, members)
    assert (outcome.done, dict(outcome.refused)) == (2, {"member_without_form": 1})


def test_a_pupil_who_is_not_screened_needs_no_form(office: Office) -> None:
    form = office.form(office.pupil(screened=False))
    assert dict(office.take([form], family(form)).refused) == {"form_not_expected": 1}


def test_a_refused_row_is_kept_with_its_file_row_and_number(office: Office) -> None:
    bad, good = sent(office)
    bad.answer(floor="gold")
    office.take([good.form, bad.form], [*bad.people, *good.people])
    (row,) = queries.refused_forms(round=ROUND, scope=SCOPE)
    assert (row.row, row.form_no, row.reason) == (3, bad.form["form_no"], "answer_unknown")
    assert len(row.file_sha) == 64


def test_members_of_no_form_are_counted(office: Office) -> None:
    _, good = sent(office)
    stray = member({"form_no": "25632-81010001-9999"}, 1, PUPIL)
    outcome = office.take([good.form], [stray, *good.people])
    assert (outcome.done, dict(outcome.refused)) == (1, {"member_without_form": 1})
    assert fetch("SELECT member_rows, stray_members FROM form_file") == [(3, 1)]


def test_every_row_is_taken_or_refused(office: Office) -> None:
    rows, people = [], []
    for _, spoil in CASES.values():
        bad, _ = sent(office)
        spoil(bad)
        rows.append(bad.form)
        people += bad.people
    office.take(rows, people)
    counts = queries.forms_counts(round=ROUND)
    assert counts["rows"] == len(CASES)
    assert counts["taken"] + sum(counts["refused"].values()) == counts["rows"]


ORDER = [
    lambda s: s.answer(teacher="ครู\ufffd"),
    lambda s: s.answer(identifier=NOBODY),
    lambda s: s.answer(school_code="81019999"),
    lambda s: s.answer(filled_on="2021-02-30"),
    lambda s: s.answer(floor="gold"),
    lambda s: s.answer(official_name=""),
    lambda s: s.answer(official_position="ครู"),
    lambda s: s.answer(official_verdict="refused", official_reason=""),
    lambda s: s.head(works="?"),
    lambda s: s.people.append(member(s.form, 3, age="130")),
    lambda s: s.people.append(member(s.form, 4, wages="-1")),
    lambda s: s.people.append(member(s.form, 5, other="600000")),
    lambda s: s.head(at=0, relation="other"),
]
FIRST = [
    "text_unclean",
    "form_without_pupil",
    "form_school_unknown",
    "form_day_impossible",
    "answer_unknown",
    "official_missing",
    "official_not_entitled",
    "refusal_without_reason",
    "member_unreadable",
    "member_age_impossible",
    "income_negative",
    "income_absurd",
    "pupil_not_listed",
]


def test_of_many_faults_the_first_in_the_declared_order_counts(office: Office) -> None:
    rows, people = [], []
    for begin in range(len(ORDER)):
        bad, _ = sent(office)
        for spoil in ORDER[begin:]:
            spoil(bad)
        rows.append(bad.form)
        people += bad.people
    office.take(rows, people)
    found = [row.reason for row in queries.refused_forms(round=ROUND, scope=SCOPE)]
    assert found == FIRST


@pytest.mark.parametrize("reason", [*FORM_REFUSALS, "member_without_form"])
def test_each_reason_has_a_sentence_and_how_to_mend_it(reason: str) -> None:
    problem = find(reason)
    assert problem.details() <= {"row", "column", "value", "meaning_th", "meaning_en"}
    assert "{row}" in problem.th
    assert problem.mend_th
    assert reason in {"row_malformed", "text_unclean"} or problem.code in range(4500, 4800)


def test_the_files_have_the_columns_of_the_data_dictionary() -> None:
    assert len(FORM) == 37
    assert len(MEMBER) == 13
