"""Which of several dated values holds, and what a snapshot of them is."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai import policy
from takhai.policy.library import Library, library, read
from takhai.policy.types import NoRate, NoValue, Row, Source, Status, Topic, Unit
from tests.policy.files import HEAD, ROUND, SOURCES, VALUE, topic

FIRST = date(2020, 5, 1)
KEYS = {"level": "primary", "component": "living"}
SOURCE = (Source("a", "ก", "A", "rule"), Source("b", "ข", "B", "own"))


def row(*, amount: int, begins: int, lasts: int | None, known: int, key: str) -> Row:
    begin = FIRST + timedelta(days=begins)
    end = None if lasts is None else begin + timedelta(days=lasts)
    known_on = FIRST + timedelta(days=known)
    return Row("equity_grant.x", (("k", key),), amount, Status.OFFICIAL, begin, end, known_on, "a")


def shelf(*rows: Row) -> Library:
    return Library((Topic("equity_grant.x", "ก", "X", Unit.DAYS, ("k",), (), rows, ()),), SOURCE)


rows = st.lists(
    st.builds(
        row,
        amount=st.integers(1, 10_000),
        begins=st.integers(0, 12),
        lasts=st.none() | st.integers(1, 8),
        known=st.integers(-3, 15),
        key=st.sampled_from(["p", "q"]),
    ),
    max_size=8,
    unique_by=lambda r: (r.keys, r.from_day, r.known_on),
)


@given(rows, st.integers(-2, 20), st.none() | st.integers(-4, 16))
def test_the_value_from_the_latest_day_wins_then_the_one_known_last(
    found: list[Row], day: int, known: int | None
) -> None:
    on = FIRST + timedelta(days=day)
    known_on = None if known is None else FIRST + timedelta(days=known)
    snapshot = shelf(*found).as_of(on, known_on)
    for key in ("p", "q"):
        holding = [
            r
            for r in found
            if r.keys == (("k", key),)
            and r.from_day <= on
            and (r.to_day is None or on < r.to_day)
            and (known_on is None or r.known_on <= known_on)
        ]
        if holding:
            best = max(holding, key=lambda r: (r.from_day, r.known_on))
            assert snapshot.value("equity_grant.x", k=key) == best.value
        else:
            with pytest.raises(NoValue):
                snapshot.value("equity_grant.x", k=key)


@given(st.permutations(range(5)), st.data())
def test_the_order_of_values_in_a_file_does_not_matter(order: list[int], data: st.DataObject) -> None:
    five = [row(amount=n + 1, begins=n % 3, lasts=None, known=n, key="pq"[n % 2]) for n in range(5)]
    day = FIRST + timedelta(days=data.draw(st.integers(0, 10)))
    assert shelf(*five).as_of(day).sha256 == shelf(*(five[n] for n in order)).as_of(day).sha256


@given(rows, st.integers(0, 10))
def test_what_comes_later_does_not_change_the_hash_of_a_past_day(found: list[Row], day: int) -> None:
    on = FIRST + timedelta(days=day)
    later = row(amount=5, begins=day + 1, lasts=None, known=0, key="z")
    assert shelf(*found, later).as_of(on).sha256 == shelf(*found).as_of(on).sha256


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 2},
        {"known": 3},
        {"begins": 1},
        {"key": "q"},
        {"lasts": 9},
    ],
)
def test_another_value_key_or_date_is_another_hash(changed: dict[str, object]) -> None:
    usual: dict[str, object] = {"amount": 1, "begins": 0, "lasts": None, "known": 0, "key": "p"}
    day = FIRST + timedelta(days=2)
    one = shelf(row(**usual)).as_of(day)  # type: ignore[arg-type]
    two = shelf(row(**{**usual, **changed})).as_of(day)  # type: ignore[arg-type]
    assert one.sha256 != two.sha256
    assert len(one.sha256) == 64


def test_a_round_replaces_the_values_whole_and_only_in_its_time() -> None:
    found = Library((topic(HEAD + VALUE + ROUND),), SOURCE)
    assert found.as_of(date(2020, 10, 31)).value("equity_grant.rate", **KEYS) == 100
    assert found.as_of(date(2021, 5, 16)).value("equity_grant.rate", **KEYS) == 100
    for day in (date(2020, 11, 1), date(2021, 5, 15)):
        inside = found.as_of(day)
        assert inside.value("equity_grant.rate", level="primary", component="basic") == 7
        with pytest.raises(NoRate):
            inside.value("equity_grant.rate", **KEYS)


def test_before_a_round_was_known_the_usual_values_held() -> None:
    found = Library((topic(HEAD + VALUE + ROUND),), SOURCE)
    before = found.as_of(date(2020, 11, 1), known_on=date(2020, 9, 30))
    assert before.value("equity_grant.rate", **KEYS) == 100
    newer = ROUND.replace("2020-10-01", "2020-12-01").replace("amount = 7", "amount = 9")
    twice = Library((topic(HEAD + VALUE + ROUND + newer),), SOURCE)
    basic = {"level": "primary", "component": "basic"}
    assert twice.as_of(date(2020, 11, 1), date(2020, 11, 30)).value("equity_grant.rate", **basic) == 7
    assert twice.as_of(date(2020, 11, 1)).value("equity_grant.rate", **basic) == 9


def test_a_value_for_one_affiliation_wins_over_the_value_for_any() -> None:
    own = VALUE.replace("amount = 100", 'affiliation = "bpp"\namount = 300')
    snapshot = Library((topic(HEAD + VALUE + own),), SOURCE).as_of(date(2021, 1, 1))
    assert snapshot.value("equity_grant.rate", **KEYS, affiliation="bpp") == 300
    assert snapshot.value("equity_grant.rate", **KEYS, affiliation="obec") == 100
    assert snapshot.value("equity_grant.rate", **KEYS) == 100


def test_a_topic_or_key_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    snapshot = policy.as_of(date(2021, 1, 1))
    with pytest.raises(KeyError):
        snapshot.value("equity_grant.weather")
    with pytest.raises(KeyError):
        snapshot.value("equity_grant.attendance", level="primary")


def test_explaining_gives_every_value_its_topic_and_source() -> None:
    snapshot = policy.as_of(date(2020, 11, 1))
    explained = snapshot.explain()
    assert [each.row for each in explained] == list(snapshot.rows)
    assert all(each.source.id == each.row.source for each in explained)
    assert all(each.topic.name == each.row.topic for each in explained)


def test_the_bytes_of_a_snapshot_carry_no_label() -> None:
    text = policy.as_of(date(2020, 11, 1)).canonical.decode()
    assert "เงินทุนเสมอภาค" not in text
    assert text.count("\n") == len(policy.as_of(date(2020, 11, 1)).rows)


def test_every_policy_file_is_read_and_every_source_is_used() -> None:
    found = library()
    used = {r.source for t in found.topics for r in (*t.rows, *(x for o in t.rounds for x in o.rows))}
    assert used == {source.id for source in found.sources}
    assert [t.name for t in found.topics] == sorted(t.name for t in found.topics)
    # No round has published a score, so the topic waits for its first value.
    assert [t.name for t in found.topics if not (t.rows or t.rounds)] == ["equity_grant.band_score"]


def test_a_folder_of_programmes_is_read_from_disk(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "meals").mkdir()
    (tmp_path / "meals" / "rate.toml").write_text(HEAD + VALUE, encoding="utf-8")
    (tmp_path / "meals" / "notes.txt").write_text("not a topic", encoding="utf-8")
    found = read(tmp_path)
    assert [t.name for t in found.topics] == ["meals.rate"]
    assert found.as_of(date(2021, 1, 1)).value("meals.rate", **KEYS) == 100
