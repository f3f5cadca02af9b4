"""The parser of workbooks, alone in a process that may die. Started by its path; imports nothing of ours.

It answers one JSON line with JSON lines. ``{"do": "look", "path"}`` gives the sizes of the parts and
the farthest cell without the parser (``{"look": {…}}``). ``{"do": "rows", "path"}`` gives
``{"from": n, "rows": [[…], …]}`` and then ``{"end": true}``; a cell is text, or ``[yyyy-mm-dd]`` for a
real date. Whatever goes wrong is one word: ``{"error": …}``.
"""

import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import python_calamine

_CHUNK = 1024 * 1024
_TAIL = 512
# A cell with something in it; an empty one that only carries a style costs the parser nothing.
_CELL = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Z]{1,7})([0-9]{1,9})[\"'][^<>]*(?<!/)>"
)


def main() -> None:
    memory, cpu, unpacked, cells_per_answer, longest = (int(word) for word in sys.argv[1:6])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    for line in sys.stdin:
        used = resource.getrusage(resource.RUSAGE_SELF)
        # The limit counts from the start of the process, ours from the start of the file.
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu, hard))
        asked = json.loads(line)
        answers = (
            _look(asked["path"], unpacked)
            if asked["do"] == "look"
            else _rows(asked["path"], cells_per_answer, longest)
        )
        for answer in answers:
            sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()


def _look(path: str, unpacked: int) -> Iterator[dict[str, Any]]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield {"look": _facts(archive, unpacked)}
    except MemoryError:
        yield {"error": "memory"}
    except NotImplementedError:
        yield {"error": "damaged"}
    except RuntimeError:
        # What zipfile says of a part under a password.
        yield {"error": "locked"}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error):
        yield {"error": "damaged"}


def _facts(archive: zipfile.ZipFile, unpacked: int) -> dict[str, Any]:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    facts: dict[str, Any] = {
        "parts": len(parts),
        "repeated": len(parts) - len(set(names)),
        "names": [name.lower()[-120:] for name in names[:2000]],
        "packed": sum(part.compress_size for part in parts),
        "unpacked": sum(part.file_size for part in parts),
        "column": 0,
        "row": 0,
    }
    if facts["unpacked"] > unpacked or len(parts) > 2000:
        return facts
    real = 0
    for part in parts:
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(_CHUNK):
                real += len(chunk)
                if real > unpacked:
                    facts["unpacked"] = real
                    return facts
                window = tail + chunk
                cells = _CELL.findall(window)
                for letters in {letters for letters, _ in cells}:
                    facts["column"] = max(facts["column"], _column(letters))
                for number in {number for _, number in cells}:
                    facts["row"] = max(facts["row"], int(number))
                tail = window[-_TAIL:]
    facts["unpacked"] = max(facts["unpacked"], real)
    return facts


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(path: str, cells_per_answer: int, longest: int) -> Iterator[dict[str, Any]]:
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            for place, sheet in enumerate(book.sheets_metadata):
                if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                    continue
                table = book.get_sheet_by_index(place)
                if table.start is not None:
                    yield from _answers(table, cells_per_answer, longest)
                    break
        yield {"end": True}
    except python_calamine.PasswordError:
        yield {"error": "locked"}
    except MemoryError:
        yield {"error": "memory"}
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError, RecursionError):
        yield {"error": "damaged"}


def _answers(table: python_calamine.CalamineSheet, cells: int, longest: int) -> Iterator[dict[str, Any]]:
    # The parser gives the rows above the first cell, but not the columns before it.
    before: list[Any] = [""] * (table.start[1] if table.start else 0)
    rows: list[list[Any]] = []
    first = number = 0
    for number, row in enumerate(table.iter_rows(), start=1):
        if not rows:
            first = number
        rows.append([*before, *(value[:longest] if type(value) is str else _cell(value) for value in row)])
        if len(rows) * len(rows[-1]) >= cells:
            yield {"from": first, "rows": rows}
            rows = []
    if rows:
        yield {"from": first, "rows": rows}


def _cell(value: object) -> str | list[str]:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    return str(value)


if __name__ == "__main__":
    main()
