"""Rules of payments in both forms."""

from typing import Final

from takhai.payments.rules import arriving_receipt, arriving_result, channel, recovery, result, returning
from takhai.payments.types import ABSENT, BANK_CODES, RECEIVED, Channel, LineState
from takhai.platform.parity import Pair
from takhai.platform.sets import load

ROOM: Final = "takhai.payments"
FORMS: Final = (None, "citizen", "zero", "wrong_check", "gcode")

PAIRS = (
    Pair(
        name="channel",
        step="order",
        facts=channel.Facts,
        decide=channel.decide,
        rule=load(ROOM, "channel"),
        domains={"form": FORMS, "choice": (None, *(each.value for each in Channel))},
    ),
    Pair(
        name="result",
        step="reconcile",
        facts=result.Facts,
        decide=result.decide,
        rule=load(ROOM, "result"),
        domains={"code": (None, "", "E99", *BANK_CODES)},
    ),
    Pair(
        name="arriving_result",
        step="reconcile",
        facts=arriving_result.Facts,
        decide=arriving_result.decide,
        rule=load(ROOM, "arriving_result"),
    ),
    Pair(
        name="arriving_receipt",
        step="recover",
        facts=arriving_receipt.Facts,
        decide=arriving_receipt.decide,
        rule=load(ROOM, "arriving_receipt"),
        domains={"state": (None, *(each.value for each in LineState)), "status": (RECEIVED, *ABSENT)},
    ),
    Pair(
        name="recovery",
        step="recover",
        facts=recovery.Facts,
        decide=recovery.decide,
        rule=load(ROOM, "recovery"),
        domains={"status": (None, RECEIVED, *ABSENT)},
    ),
    Pair(
        name="returning",
        step="recover",
        facts=returning.Facts,
        decide=returning.decide,
        rule=load(ROOM, "returning"),
        domains={"satang": (100_000, 150_000), "due": (0, 100_000, 150_000)},
    ),
)
