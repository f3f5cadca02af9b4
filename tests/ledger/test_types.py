"""The paths that money may take, as the rules of a round say them."""

import pytest

from takhai.ledger.types import PATHS, Account, Kind


def test_every_kind_has_its_paths_and_only_a_reversal_has_none_of_its_own() -> None:
    assert set(PATHS) == set(Kind)
    assert {kind for kind, paths in PATHS.items() if not paths} == {Kind.REVERSE}


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        (Kind.ENTITLE, "budget", "owed"),
        (Kind.CARRY, "owed", "owed"),
        (Kind.ORDER, "owed", "sent.promptpay"),
        (Kind.ORDER, "owed", "sent.school"),
        (Kind.PAY, "sent.promptpay", "paid"),
        (Kind.DELIVER, "sent.school", "at_school"),
        (Kind.REFUSE, "sent.promptpay", "owed"),
        (Kind.REFUSE, "sent.school", "owed"),
        (Kind.RECEIVE, "at_school", "paid"),
        (Kind.FALL_DUE, "at_school", "due_back"),
        (Kind.GIVE_BACK, "due_back", "returned"),
        (Kind.RECEIVE_LATE, "due_back", "paid"),
    ],
)
def test_money_takes_the_paths_of_the_round(kind: Kind, source: str, target: str) -> None:
    assert (Account(source), Account(target)) in PATHS[kind]


def test_there_are_no_other_paths() -> None:
    assert sum(len(paths) for paths in PATHS.values()) == 12


def test_nothing_leaves_what_was_paid_or_returned() -> None:
    sources = {source for paths in PATHS.values() for source, _ in paths}
    assert sources.isdisjoint({Account.PAID, Account.RETURNED})


def test_only_the_budget_gives_without_having_received() -> None:
    targets = {target for paths in PATHS.values() for _, target in paths}
    assert set(Account) - targets == {Account.BUDGET}
