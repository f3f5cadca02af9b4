"""Values as they stand on paper: with their unit where they stand alone, without it in a table."""

from takhai.reporting.indicators import Unit
from takhai.reporting.words import Word, Words
from takhai.thai.money import baht


def bare(unit: Unit, value: int | None, /) -> str:
    """The figure alone: 1,234 or 1,430.00 or 47.50 %; a dash where there is none."""
    if value is None:
        return "–"
    if unit is Unit.SATANG:
        return baht(value)
    if unit in (Unit.PERCENT, Unit.MEMBERS):
        return f"{value // 100:,}.{value % 100:02d}{' %' if unit is Unit.PERCENT else ''}"
    return f"{value:,}"


def whole(unit: Unit, value: int, /, *, words: Words) -> Word:
    """The figure with its unit in both languages."""
    if unit is Unit.PERCENT:
        return Word(bare(unit, value), bare(unit, value))
    if unit is Unit.SATANG:
        word = words["unit"]["baht"]
        return Word(word.th.format(amount=baht(value)), word.en.format(amount=baht(value)))
    word = words["unit"][unit.value]
    return Word(word.th.format(n=bare(unit, value)), word.en.format(n=bare(unit, value)))
