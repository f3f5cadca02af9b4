"""What `takhai policy show` prints."""

import pytest

from takhai.policy.show import lines
from takhai.policy.types import NoRate
from takhai.thai.calendar import Term

LINES = lines(Term(2563, 2))


def chosen(topic: str, keys: str = "") -> tuple[str, str, str]:
    (line,) = [each for each in LINES if (each.topic, each.keys) == (topic, keys)]
    return line.value, line.unit, line.status


@pytest.mark.parametrize(
    ("topic", "keys", "shown"),
    [
        ("equity_grant.rate", "component=basic level=kindergarten", ("500.00", "baht", "official")),
        ("equity_grant.income_ceiling", "", ("3,000.00", "baht", "official")),
        ("equity_grant.attendance", "", ("80", "percent", "official")),
        ("equity_grant.screened_levels", "", ("kindergarten, primary, lower_secondary", "words", "official")),
        ("equity_grant.calendar", "group=old step=recover", ("18 ม.ค.–18 ก.พ. 2564", "window", "official")),
        ("equity_grant.calendar", "step=report", ("1 เม.ย. 2564", "window", "inferred")),
        ("equity_grant.pmt_weight", "answer=floor.earth", ("70,000", "millionths", "illustrative")),
        ("equity_grant.pmt_model", "", ("illustrative-1", "text", "illustrative")),
        ("equity_grant.band_quota", "", ("20", "percent", "inferred")),
        ("equity_grant.lottery_seed", "", ("takhai-2563-2", "text", "illustrative")),
        ("equity_grant.committee_least", "", ("3", "count", "illustrative")),
        ("equity_grant.income_most", "", ("500,000.00", "baht", "illustrative")),
        ("equity_grant.skipped_steps", "", ("–", "words", "illustrative")),
        ("equity_grant.not_compliant", "", ("warn", "text", "official")),
        ("equity_grant.entry", "affiliation=bpp", ("*", "text", "official")),
    ],
)
def test_a_value_is_shown_in_the_words_of_its_unit(
    topic: str, keys: str, shown: tuple[str, str, str]
) -> None:
    assert chosen(topic, keys) == shown


def test_every_line_says_since_when_it_holds_since_when_it_is_known_and_where_it_stands() -> None:
    for line in LINES:
        assert line.source_th
        assert line.source_en
        assert line.label_th
        assert line.label_en
        assert line.from_day <= Term(2563, 2).first_day
        assert line.known_on <= Term(2563, 2).first_day


def test_lines_come_by_topic_and_keys_each_once() -> None:
    places = [(line.topic, line.keys) for line in LINES]
    assert len(set(places)) == len(places)
    assert [topic for topic, _ in places] == sorted(topic for topic, _ in places)
    assert len({topic for topic, _ in places}) == 25


def test_the_screening_model_says_in_both_languages_that_it_is_not_the_funds() -> None:
    labels = {(line.label_th, line.label_en) for line in LINES if line.topic.startswith("equity_grant.pmt_")}
    assert len(labels) == 2
    for th, en in labels:
        assert "ไม่ใช่ของ กสศ." in th
        assert "not the Fund's" in en
    assert {line.status for line in LINES if line.topic == "equity_grant.pmt_weight"} == {"illustrative"}


def test_a_round_without_rates_shows_nothing() -> None:
    with pytest.raises(NoRate):
        lines(Term(2561, 1))
