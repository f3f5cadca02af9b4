"""UUIDv7 as RFC 9562 lays it out."""

import time

from takhai.platform.ids import uuid7, uuid7s


def test_an_id_says_version_7_and_the_rfc_variant() -> None:
    made = uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_an_id_begins_with_the_millisecond_it_was_made_in() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000
    assert before <= made.int >> 80 <= after


def test_a_batch_rises_and_repeats_nothing() -> None:
    batch = uuid7s(50_000)
    assert batch == sorted(batch)
    assert len(set(batch)) == 50_000
    assert {made.version for made in batch} == {7}
    assert {made.variant for made in batch} == {"specified in RFC 4122"}


def test_a_later_batch_sorts_behind_an_earlier_one() -> None:
    first = uuid7s(100)
    time.sleep(0.002)
    assert first[-1] < uuid7s(1)[0]


def test_no_ids_are_asked_for_and_none_are_made() -> None:
    assert uuid7s(0) == []
