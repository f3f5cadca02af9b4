"""Opens a file as rows of cells, or refuses it in one sentence when it is not what it claims to be."""

import stat
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from takhai.platform.intake import limits
from takhai.platform.intake.text_table import TextTable
from takhai.platform.intake.types import Broken, Cell
from takhai.platform.intake.workbook import WorkbookTable
from takhai.platform.problems import Refusal
from takhai.thai.text import visible

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# (first bytes, Thai, English); the first that fits says what the file really is.
_SIGNS: Final = (
    (b"PK", "ไฟล์บีบอัด ZIP หรือสมุดงาน Excel", "a ZIP archive or an Excel workbook"),
    (_OLE, "ไฟล์ Excel รุ่นเก่า (.xls) หรือไฟล์ที่ตั้งรหัสผ่าน", "an old Excel file (.xls) or a file with a password"),
    (b"%PDF", "ไฟล์ PDF", "a PDF"),
    (b"\x89PNG", "ไฟล์รูปภาพ", "a picture"),
    (b"\xff\xd8\xff", "ไฟล์รูปภาพ", "a picture"),
    (b"GIF8", "ไฟล์รูปภาพ", "a picture"),
    (b"\x1f\x8b", "ไฟล์บีบอัด gzip", "a gzip archive"),
    (b"7z\xbc\xaf", "ไฟล์บีบอัด 7z", "a 7z archive"),
    (b"Rar!", "ไฟล์บีบอัด RAR", "a RAR archive"),
    (b"\x7fELF", "โปรแกรม", "a program"),
    (b"{\\rtf", "เอกสารข้อความ RTF", "an RTF document"),
    (b"<", "หน้าเว็บหรือ XML", "a web page or XML"),
)
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"


class Table(AbstractContextManager["Table"], Protocol):
    """Rows of cells with the numbers a sheet gives them, read once and in bounded memory."""

    sha256: str

    def __iter__(self) -> Generator[tuple[int, Sequence[Cell] | Broken], None, None]: ...


def open_table(*, path: Path) -> Table:
    """The rows of a CSV or XLSX file.

    Raises Refusal: file_unreadable, file_kind_unknown, file_not_what_it_claims, too_big, encoding_unknown,
    workbook_locked, workbook_has_macros, workbook_damaged.
    """
    size, head = _look(path)
    kind = path.suffix.lower()
    if kind == ".csv":
        found = _what(head, signs=_SIGNS)
        if found is not None:
            raise Refusal("file_not_what_it_claims", claims=".csv", is_th=found[0], is_en=found[1])
        if size > limits.TEXT_FILE:
            raise Refusal("too_big", most=f"{limits.TEXT_FILE // limits.MIB} MB")
        return TextTable(path=path)
    if kind == ".xlsx":
        if size > limits.WORKBOOK_FILE:
            raise Refusal("too_big", most=f"{limits.WORKBOOK_FILE // limits.MIB} MB")
        if head.startswith(_OLE) and _ENCRYPTED in path.read_bytes():
            raise Refusal("workbook_locked")
        if head[:4] != b"PK\x03\x04":
            found = _what(head, signs=_SIGNS[1:]) or ("ไฟล์ที่ไม่ใช่สมุดงาน", "no workbook")
            raise Refusal("file_not_what_it_claims", claims=".xlsx", is_th=found[0], is_en=found[1])
        return WorkbookTable(path=path)
    raise Refusal("file_kind_unknown", kind=visible(kind)[:8] or "—")


def _look(path: Path) -> tuple[int, bytes]:
    """Size and first bytes of a plain file; a pipe or a device would never end."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise Refusal("file_unreadable", file=visible(path.name)[:80])
        with path.open("rb") as file:
            return state.st_size, file.read(512)
    except (OSError, ValueError):
        raise Refusal("file_unreadable", file=visible(path.name)[:80]) from None


def _what(head: bytes, *, signs: Sequence[tuple[bytes, str, str]]) -> tuple[str, str] | None:
    plain = head.lstrip(_BLANK)
    if not plain:
        return ("ไฟล์ว่าง", "empty")
    for sign, thai, english in signs:
        if plain.startswith(sign):
            return (thai, english)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.count(0) * 8 > len(head):
        return ("ข้อความ UTF-16 หรือไฟล์ไบนารี", "UTF-16 text or a binary file")
    return None
