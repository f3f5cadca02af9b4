"""Any order of postings, repeats and reversals leaves the books as a model of plain numbers says."""

from collections import Counter
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from takhai.ledger import queries
from takhai.ledger.services import verify
from takhai.ledger.services.posting import reverse
from takhai.ledger.types import PATHS, Account, Kind
from takhai.platform.ids import uuid7
from takhai.platform.problems import Refusal
from takhai.platform.relations import constant
from takhai.platform.sets import fetch
from tests.ledger.books import BY, DAY, LATER, ROUND, book, carry_over, row

WALKS = sorted(
    (kind.value, source.value, target.value)
    for kind, paths in PATHS.items()
    if kind is not Kind.CARRY
    for source, target in paths
)
Place = tuple[str, str]


class Books(RuleBasedStateMachine):
    """The model: how much each account holds, what each (kind, reference) moved, what was taken back."""

    references = Bundle("references")

    def __init__(self) -> None:
        super().__init__()
        self.held: Counter[Place] = Counter()
        self.moved: dict[tuple[str, UUID], tuple[str, str, int]] = {}
        self.taken_back: set[tuple[str, UUID]] = set()
        self.point = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    @rule(target=references, count=st.integers(1, 3))
    def make(self, count: int) -> object:
        return multiple(*(uuid7() for _ in range(count)))

    @rule(reference=references, walk=st.sampled_from(WALKS), satang=st.sampled_from([1, 50_000, 150_000]))
    def post(self, reference: UUID, walk: tuple[str, str, str], satang: int) -> None:
        kind, source, target = walk
        said = (source, target, satang)
        before = self.moved.get((kind, reference))
        given = [row(reference, Account(source), Account(target), satang)]
        if before is not None and before != said:
            with pytest.raises(Refusal):
                book(Kind(kind), given)
            return
        outcome = book(Kind(kind), given)
        assert (outcome.done, outcome.same) == ((0, 1) if before else (1, 0))
        if before is None:
            self.moved[kind, reference] = said
            self.held[str(ROUND), source] -= satang
            self.held[str(ROUND), target] += satang

    @rule(
        reference=references, path=st.tuples(st.sampled_from(list(Account)), st.sampled_from(list(Account)))
    )
    def stray(self, reference: UUID, path: tuple[Account, Account]) -> None:
        source, target = path
        if source is target or (source, target) in PATHS[Kind.RECEIVE]:
            return
        with pytest.raises((IntegrityError, Refusal)), transaction.atomic():
            book(Kind.RECEIVE, [row(reference, source, target)])

    @rule(reference=references, satang=st.sampled_from([1, 50_000]))
    def carry(self, reference: UUID, satang: int) -> None:
        before = self.moved.get(("carry", reference))
        if before is not None and before[2] != satang:
            with pytest.raises(Refusal):
                carry_over(reference, satang=satang)
            return
        if not queries.accounts(round=ROUND):
            return
        outcome = carry_over(reference, satang=satang)
        assert outcome.done == (0 if before else 1)
        if before is None:
            self.moved["carry", reference] = ("owed", "owed", satang)
            self.held[str(ROUND), "owed"] -= satang
            self.held[str(LATER), "owed"] += satang

    @rule(reference=references, walk=st.sampled_from(WALKS))
    def take_back(self, reference: UUID, walk: tuple[str, str, str]) -> None:
        key = (walk[0], reference)
        found = fetch(
            "SELECT id FROM movement WHERE kind = %(kind)s AND reference = %(reference)s",
            kind=key[0],
            reference=reference,
        )
        assert bool(found) == (key in self.moved)
        if not found:
            return
        wrong = constant(name="wrong", columns={"id": "uuid", "booked_on": "date"}, rows=[(found[0][0], DAY)])
        outcome = reverse(round=ROUND, movements=wrong, by=BY)
        assert outcome.done == (0 if key in self.taken_back else 1)
        if outcome.done:
            source, target, satang = self.moved[key]
            self.taken_back.add(key)
            self.held[str(ROUND), source] += satang
            self.held[str(ROUND), target] -= satang

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        books: Counter[Place] = Counter()
        for each in queries.accounts():
            books[each.round, each.account.value] += each.satang
        assert {place: n for place, n in books.items() if n} == {
            place: n for place, n in self.held.items() if n
        }
        assert sum(books.values()) == 0

    @invariant()
    def nothing_moves_twice(self) -> None:
        rows = fetch("SELECT kind, reference FROM movement WHERE kind <> 'reverse'")
        assert sorted(map(str, rows)) == sorted(map(str, self.moved))

    @invariant()
    def verify_finds_no_more_than_accounts_on_the_wrong_side(self) -> None:
        wrong = {place for place, n in self.held.items() if (n > 0 if place[1] == "budget" else n < 0)}
        found = verify.run()
        assert {each.name for each in found} <= {"account_on_wrong_side"}
        assert {(each.details["round"], each.details["account"]) for each in found} == wrong


@pytest.mark.django_db
def test_the_books_follow_the_model_whatever_is_posted_repeated_and_taken_back() -> None:
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
