"""Workbooks that are not what they say: each ends in one sentence or in its good rows, and we go on."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.platform.intake import making
from tests.platform.intake.making import SHEET, rebuilt

from takhai.platform.intake import limits
from takhai.platform.intake.workbook import CHILDREN

HTML = "<html><body><table><tr><td>รหัสโรงเรียน</td></tr></table></body></html>"
FAR = '<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'


def workbook(folder: Path) -> Path:
    return making.write_xlsx(folder, making.rows(3))


def with_far_cell(folder: Path, cell: str, row: int) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        extra = FAR.format(row=row, cell=cell).encode()
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", extra + b"</sheetData>")

    return rebuilt(workbook(folder), change)


def bomb(folder: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(
            b"</worksheet>", b" " * (limits.BOMB_UNPACKED + 1) + b"</worksheet>"
        )

    return rebuilt(workbook(folder), change)


def lying_size(folder: Path) -> Path:
    """A bomb whose directory says it is small."""
    path = bomb(folder)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    at = raw.find(real)
    while at >= 0:
        raw[at : at + 4] = (1000).to_bytes(4, "little")
        at = raw.find(real, at)
    path.write_bytes(bytes(raw))
    return path


def macros(folder: Path) -> Path:
    return rebuilt(
        workbook(folder), lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    )


def nested(folder: Path) -> Path:
    made = workbook(folder).read_bytes()
    path = folder / "outer.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("register.xlsx", made)
    return path


def words(folder: Path) -> Path:
    path = folder / "register.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return path


def repeated_part(folder: Path) -> Path:
    path = workbook(folder)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    return path


def raw(content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "register.xlsx"
        path.write_bytes(content)
        return path

    return write


def truncated(folder: Path) -> Path:
    path = workbook(folder)
    path.write_bytes(path.read_bytes()[:-400])
    return path


def broken_xml(folder: Path) -> Path:
    return rebuilt(workbook(folder), lambda parts: parts.update({SHEET: parts[SHEET][:900]}))


def flipped_byte(folder: Path) -> Path:
    path = workbook(folder)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    content[at] ^= 0xFF
    path.write_bytes(bytes(content))
    return path


def encrypted_part(folder: Path) -> Path:
    path = workbook(folder)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(bytes(content))
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "one cell at the far end of the sheet": (
        lambda f: with_far_cell(f, "XFD1048576", 1048576),
        "workbook_far_cell",
    ),
    "one cell in column 60 of the last row": (
        lambda f: with_far_cell(f, "BH1048576", 1048576),
        "workbook_far_cell",
    ),
    "a cell beyond any sheet": (lambda f: with_far_cell(f, "ZZZZZ99999999", 99999999), "workbook_far_cell"),
    "a bomb": (bomb, "workbook_too_heavy"),
    "a bomb that lies about its size": (lying_size, "workbook_damaged"),
    "macros": (macros, "workbook_has_macros"),
    "a workbook in an archive": (nested, "workbook_is_archive"),
    "a text document": (words, "workbook_is_archive"),
    "a part that is there twice": (repeated_part, "workbook_damaged"),
    "an old .xls": (raw(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le")), "file_not_what_it_claims"),
    "a workbook under a password": (
        raw(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        "workbook_locked",
    ),
    "parts under a password": (encrypted_part, "workbook_locked"),
    "a web page": (raw(HTML.encode()), "file_not_what_it_claims"),
    "XML of 2003": (raw(b'<?xml version="1.0"?><Workbook/>'), "file_not_what_it_claims"),
    "a CSV": (raw(making.csv_text(making.rows(1)).encode()), "file_not_what_it_claims"),
    "nothing": (raw(b""), "file_not_what_it_claims"),
    "an empty archive": (raw(b"PK\x05\x06" + b"\0" * 18), "file_not_what_it_claims"),
    "a cut file": (truncated, "workbook_damaged"),
    "cut XML": (broken_xml, "workbook_damaged"),
    "a flipped byte": (flipped_byte, "workbook_damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_workbook_that_is_not_one_ends_in_one_sentence(case: str, tmp_path: Path) -> None:
    make, problem = REFUSED[case]
    answer = making.checked(make(tmp_path))
    assert making.bad_names(answer) == [problem]
    assert answer.exit_code == 2
    assert answer.bad[0].message_th
    assert answer.bad[0].mend_en
    assert answer.bad_rows_file is None
    assert not (tmp_path / "bad").exists()


def test_the_next_workbook_is_read_after_every_refused_one(tmp_path: Path) -> None:
    for at, (make, _) in enumerate(REFUSED.values()):
        folder = tmp_path / str(at)
        folder.mkdir()
        making.checked(make(folder))
        good = tmp_path / f"good-{at}"
        good.mkdir()
        assert making.checked(workbook(good)).good == 3


def lying_dimension(small: bool) -> Callable[[dict[str, bytes]], None]:
    said = b'<dimension ref="A1:B2"/>' if small else b'<dimension ref="A1:XFD1048576"/>'

    def change(parts: dict[str, bytes]) -> None:
        before, _, after = parts[SHEET].partition(b"<dimension")
        parts[SHEET] = before + said + after.partition(b"/>")[2]

    return change


def styled_to_the_end(parts: dict[str, bytes]) -> None:
    """A whole column formatted by hand: empty cells down to the last row."""
    extra = b'<row r="1048576"><c r="AJ1048576" s="1"/></row>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", extra + b"</sheetData>")


def laughing_entities(parts: dict[str, bytes]) -> None:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))
    doctype = b'<!DOCTYPE worksheet [<!ENTITY l0 "ha">' + levels + b"]>"
    head, _, rest = parts[SHEET].partition(b"?>")
    parts[SHEET] = head + b"?>" + doctype + rest


def foreign_entity(parts: dict[str, bytes]) -> None:
    head, _, rest = parts[SHEET].partition(b"?>")
    parts[SHEET] = head + b'?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rest


HARMLESS: dict[str, Callable[[dict[str, bytes]], None]] = {
    "a dimension that says too little": lying_dimension(True),
    "a dimension that says the whole sheet": lying_dimension(False),
    "a column formatted to the last row": styled_to_the_end,
    "entities that laugh": laughing_entities,
    "an entity that asks for a file": foreign_entity,
    "an unknown part": lambda parts: parts.update({"customXml/item1.xml": b"<x/>"}),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_workbook_that_only_lies_about_itself_gives_its_rows(case: str, tmp_path: Path) -> None:
    answer = making.checked(rebuilt(workbook(tmp_path), HARMLESS[case]))
    assert (answer.rows, answer.good) == (3, 3)


def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    path = making.write_xlsx(tmp_path, [making.row(street="=HYPERLINK(1)")])
    assert making.good_rows(path)[0].values["street"] == "=HYPERLINK(1)"


def test_a_sheet_counted_from_1904_has_the_same_days(tmp_path: Path) -> None:
    path = making.write_xlsx(
        tmp_path, [making.row(birth_date=date(2013, 12, 9))], options={"date_1904": True}
    )
    assert making.good_rows(path)[0].values["birth_date"] == date(2013, 12, 9)


def test_too_large_a_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    with path.open("r+b") as file:
        file.truncate(limits.WORKBOOK_FILE + 1)
    assert making.bad_names(making.checked(path)) == ["too_big"]


def test_a_folder_named_like_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.mkdir()
    assert making.bad_names(making.checked(path)) == ["file_unreadable"]


@pytest.fixture(autouse=True, scope="module")
def _no_child_stays() -> Iterator[None]:
    yield
    CHILDREN.close()
