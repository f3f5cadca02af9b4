"""Which round a file says it belongs to. Pure.

A register export carries no year or semester: only the day it was made (its stamp) and often a
prefix of its name such as ``2568-2-``.
"""

import re
from datetime import date

from takhai.thai.calendar import BadTerm, Term

_PREFIX = re.compile(r"([0-9]{4}-[12])(?![0-9])")


def window(*, term: Term) -> tuple[date, date]:
    """Days ``[from, to)`` on which an export made for the semester may be stamped.

    Generously: until the next semester opens, because schools correct and export in the holidays too.
    2563-2 is 2020-11-01 to 2021-05-15 inclusive.
    """
    return term.first_day, term.next().first_day


def term_of_stamp(*, day: date) -> Term:
    """The semester whose window holds the day; ValueError for a day outside the Buddhist years we know."""
    return Term.begun(day)


def term_of_name(*, name: str) -> Term | None:
    """The semester that a file name begins with, None where it begins otherwise."""
    found = _PREFIX.match(name)
    if found is None:
        return None
    try:
        return Term.parse(found[1])
    except BadTerm:
        return None


def told_otherwise(*, term: Term, name: str, stamp: date | None) -> str | None:
    """What the file says it is, when that is another round than ``term``: the round, or the odd year.

    Either sign is enough: a file that contradicts the round it is sent for is never taken in.
    """
    named = term_of_name(name=name)
    if named is not None and named != term:
        return str(named)
    if stamp is None:
        return None
    try:
        stamped = term_of_stamp(day=stamp)
    except ValueError:
        return str(stamp.year)
    return None if stamped == term else str(stamped)
