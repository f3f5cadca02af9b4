"""A process that pays, for the tests that kill the server under it: ``python -m tests.payments.payer``.

``prepare N`` makes the tables and an approved list of N pupils; ``pay A B FILE`` pays the pupils from A to B one
by one, each in a transaction of its own, and writes a line into FILE after each commit that was acknowledged;
``tell`` says as JSON what the database knows. The home of the server is TAKHAI_HOME.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "takhai.site.settings"
django.setup()

from django.db import InterfaceError, OperationalError, connection, transaction  # noqa: E402

from takhai.benefits import queries as benefits  # noqa: E402
from takhai.benefits.types import GRANTED_COLUMNS  # noqa: E402
from takhai.ledger.services import verify  # noqa: E402
from takhai.payments import queries as payments  # noqa: E402
from takhai.payments.services import orders  # noqa: E402
from takhai.platform import secrets  # noqa: E402
from takhai.platform.relations import constant  # noqa: E402
from takhai.platform.sets import fetch  # noqa: E402
from takhai.registry import queries as registry  # noqa: E402
from takhai.site import migrations  # noqa: E402
from tests.benefits.town import ROUND, SCOPE  # noqa: E402
from tests.payments.till import Till  # noqa: E402

T = TypeVar("T")
_BREATH = 0.02


def prepare(count: int) -> None:
    """Tables, keys and an approved list; every pupil is paid by PromptPay."""
    migrations.migrate()
    secrets.establish(allow_create=True, by="test")
    with transaction.atomic():
        till = Till(root=Path(os.environ["TAKHAI_HOME"]))
        till.by_promptpay(count)
        till.sign()


def pay(first: int, last: int, told: Path) -> None:
    """Pays on and on, through every death of the server; ends when all are paid."""
    rows = _patiently(_list)[first:last]
    with told.open("ab", buffering=0) as acknowledged:
        for row in rows:
            _patiently(lambda row=row: _order(row))
            acknowledged.write(f"{row[1]} {time.time()}\n".encode())


def tell() -> None:
    """How often each pupil is paid, and whether the books hold."""
    lines = fetch("SELECT person_id, count(*) FILTER (WHERE live), count(*) FROM order_line GROUP BY 1")
    problems = verify.run(expected=[benefits.movements(), payments.movements()])
    paid = {str(person): [live, rows] for person, live, rows in lines}
    sys.stdout.write(json.dumps({"paid": paid, "wrong": [problem.en for problem in problems]}))


def _list() -> list[tuple[object, ...]]:
    granted = benefits.granted(round=ROUND, group="old", scope=SCOPE)
    return fetch(f"SELECT {', '.join(GRANTED_COLUMNS)} FROM granted ORDER BY person", granted)


def _order(row: tuple[object, ...]) -> None:
    one = constant(name="granted", columns=GRANTED_COLUMNS, rows=[row])
    with transaction.atomic():
        orders.issue(
            round=ROUND,
            group="old",
            province="81",
            as_of=date(2021, 1, 6),
            granted=one,
            numbers=registry.number_forms(scope=SCOPE),
            schools=registry.school_accounts(scope=SCOPE),
        )


def _patiently(work: Callable[[], T]) -> T:
    """Tries again until the server, killed meanwhile, answers; whoever did not hear does not know."""
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(_BREATH)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", count]:
            prepare(int(count))
        case ["pay", first, last, told]:
            pay(int(first), int(last), Path(told))
        case ["tell"]:
            tell()
