"""Forms, scores and committees on paper: which forms are good, who is extremely poor, who is certified."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.country.naive_files import RegisterRow, Rows, table, valid
from tests.country.naive_round import Walk

WEIGHTS = {
    "dependency.disabled": 40, "dependency.chronic": 20, "dependency.elderly": 25,
    "dependency.single_parent": 35, "dependency.unemployed": 30,
    "tenure.rent": 100, "tenure.free": 80, "tenure.dormitory": 60,
    "floor.vinyl": 20, "floor.polished_concrete": 20, "floor.wood_plank": 25, "floor.bare_concrete": 40,
    "floor.bamboo": 60, "floor.earth": 70, "floor.salvaged": 70,
    "wall.cement_block": 20, "wall.wood_plank": 30, "wall.fibre_cement": 35, "wall.metal_sheet": 45,
    "wall.bamboo": 60, "wall.thatch": 70, "wall.salvaged": 70,
    "roof.metal_sheet": 20, "roof.fibre_cement": 20, "roof.wood_shingle": 35, "roof.thatch": 60,
    "roof.salvaged": 60, "toilet.no": 50,
    "farmland.none": 100, "farmland.under_1": 80, "farmland.1_to_5": 40,
    "water.natural": 80, "water.well": 60, "water.tap": 20,
    "electricity.none": 100, "electricity.generator_solar": 80, "electricity.shared_battery": 60,
    "car.no": 40, "pickup.no": 30, "tractor.no": 10, "motorcycle.no": 20,
    "computer.no": 20, "air_conditioner.no": 20, "television.no": 20, "washing_machine.no": 30,
    "refrigerator.no": 30,
}  # fmt: skip
ANSWERS = {
    "family_status": "together apart divorced father_gone mother_gone both_gone abandoned",
    "lives_with": "parents relative alone employer institution",
    "tenure": "own rent free dormitory",
    "floor": "marble_tile vinyl polished_concrete wood_plank bare_concrete bamboo earth salvaged",
    "wall": "brick cement_block wood_plank fibre_cement metal_sheet bamboo thatch salvaged",
    "roof": "tile metal_sheet fibre_cement wood_shingle thatch salvaged",
    "farmland": "none under_1 1_to_5 over_5",
    "water": "bottled tap well natural",
    "electricity": "none generator_solar shared_battery own_meter",
}
YES_NO = (
    "guardian_welfare_card", "single_parent", "toilet", "car", "pickup", "tractor", "motorcycle", "computer",
    "air_conditioner", "television", "washing_machine", "refrigerator",
)  # fmt: skip
FLAGS, SOURCES = (
    ("disabled", "chronic", "studies", "works"),
    ("wages", "agriculture", "business", "welfare", "other"),
)
RELATIONS = {"pupil", "father", "mother", "grandparent", "sibling", "relative", "other"}
POSITIONS = {
    "ผู้ใหญ่บ้าน", "กำนัน", "ผู้ช่วยผู้ใหญ่บ้าน", "แพทย์ประจำตำบล", "ข้าราชการ", "พนักงานส่วนท้องถิ่น", "นายกองค์การบริหารส่วนตำบล",
}  # fmt: skip
HOUSE = (*list(ANSWERS)[2:], *YES_NO[2:])
REFUSALS = (
    "row_malformed", "text_unclean", "form_number_malformed", "form_number_repeated", "form_without_pupil",
    "form_school_unknown", "form_day_impossible", "answer_unknown", "official_missing",
    "official_not_entitled", "refusal_without_reason", "form_without_members", "member_unreadable",
    "member_age_impossible", "income_negative", "income_absurd", "pupil_not_listed", "form_not_expected",
    "form_repeated", "form_after_signing",
)  # fmt: skip


class Desk:
    """Reads forms in their order and says of each why it is refused, "" when it stands."""

    def __init__(self, way: Walk) -> None:
        self.way = way
        self.good: dict[str, tuple[dict[str, str], Rows]] = {}
        self.members: defaultdict[str, Rows] = defaultdict(list)
        self.seen: set[str] = set()
        self.rows = 0
        self.refused: Counter[str] = Counter()

    def take(self, forms: Path, members: Path, *, late: bool = False) -> None:
        """One pair of files."""
        for member in table(members):
            self.members[member["form_no"]].append(member)
        with forms.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for cells in rows:
            self.rows += 1
            reason = "form_after_signing" if late else self.reason(header, cells)
            if reason:
                self.refused[reason] += 1
            else:
                form = dict(zip(header, cells, strict=True))
                self.good[form["form_no"]] = (form, self.members[form["form_no"]])

    def reason(self, header: list[str], cells: list[str]) -> str:
        """The first reason in order."""
        if len(cells) != len(header):
            return "row_malformed"
        form = dict(zip(header, cells, strict=True))
        number, people = form["form_no"], self.members[form["form_no"]]
        repeated, known = number in self.seen, self.way.person_of.get(form["identifier"], "")
        self.seen.add(number)
        checks = [
            ("text_unclean", any("\ufffd" in cell for cell in cells)),
            (
                "form_number_malformed",
                not re.fullmatch(self.way.terms.name[:4] + r"[12]-\d{8}-\d{4}", number),
            ),
            ("form_number_repeated", repeated),
            ("form_without_pupil", not known or known not in self.way.rows),
            ("form_school_unknown", form["school_code"] not in self.way.schools),
            ("form_day_impossible", not day(form["filled_on"])),
            ("answer_unknown", not answered(form)),
            *official(form),
            ("form_without_members", not people),
            *whole(people),
            ("pupil_not_listed", "pupil" not in {who["relation"] for who in people}),
            ("form_not_expected", not expected(self.way.new.get(known), form)),
            ("form_repeated", form["identifier"] in {form["identifier"] for form, _ in self.good.values()}),
        ]
        return next((name for name, holds in checks if holds), "")


def day(text: str) -> bool:
    """Whether a calendar has the day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def answered(form: dict[str, str]) -> bool:
    """Whether every answer is one that the form offers."""
    named = all(form[name] in words.split() for name, words in ANSWERS.items())
    return named and all(form[name] in ("yes", "no") for name in YES_NO)


def official(form: dict[str, str]) -> list[tuple[str, bool]]:
    """What can be wrong with the state official."""
    told = [form[f"official_{name}"] for name in ("verdict", "name", "number", "position")]
    entitled = form["official_position"] in POSITIONS and valid(form["official_number"])
    silent = form["official_verdict"] == "refused" and not form["official_reason"]
    return [
        ("official_missing", not all(told)),
        ("official_not_entitled", not entitled),
        ("refusal_without_reason", silent),
    ]


def whole(people: Rows) -> list[tuple[str, bool]]:
    """What can be wrong with the members."""
    if not all(readable(who) for who in people):
        return [("member_unreadable", True)]
    money = [satang(who[name]) for who in people for name in SOURCES]
    earned = [satang(who[name]) for who in people for name in ("wages", "welfare", "other")]
    return [
        ("member_age_impossible", any(not 0 <= int(who["age"]) <= 120 for who in people)),
        ("income_negative", any(n < 0 for n in earned)),
        ("income_absurd", any(abs(n) > 50_000_000 for n in money)),
    ]


def readable(who: dict[str, str]) -> bool:
    """Whether age, flags and incomes of a member can be read."""
    numbers = all(re.fullmatch(r"-?\d+(\.\d{1,2})?", who[name]) for name in SOURCES)
    flags = all(who[name] in ("yes", "no") for name in FLAGS)
    return numbers and flags and bool(re.fullmatch(r"-?\d+", who["age"])) and who["relation"] in RELATIONS


def expected(row: RegisterRow | None, form: dict[str, str]) -> bool:
    """Whether the pupil is to be screened, and at that school."""
    return row is not None and row.school == form["school_code"]


def satang(text: str) -> int:
    """Satang of baht."""
    return round(Fraction(text) * 100)


def income(people: Rows) -> int:
    """Satang a month of the household."""
    return sum(
        max(0, satang(who[name])) if name in ("agriculture", "business") else satang(who[name])
        for who in people
        for name in SOURCES
    )


def score(form: dict[str, str], people: Rows) -> int:
    """Thousandths."""
    idle = [15 <= int(who["age"]) <= 65 and {who["works"], who["studies"]} == {"no"} for who in people]
    told = {f"{name}.{form[name]}" for name in HOUSE}
    told |= {f"dependency.{flag}" for flag in ("disabled", "chronic") for who in people if who[flag] == "yes"}
    told |= {"dependency.elderly"} if any(int(who["age"]) >= 60 for who in people) else set()
    told |= {"dependency.unemployed"} if any(idle) else set()
    told |= {"dependency.single_parent"} if form["single_parent"] == "yes" else set()
    return sum(WEIGHTS.get(answer, 0) for answer in told)


def screen(way: Walk) -> Desk:
    """Forms to the list: counts of assess, and the list in out/."""
    desk = Desk(way)
    desk.take(way.folder / "forms.csv", way.folder / "form_members.csv")
    number_of = {form["identifier"]: number for number, (form, _) in desk.good.items()}
    screened = {
        number: found for number, found in desk.good.items() if found[0]["official_verdict"] == "certified"
    }
    poor = {
        number: found for number, found in screened.items() if income(found[1]) <= 300_000 * len(found[1])
    }
    lottery = f"{way.terms.name}|takhai-{way.terms.name}|"
    order = sorted(
        poor,
        key=lambda number: (
            -score(*poor[number]),
            Fraction(income(poor[number][1]), len(poor[number][1])),
            -len(poor[number][1]),
            hashlib.sha256(f"{lottery}{number}".encode()).hexdigest(),
        ),
    )
    chosen = set(order[: len(screened) * 20 // 100])
    way.listed_forms = {}
    for person, row in way.new.items():
        number = number_of.get(row.number, "")
        reason = (
            "no_form" if number not in desk.good
            else "official_refused" if number not in screened
            else "over_income" if number not in poor
            else "not_extremely_poor" if number not in chosen
            else "out"
        )  # fmt: skip
        way.count("assess", reason)
        if reason == "out":
            way.listed_forms[number] = (person, row)
    tell(way, desk, {"screened": screened, "poor": poor, "extremely_poor": {n: poor[n] for n in chosen}})
    way.send(
        "pmt-list",
        [
            {"no": n, "form_no": number, "school_code": row.school}
            for n, (number, (_, row)) in enumerate(sorted(way.listed_forms.items()), start=1)
        ],
    )
    return desk


def tell(way: Walk, desk: Desk, found: dict[str, dict[str, tuple[dict[str, str], Rows]]]) -> None:
    """The summary of screening, but for the forms that are late."""
    heads = {name: [income(p) // len(p) for _, p in of.values()] for name, of in found.items()}
    houses: defaultdict[str, list[object]] = defaultdict(list)
    for form, people in desk.good.values():
        same = ([form[name] for name in HOUSE], len(people), income(people))
        houses[form["household_ref"]].append(same)
    pairs = [(a, b) for of in houses.values() for n, a in enumerate(of) for b in of[n + 1 :]]
    way.forms = {
        "findings": {"household_contradicts": sum(a != b for a, b in pairs)},
        **{name: len(of) for name, of in found.items()},
        "income_per_head": {name: sum(of) // len(of) if of else 0 for name, of in heads.items()},
    }


def certify(way: Walk, desk: Desk) -> None:
    """Meetings and results to the enrolled; the forms that came too late are counted."""
    first, last = way.terms.committees
    meetings: defaultdict[str, Rows] = defaultdict(list)
    for told in way.answers("meetings"):
        meetings[told["school_code"]].append(told)
    met = set()
    for school, people in meetings.items():
        here = sum(who["present"] == "yes" for who in people)
        days = [date.fromisoformat(people[0][name]) for name in ("met_on", "signed_on")]
        if len(people) >= 3 and here * 2 >= len(people) and first <= days[0] <= days[1] <= last:
            met.add(school)
    said: dict[str, str] = {}
    for told in way.answers("committee"):
        if told["form_no"] not in way.listed_forms:
            way.exceptions["not_expected"] += 1
        elif told["result"] == "refused" and not told["reason"]:
            way.exceptions["verdict_without_reason"] += 1
        elif told["form_no"] in said:
            way.exceptions["verdict_repeated"] += 1
        else:
            said[told["form_no"]] = told["result"]
    enrolled: dict[str, RegisterRow] = {}
    for number, (person, row) in way.listed_forms.items():
        word = said.get(number, "")
        reason = (
            "no_quorum" if row.school not in met
            else {"": "no_committee_result", "refused": "committee_refused"}.get(word, "out")
        )  # fmt: skip
        way.count("certify", reason)
        if reason == "out":
            enrolled[person] = row
    way.enrolled["new"] = enrolled
    late = way.folder / "forms-late.csv"
    if late.exists():
        desk.take(late, way.folder / "form_members-late.csv", late=True)
    refused = {name: desk.refused[name] for name in REFUSALS}
    way.forms |= {"forms": desk.rows, "taken": len(desk.good), "refused": refused}
