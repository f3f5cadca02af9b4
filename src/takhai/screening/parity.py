"""Rules of screening in both forms."""

from typing import Final

from takhai.platform.parity import Pair
from takhai.platform.sets import load
from takhai.screening.rules import (
    arriving_member,
    arriving_verdict,
    assessment,
    certification,
    intake,
    lottery,
    meeting,
)
from takhai.screening.types import FormRefusal, Result, Way

ROOM: Final = "takhai.screening"
# Few values, so that households tie with the last place in each of the four keys.
SCORES: Final = (0, 499_999, 500_000, 500_001)
INCOMES: Final = (0, 300_000, 599_999, 600_000, 600_001, 900_000)
MEMBERS: Final = (1, 2, 3, 6)
LOTTERIES: Final = ("0a", "9f", "a0", "f1")
RESULTS: Final = tuple(each.value for each in Result)

# What a row of a form may show by itself.
FAULTS: Final = (
    FormRefusal.ROW_MALFORMED,
    FormRefusal.FORM_NUMBER_MALFORMED,
    FormRefusal.FORM_WITHOUT_PUPIL,
    FormRefusal.FORM_DAY_IMPOSSIBLE,
    FormRefusal.REFUSAL_WITHOUT_REASON,
)

PAIRS = (
    Pair(
        name="intake",
        step="assess",
        facts=intake.Facts,
        decide=intake.decide,
        rule=load(ROOM, "intake"),
        domains={"fault": (None, None, *(each.value for each in FAULTS))},
    ),
    Pair(
        name="lottery",
        step="assess",
        facts=lottery.Facts,
        decide=lottery.decide,
        rule=load(ROOM, "lottery"),
        domains={
            "round": ("2563-2", "2564-1"),
            "seed": ("takhai-2563-2", "takhai", ""),
            "form_no": ("25632-81012017-0001", "25632-81012017-0002", "25641-81012017-0001"),
        },
    ),
    Pair(
        name="assessment",
        step="assess",
        facts=assessment.Facts,
        decide=assessment.decide,
        rule=load(ROOM, "assessment"),
        domains={
            "income_satang": INCOMES,
            "members": MEMBERS,
            "ceiling_satang": (300_000,),
            "score": SCORES,
            "lottery": LOTTERIES,
            "way": tuple(each.value for each in Way),
            "cut_score": SCORES,
            "cut_income_satang": INCOMES,
            "cut_members": MEMBERS,
            "cut_lottery": LOTTERIES,
        },
    ),
    Pair(
        name="arriving_verdict",
        step="certify",
        facts=arriving_verdict.Facts,
        decide=arriving_verdict.decide,
        rule=load(ROOM, "arriving_verdict"),
        domains={"result": RESULTS},
    ),
    Pair(
        name="arriving_member",
        step="certify",
        facts=arriving_member.Facts,
        decide=arriving_member.decide,
        rule=load(ROOM, "arriving_member"),
    ),
    Pair(
        name="meeting",
        step="certify",
        facts=meeting.Facts,
        decide=meeting.decide,
        rule=load(ROOM, "meeting"),
        domains={
            "members": range(12),
            "present": range(12),
            "least": (1, 3),
            "quorum_percent": (0, 50, 67, 100),
        },
    ),
    Pair(
        name="certification",
        step="certify",
        facts=certification.Facts,
        decide=certification.decide,
        rule=load(ROOM, "certification"),
        domains={"result": (None, *RESULTS)},
    ),
)
