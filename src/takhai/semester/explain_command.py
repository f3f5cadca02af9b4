"""``takhai explain``: why one pupil stands where he stands in a round, told to his mother, Thai and then English."""

from typing import Annotated, Final, cast
from uuid import UUID

import typer

from takhai.access.scope import Scope, system_scope
from takhai.access.services.looking import note
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry import queries as registry
from takhai.reporting.words import Language
from takhai.semester.commands import parse_round
from takhai.semester.explain_text import Who, paper, speech
from takhai.semester.explaining import Explained
from takhai.semester.explaining import explain as gather
from takhai.thai.calendar import Term
from takhai.thai.identifiers import NumberForm, mask, read_number

# What the log of looking says was opened.
WHAT: Final = "explanation"
_NAME: Final = "SELECT prefix, first_name, last_name FROM pupils WHERE person = %(person)s"
_SCHOOL: Final = "SELECT name FROM schools WHERE school = %(school)s"
_ENTRY: Final = "SELECT school, grade FROM entries WHERE counted AND person = %(person)s"


def explain(
    person: Annotated[
        str,
        typer.Argument(help="เลขประจำตัว 13 หลัก รหัส G หรือรหัสภายใน | 13-digit number, G-code or internal id"),
    ],
    round_: Annotated[str, typer.Option("--round", help="รอบ เช่น 2563-2 | the round, such as 2563-2")],
) -> None:
    """อธิบายผลของเด็กหนึ่งคนให้แม่ฟัง | tell a mother what was decided of her child, and why."""
    term = parse_round(round_)
    for line in told(person=person, term=term):
        typer.echo(line)


def told(*, person: str, term: Term) -> list[str]:
    """The lines of the paper in both languages; the look is logged with its purpose.

    Raises Refusal ``person_not_named`` for what is no number, ``person_unknown`` for nobody's.
    """
    scope = system_scope(reason=f"explain {term}")
    who = find(person=person, scope=scope)
    name = _named(who, scope)
    if name is None:
        raise Refusal("person_unknown", person=_shown(person))
    note(scope=scope, reason=scope.reason, what=WHAT, persons=[who])
    explained = gather(round=term, person=who, scope=scope)
    pupil = _who(explained, name, scope)
    thai, english = (
        paper(explained=explained, who=pupil, speech=speech(language))
        for language in (Language.TH, Language.EN)
    )
    return [*thai, "", "—" * 20, "", *english]


def find(*, person: str, scope: Scope) -> UUID:
    """The person named by a number or an internal id; whether an id is anybody's is not asked here."""
    number = read_number(person)
    if number.form is not NumberForm.MALFORMED:
        found = registry.holder(number=number.value, reason=scope.reason, scope=scope)
        if found is None:
            raise Refusal("person_unknown", person=_shown(person))
        return found
    try:
        return UUID(person.strip())
    except ValueError:
        raise Refusal("person_not_named") from None


def _shown(person: str) -> str:
    """A number masked; an internal id says nothing about anybody."""
    number = read_number(person)
    return person.strip() if number.form is NumberForm.MALFORMED else mask(number.value)


def _named(who: UUID, scope: Scope) -> str | None:
    rows = fetch(_NAME, registry.pupils(scope=scope), person=who)
    return None if not rows else "{}{} {}".format(*rows[0]).strip()


def _who(explained: Explained, name: str, scope: Scope) -> Who:
    """School and class as the round goes by them, else as its register has them."""
    standing = explained.standing
    if standing is not None and standing.school is not None:
        school, grade = standing.school, standing.grade
    else:
        entries = registry.entries(round=explained.policy.term, scope=scope)
        rows = fetch(_ENTRY, entries, person=explained.person)
        if not rows:
            return Who(name=name, grade="", school="")
        school, grade = cast(UUID, rows[0][0]), str(rows[0][1])
    names = fetch(_SCHOOL, registry.schools(), school=school)
    return Who(name=name, grade=grade, school=str(names[0][0]) if names else "")
