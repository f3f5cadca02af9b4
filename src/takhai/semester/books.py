"""What the other rooms say the books must hold."""

from takhai.benefits import queries as benefits
from takhai.ledger.types import Claim
from takhai.payments import queries as payments
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation
from takhai.platform.steps import closed, task_name
from takhai.policy import for_round
from takhai.semester.summary import begun


def claims() -> list[Claim]:
    """One for each group whose recover is closed: what its steps and lines claim (``ROUND`` section 8)."""
    found = []
    for term in begun():
        for group in for_round(term).groups:
            entitled = closed(task=task_name(key=str(term), group=group, step="entitle"))
            if entitled is not None and closed(task=task_name(key=str(term), group=group, step="recover")):
                found.append(payments.claim(round=term, group=group, entitled=entitled.satang_out))
    return found


def changed_lists() -> list[Refusal]:
    """Frozen lists whose rows no longer give their hash."""
    return benefits.problems()


def expected() -> tuple[Relation, Relation]:
    """The movements that lists and order lines stand for."""
    return benefits.movements(), payments.movements()
