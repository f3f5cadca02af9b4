"""What `takhai explain` prints: one pupil in a round, told in one language."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from takhai import screening
from takhai.benefits.rules.compliance import days_that_count
from takhai.benefits.types import FINDINGS
from takhai.payments.queries import Line
from takhai.payments.types import Channel
from takhai.policy import for_round
from takhai.reporting.words import Language, Speech, load
from takhai.screening.rules.explanation import Explanation
from takhai.screening.types import COMMITTEE_REFUSED, OFFICIAL_REFUSED, Cutoff, Household
from takhai.semester import explain_home as home
from takhai.semester import explain_outcome as outcome
from takhai.semester.explaining import Explained, Screened
from takhai.thai.calendar import Term

WORDS: Final = (
    Path(screening.__file__).with_name("words.toml"),
    Path(__file__).with_name("words_explain.toml"),
)
WIDTH: Final = 78
_WAIT: Final = {
    outcome.FORM_RECEIVED,
    outcome.COMMITTEE_AWAITED,
    outcome.TO_BE_ENROLLED,
    outcome.TO_BE_ENTITLED,
    outcome.TO_BE_ORDERED,
    "sent",
    "unsettled",
}


@dataclass(frozen=True, slots=True)
class Who:
    """The pupil as the paper calls him; "" where nothing is known."""

    name: str
    grade: str
    school: str


def speech(language: Language) -> Speech:
    """The words of an explanation."""
    return Speech(language=language, words=load(*WORDS))


def paper(*, explained: Explained, who: Who, speech: Speech) -> list[str]:
    """The lines, none wider than WIDTH but for a word that is."""
    term = explained.policy.term
    lines = [speech.say("head", "title", term=speech.term(term))]
    lines.append(" · ".join(part for part in (who.name, who.grade, who.school) if part))
    for head, texts in (
        ("result", _result(explained, speech)),
        ("money", _money(explained, speech)),
        ("earlier", _earlier(explained, speech)),
        ("do", _do(explained, speech)),
        ("days", _days(explained, speech)),
        ("group", _group(explained, speech)),
        ("home", _home(explained, speech)),
        ("otherwise", _otherwise(explained, speech)),
        ("policy", _policy(explained, speech)),
    ):
        told = [wrapped for text in texts for wrapped in wrap(text)]
        if told:
            lines += ["", speech.say("head", head), *told]
    return lines


def wrap(text: str) -> Iterator[str]:
    """The text two columns in, broken at its spaces; what follows a break stands two further in."""
    indent = len(text) - len(text.lstrip())
    line = " " * (indent + 2)
    for word in text.split():
        empty = not line.strip()
        if not empty and width(line) + 1 + width(word) > WIDTH:
            yield line
            line, empty = " " * (indent + 4), True
        line += word if empty else f" {word}"
    yield line


def width(text: str) -> int:
    """Columns of a terminal: Thai vowels and tone marks above and below take none."""
    return sum(unicodedata.category(char) not in {"Mn", "Me", "Cf"} for char in text)


def _result(explained: Explained, speech: Speech) -> Iterable[str]:
    yield speech.say("result", outcome.result(explained), **_details(explained, explained.line, speech))
    for whose, reason in _reasons(explained.screened):
        if reason.strip(" -"):
            yield speech.say("reason_given", whose, reason=reason)


def _reasons(screened: Screened | None) -> Iterable[tuple[str, str]]:
    """Who refused, and his reason; "-" where a person's words were erased since."""
    if screened is None or screened.decided is None:
        return
    if screened.form and screened.decided.reason == OFFICIAL_REFUSED:
        yield "official", screened.form.official_reason
    if screened.committee and screened.decided.certify_reason == COMMITTEE_REFUSED:
        yield "committee", screened.committee.reason


def _money(explained: Explained, speech: Speech) -> Iterable[str]:
    key = outcome.money(explained)
    if key is not None:
        yield speech.say("money", key, **_details(explained, explained.line, speech))


def _earlier(explained: Explained, speech: Speech) -> Iterable[str]:
    for line in explained.lines:
        if line.entitlement_round != str(explained.policy.term):
            text = speech.say("money", outcome.money_of(line), **_details(explained, line, speech))
            term = speech.term(Term.parse(line.entitlement_round))
            yield speech.say("money", "of_term", term=term, text=text)


def _do(explained: Explained, speech: Speech) -> Iterable[str]:
    details = _details(explained, explained.line, speech)
    return [speech.say("do", key, **details) for key in _things_to_do(explained)]


def _things_to_do(explained: Explained) -> list[str]:
    result, money, line = outcome.result(explained), outcome.money(explained), explained.line
    if result == "paid":
        return ["nothing"]
    if result in _WAIT:
        return ["wait"]
    if result == outcome.HELD:
        return [str(money), "lifted"] if money in FINDINGS else [str(money)]
    if line is not None and result in {"due_back", "returned"}:
        return ["sorry"] if line.reason == "died" else [result]
    if line is not None and result == "bank_refused":
        return [str(money) if line.channel is Channel.PROMPTPAY else "school_account", "again"]
    return [result, *{"no_account": ["again"], "dead": ["sorry"]}.get(result, [])]


def _days(explained: Explained, speech: Speech) -> Iterable[str]:
    """School days of this term and of the one before, which decides whether this term's money is held."""
    for term, judged in explained.judged.items():
        facts = judged.facts
        text = speech.say(
            "days",
            judged.verdict.reason.value,
            came=facts.days_present or 0,
            days=days_that_count(facts),
            percent=facts.percent,
        )
        yield speech.say("days", "of_term", term=speech.term(term), text=text)


def _group(explained: Explained, speech: Speech) -> Iterable[str]:
    standing = explained.standing
    return [speech.say("group", standing.reason if standing else outcome.NOT_IN_ROUND)]


def _home(explained: Explained, speech: Speech) -> Iterable[str]:
    for told, cutoff, household in _read(explained):
        yield from home.income(household=household, cutoff=cutoff, speech=speech)
        yield from home.score(told=told, model=explained.policy.pmt, speech=speech)
        yield from home.line(told=told, cutoff=cutoff, speech=speech)


def _otherwise(explained: Explained, speech: Speech) -> Iterable[str]:
    for told, cutoff, _ in _read(explained):
        yield from home.otherwise(told=told, cutoff=cutoff, speech=speech)


def _read(explained: Explained) -> Iterable[tuple[Explanation, Cutoff, Household]]:
    """The household and what was made of it, once it was compared with the others."""
    screened = explained.screened
    if screened is None or screened.decided is None or screened.told is None:
        return
    if screened.told.verdict.screened and screened.cutoff and screened.form:
        yield screened.told, screened.cutoff, screened.form.household


def _policy(explained: Explained, speech: Speech) -> Iterable[str]:
    policy, screened, entitled = explained.policy, explained.screened, explained.entitled
    if screened is not None:
        yield speech.say("model", "not_the_funds", version=policy.pmt.version)
        yield speech.say("model", "unpublished")
    yield speech.say("policy", "round", round=policy.term.label)
    yield f"  {policy.sha256}"
    if screened is not None:
        yield speech.say("policy", "model")
        yield f"  {policy.pmt.sha256}"
    used = {each.policy_sha256 for each in (screened and screened.decided, entitled) if each}
    if used:
        yield speech.say("policy", "agrees" if explained.agrees else "differs")
    if used - {policy.sha256}:
        yield speech.say("policy", "changed")


def _details(explained: Explained, line: Line | None, speech: Speech) -> dict[str, str | int]:
    """What the sentences ask for: amount, and the days that matter; empty where there is none."""
    amount = line.satang if line else explained.entitled.decided.amount if explained.entitled else 0
    reached = line and (line.returned_on or line.received_on or line.booked_on)
    days = {"day": reached, "closed": line and line.closed_on, "until": _until(explained, line)}
    told = {name: speech.day(day) if day else "" for name, day in days.items()}
    return {"baht": home.money(amount), **told}


def _until(explained: Explained, line: Line | None) -> date | None:
    """The last day for what has to be done: fetching the cash, or sending the form."""
    if line is not None:
        return for_round(Term.parse(line.round)).window("recover", line.group).closes
    standing = explained.standing
    if standing is None or explained.screened is None:
        return None
    return explained.policy.window("assess", standing.group).closes
