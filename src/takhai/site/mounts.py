"""The commands of ``takhai``: the words, where the code is, and what it needs before it is imported."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Needs(IntEnum):
    """What a command needs before it can run; each includes those before it."""

    NOTHING = 0
    DJANGO = 1
    SERVER = 2
    TABLES = 3


NOTHING, DJANGO, SERVER, TABLES = Needs


@dataclass(frozen=True, slots=True)
class Mount:
    """``target`` names a Typer app, or one typed function, as ``module:name``."""

    words: tuple[str, ...]
    target: str
    needs: Needs
    th: str
    en: str


MOUNTS: Final[tuple[Mount, ...]] = (
    Mount(
        ("intake",),
        "takhai.site.outside:intake",
        NOTHING,
        "ตรวจไฟล์ก่อนนำเข้า",
        "check files before they are taken in",
    ),
    Mount(
        ("intake", "commit"),
        "takhai.registry.commands:commit",
        TABLES,
        "นำแถวที่ใช้ได้ของไฟล์เข้าระบบ",
        "take the good rows of a file in",
    ),
    Mount(
        ("policy", "show"),
        "takhai.site.outside:policy_show",
        NOTHING,
        "ค่าที่ใช้ในรอบและที่มา",
        "what holds in a round, and its sources",
    ),
    Mount(
        ("run",),
        "takhai.site.round_commands:run",
        TABLES,
        "เดินทั้งภาคเรียนของจังหวัดจำลอง",
        "walk a whole semester of a synthetic province",
    ),
    Mount(
        ("keys", "rotate"),
        "takhai.site.key_commands:rotate",
        TABLES,
        "เปลี่ยนกุญแจข้อมูลบุคคล",
        "change the keys of persons' secrets",
    ),
    Mount(("serve",), "takhai.site.commands:serve", NOTHING, "เปิดเว็บ", "open the site"),
    Mount(("semester",), "takhai.semester.commands:app", TABLES, "เดินภาคเรียน", "run a semester"),
    Mount(
        ("explain",),
        "takhai.semester.explain_command:explain",
        TABLES,
        "อธิบายผลของเด็กหนึ่งคน",
        "explain what was decided of a pupil",
    ),
    Mount(
        ("ledger", "verify"),
        "takhai.semester.commands:verify_books",
        TABLES,
        "พิสูจน์บัญชีทั้งหมด",
        "prove the books",
    ),
    Mount(
        ("report", "targeting"),
        "takhai.reporting.commands:targeting",
        TABLES,
        "ความแม่นยำของการคัดกรอง",
        "errors of the screening",
    ),
    Mount(
        ("db", "migrate"),
        "takhai.site.commands:migrate",
        SERVER,
        "ปรับโครงสร้างฐานข้อมูล",
        "bring the tables up to date",
    ),
    Mount(
        ("db", "verify"),
        "takhai.site.commands:verify",
        SERVER,
        "ตรวจเซิร์ฟเวอร์และโครงสร้าง",
        "check server and tables",
    ),
    Mount(
        ("db", "stop"), "takhai.site.commands:stop", NOTHING, "ปิดฐานข้อมูลในตัว", "stop the embedded database"
    ),
)
