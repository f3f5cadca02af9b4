"""Ways to spoil a file of a round's folder; each gives a function of the folder, to be used when its turn comes."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

Spoil = Callable[[Path], object]
Row = dict[str, str]
Change = Callable[[Row], Row | list[Row] | None]

HTML = "<html><body>404</body></html>"
STAMP = "วันและเวลาที่สร้างรายงาน"
MIB = 1024 * 1024


def gone(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def put(name: str, content: bytes | str) -> Spoil:
    """Another content altogether."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data)


def copied(name: str, to: str) -> Spoil:
    return lambda folder: (folder / to).write_bytes((folder / name).read_bytes())


def cut(name: str, share: float) -> Spoil:
    """Only the first part of the bytes."""

    def spoil(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(len(content) * share)])

    return spoil


def text(name: str, change: Callable[[str], str], encoding: str = "utf-8") -> Spoil:
    """The text changed, and written in a code page."""

    def spoil(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_text("utf-8-sig")).encode(encoding))

    return spoil


def header_only(name: str) -> Spoil:
    return text(name, lambda whole: whole.splitlines()[0] + "\n")


def renamed(name: str, column: str) -> Spoil:
    """A header that lacks a column."""
    return text(name, lambda whole: whole.replace(column, "x", 1))


def row(name: str, at: int, **values: str) -> Spoil:
    """One row with other values."""
    return rows(name, {at: lambda old: old | values})


def repeated(name: str, at: int, **values: str) -> Spoil:
    """One row a second time, with other values or the same."""
    return rows(name, {at: lambda old: [old, old | values]})


def forged(name: str, to: str, **values: str) -> Spoil:
    """A copy under another name, in which every row has other values."""

    def spoil(folder: Path) -> None:
        copied(name, to)(folder)
        every(to, **values)(folder)

    return spoil


def rows(name: str, changes: Mapping[int, Change]) -> Spoil:
    """Rows changed by their place, counted from 0 and from the end; a row becomes one, several or none."""

    def spoil(folder: Path) -> None:
        found = list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))
        made: list[Row] = []
        for at, old in enumerate(found):
            change = changes.get(at, changes.get(at - len(found), lambda same: same))
            new = change(dict(old))
            made += new if isinstance(new, list) else [new] if new else []
        write(folder / name, list(found[0]), made)

    return spoil


def first(name: str, ways: Sequence[Row]) -> Spoil:
    """The first rows of a file, each with its own other values."""

    def spoil(folder: Path) -> None:
        found = list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))
        spoilt = [old | way for old, way in zip(found, ways, strict=False)]
        write(folder / name, list(found[0]), [*spoilt, *found[len(ways) :]])

    return spoil


def every(name: str, **values: str) -> Spoil:
    """All rows with the same other values."""

    def spoil(folder: Path) -> None:
        found = list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"))))
        write(folder / name, list(found[0]), [old | values for old in found])

    return spoil


def write(path: Path, header: list[str], made: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


def bomb(name: str, unpacked: int = 70 * MIB) -> Spoil:
    """A workbook of a few kilobytes that asks for so much memory."""

    def spoil(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", "<Types/>")
            packed.writestr("xl/worksheets/sheet1.xml", b" " * unpacked)

    return spoil


def archive(name: str) -> Spoil:
    """A document of another kind under the name of a workbook."""

    def spoil(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w") as packed:
            packed.writestr("word/document.xml", "<w/>")

    return spoil


def workbook(
    name: str, *, stamp: str = "2020-12-09 04:10:12", far: bool = False, header: bool = True
) -> Spoil:
    """A workbook with the header of a register of this folder, a stamp, and maybe a cell far away."""

    def spoil(folder: Path) -> None:
        titles = (folder / "registers" / "obec-81.csv").read_text("utf-8-sig").splitlines()[0].split(",")
        book = xlsxwriter.Workbook(str(folder / name))
        sheet = book.add_worksheet()
        sheet.write(0, 0, f"{STAMP} {stamp}")
        sheet.write_row(1, 0, titles if header else ["a", "b", "c"])
        sheet.write_row(2, 0, ["81020001"] * 36)
        if far:
            sheet.write(1_000_000, 16_000, "x")
        book.close()

    return spoil
