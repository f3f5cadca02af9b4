"""The words of ``takhai ledger verify``; the command line fetches the claims and calls it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from takhai.ledger.services import verify
from takhai.ledger.types import Claim
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation

PROVED: Final = 0
DISPROVED: Final = 4


def ledger_verify(
    *,
    claims: Iterable[Claim] = (),
    expected: Sequence[Relation] = (),
    beside: Iterable[Refusal] = (),
    say: Callable[[str], object] = print,
) -> int:
    """Says each thing that does not hold, Thai then English; exit status 0 when there is none, else 4.

    ``beside`` is what other rooms found wrong with the lists that the movements stand for.
    """
    claims = list(claims)
    found = [*beside, *verify.run(claims=claims, expected=expected)]
    for problem in found:
        say(f"{problem.code} {problem.th}")
        say(f"{problem.code} {problem.en}")
    if found:
        return DISPROVED
    groups = len(claims)
    say(f"บัญชีถูกต้อง: ตรวจทุกรายการและ {groups} กลุ่มที่ปิดแล้ว")
    say(f"The books hold: every movement, and {groups} closed groups")
    return PROVED
