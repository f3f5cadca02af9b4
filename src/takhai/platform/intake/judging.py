"""One cell through its column's check, remembered: a register repeats most of its values. Pure."""

from typing import Final

from takhai.platform.intake.cells import NO_ANSWER, Unclean, as_text
from takhai.platform.intake.checks import CHECKS, Context, Refuse
from takhai.platform.intake.layout import Column
from takhai.platform.intake.masking import mask
from takhai.platform.intake.types import Cell, Flawed, Note, Value

# Distinct values of one column that are remembered.
_REMEMBERED: Final = 131_072


def judge(*, cell: Cell, column: Column, at: int, context: Context) -> Value | Flawed:
    """The value of the cell, with notes where there is something to say.

    ``at`` is the place of the column among those of the layout, kept in the notes.
    """
    try:
        text, cleaned = as_text(cell=cell)
    except Unclean:
        return Flawed(None, (Note("text_unclean", refuses=True, column=at),))
    notes: tuple[Note, ...] = ()
    if cleaned:
        notes = (Note("text_cleaned", refuses=False, masked=mask(text=text), column=at),)
    value: Value | Flawed = column.empty
    if text in NO_ANSWER:
        if column.required:
            return Flawed(None, (*notes, Note(column.problem, refuses=True, column=at)))
    else:
        try:
            value = CHECKS[column.check](text, cell, column, context)
        except Refuse as refuse:
            problem = refuse.problem or column.problem
            return Flawed(None, (*notes, Note(problem, refuses=True, masked=mask(text=text), column=at)))
    if isinstance(value, Flawed):
        notes += tuple(Note(note.problem, note.refuses, note.masked, at) for note in value.notes)
        value = value.value
    return Flawed(value, notes) if notes else value


class Memory(dict[Cell, Value]):
    """What a column's check made of each different cell; ``memory[cell]`` judges when it must.

    Cells with something to say about them are kept apart and add their notes to ``said`` each time,
    so that a row in which nothing is wrong costs one look-up a cell and no question.
    """

    def __init__(self, *, column: Column, at: int, context: Context, said: list[Note]) -> None:
        super().__init__()
        self._column, self._at, self._context, self._said = column, at, context, said
        self._flawed: dict[Cell, Flawed] = {}

    def __missing__(self, cell: Cell) -> Value:
        made = self._flawed.get(cell)
        if made is None:
            found = judge(cell=cell, column=self._column, at=self._at, context=self._context)
            if not isinstance(found, Flawed):
                if len(self) >= _REMEMBERED:
                    self.clear()
                self[cell] = found
                return found
            if len(self._flawed) >= _REMEMBERED:
                self._flawed.clear()
            made = self._flawed[cell] = found
        self._said.extend(made.notes)
        return made.value
