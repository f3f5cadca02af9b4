"""A law that does not hold, said in words that name the step, both sides and the gap."""

from takhai.reporting.law import Break
from takhai.reporting.words import Speech


def sentence(fault: Break, *, speech: Speech) -> str:
    """One sentence for one break of the law."""

    def amount(number: int) -> str:
        if fault.is_money:
            return speech.baht(number)
        return speech.rows(number) if fault.step == "intake" else speech.people(number)

    return speech.say(
        "law",
        fault.side,
        step=speech.say("step", fault.step) if fault.step else "",
        group=speech.say("group", fault.group or "none"),
        came=amount(fault.came),
        went=amount(fault.went),
        gap=amount(fault.gap),
    )
