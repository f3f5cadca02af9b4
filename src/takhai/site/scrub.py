"""Errors without values: a database's message may quote a row, so only types and places are kept."""

import logging
import traceback
from types import TracebackType
from typing import Final

_LONGEST_CHAIN: Final = 8


def frames(error: BaseException) -> str:
    """Where an error arose, as file, line and function of each frame; never its message."""
    lines: list[str] = []
    link: BaseException | None = error
    while link is not None and len(lines) < _LONGEST_CHAIN:
        places = traceback.extract_tb(link.__traceback__)
        seen = "\n".join(
            f'  File "{place.filename}", line {place.lineno}, in {place.name}' for place in places
        )
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}\n{seen}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nafter\n".join(lines)


class NamelessFormatter(logging.Formatter):
    """Formats a record with the frames of its error in place of the traceback."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return frames(ei[1]) if ei[1] is not None else ""
