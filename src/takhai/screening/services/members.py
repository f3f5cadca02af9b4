"""Members of the households on their way in, and what they come to for each form."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from takhai.platform.intake.reading import Reading
from takhai.platform.relations import Relation
from takhai.platform.sets import copy_in, execute, fetch, materialise, select
from takhai.policy import RoundPolicy
from takhai.screening.rules.dependency import elderly, unemployed
from takhai.screening.rules.income import member_income
from takhai.screening.rules.intake import of_member
from takhai.thai.calendar import Term

INCOMES: Final = ("wages", "agriculture", "business", "welfare", "other")
KEPT: Final[Mapping[str, str]] = {
    "member_no": "integer",
    "relation": "text",
    "age": "integer",
    "disabled": "boolean",
    "chronic": "boolean",
    "studies": "boolean",
    "works": "boolean",
    **dict.fromkeys(INCOMES, "bigint"),
}
_COLUMNS: Final[Mapping[str, str]] = {
    "form_no": "text",
    "fault": "text",
    **KEPT,
    "elderly": "boolean",
    "unemployed": "boolean",
    "income_satang": "bigint",
}
_BLANK: Final = (None,) * (len(_COLUMNS) - 2)
TALLY: Final[Mapping[str, str]] = {
    "form_no": "text",
    "members": "integer",
    "income_satang": "bigint",
    "disabled": "boolean",
    "chronic": "boolean",
    "elderly": "boolean",
    "unemployed": "boolean",
    "member_unreadable": "boolean",
    "age_impossible": "boolean",
    "income_negative": "boolean",
    "income_absurd": "boolean",
    "pupil_listed": "boolean",
}
# Numbers of members are at most 60 (the layout's law), so that one bit each tells whether one is there twice.
_TALLY: Final = """
SELECT m.form_no, count(*)::integer AS members, coalesce(sum(m.income_satang), 0)::bigint AS income_satang,
    coalesce(bool_or(m.disabled), false) AS disabled, coalesce(bool_or(m.chronic), false) AS chronic,
    coalesce(bool_or(m.elderly), false) AS elderly, coalesce(bool_or(m.unemployed), false) AS unemployed,
    coalesce(bool_or(m.fault = 'member_unreadable'), false)
        OR count(m.member_no) <> bit_count(coalesce(bit_or(1::bigint << m.member_no), 0)::bit(64))
        AS member_unreadable,
    coalesce(bool_or(m.fault = 'member_age_impossible'), false) AS age_impossible,
    coalesce(bool_or(m.fault = 'income_negative'), false) AS income_negative,
    coalesce(bool_or(m.fault = 'income_absurd'), false) AS income_absurd,
    coalesce(bool_or(m.relation = 'pupil'), false) AS pupil_listed
FROM people m WHERE m.form_no IS NOT NULL GROUP BY m.form_no
"""
_STRAY: Final = """
SELECT count(*) FROM people m WHERE NOT EXISTS (SELECT FROM given g WHERE g.form_no = m.form_no)
"""
_KEEP: Final = f"""
INSERT INTO form_member (round, form_no, {", ".join(KEPT)})
SELECT %(round)s, m.form_no, {", ".join(f"m.{name}" for name in KEPT)}
FROM people m JOIN taken t ON t.form_no = m.form_no
"""  # noqa: S608


class People(NamedTuple):
    """A file's members, what they come to form by form, and how many rows it had."""

    rows: Relation
    tallies: Relation
    heads: int


def stage(*, file: Reading, policy: RoundPolicy) -> People:
    """All members of a file in TEMP tables; a bad one is there with his fault, and without values."""
    people = copy_in(name="people", columns=_COLUMNS, rows=_rows(file, policy))
    tallies = materialise(select(_TALLY, people, name="tallies", columns=TALLY), key=("form_no",))
    return People(rows=people, tallies=tallies, heads=file.rows)


def strays(*, people: People, given: Relation) -> int:
    """Members whose form is not among ``given`` (form_no)."""
    ((count,),) = fetch(_STRAY, people.rows, given)
    return int(str(count))


def keep(*, people: People, taken: Relation, round: Term) -> int:
    """Writes the members of the forms that were ``taken`` (form_no); how many."""
    return execute(_KEEP, people.rows, taken, round=str(round))


def _rows(file: Reading, policy: RoundPolicy) -> Iterator[tuple[Any, ...]]:
    fields, oldest, most = file.fields, policy.oldest_member, policy.income_most_satang
    for result in file.results():
        if result.values is None:
            told = file.told(result=result, field="age")
            problems = [note.problem for note in result.notes if note.refuses]
            age = told if isinstance(told, int) else None
            fault = of_member(problems=problems, age=age, oldest=oldest, incomes=(), most=most)
            yield file.told(result=result, field="form_no"), fault, *_BLANK
            continue
        row: dict[str, Any] = dict(zip(fields, result.values, strict=True))
        incomes: dict[str, int] = {name: row[name] for name in INCOMES}
        fault = of_member(problems=(), age=row["age"], oldest=oldest, incomes=incomes.values(), most=most)
        if fault is not None:
            yield row["form_no"], fault, *_BLANK
            continue
        yield (
            row["form_no"],
            None,
            *[row[name] for name in KEPT],
            elderly(age=row["age"]),
            unemployed(age=row["age"], studies=row["studies"], works=row["works"]),
            member_income(**incomes),
        )
