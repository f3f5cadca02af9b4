"""The parts of the report: each cut makes the same total, each line its own law, nothing is left out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.policy import for_round
from takhai.reporting import summary, words
from takhai.reporting.paper import cuts, flow
from takhai.reporting.types import Breakdown, BreakdownRow, Standing
from takhai.reporting.words import Language, Speech
from takhai.thai.money import parse_baht
from tests.reporting import counts, samples

KNOWN = words.load(words.OWN, words.PAPER)
SPEECHES = (Speech(Language.TH, KNOWN), Speech(Language.EN, KNOWN))
TOLD = summary.read(samples.summary())
LINES = flow.lines(TOLD, words=KNOWN, windows=for_round(TOLD.term).windows, speeches=SPEECHES)
LEAVINGS = flow.leavings(TOLD, words=KNOWN)
BREAKDOWN = samples.breakdown()
CUTS = {cut.name: cut for cut in cuts.cuts(BREAKDOWN, words=KNOWN)}

CELLS = st.builds(
    BreakdownRow,
    group=st.just("old"),
    level=st.sampled_from(list(KNOWN["level"])),
    agency=st.sampled_from(list(KNOWN["agency"])),
    channel=st.sampled_from(list(KNOWN["channel"])),
    area=st.sampled_from(samples.AREAS),
    standing=st.sampled_from(list(Standing)),
    persons=st.integers(1, 10**5),
    satang=st.integers(1, 10**10),
)


def amount(text: str) -> int:
    return -parse_baht(text[1:]) if text.startswith("-") else parse_baht(text)


def count(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_step_of_the_summary_has_a_line_in_its_order() -> None:
    assert [line.step for line in LINES] == [KNOWN["step"][each.step] for each in TOLD.steps]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.step.en)
def test_a_line_says_in_and_joined_make_out_dropped_and_held(line: flow.Line) -> None:
    in_, joined, out, dropped, held = map(count, line.people)
    assert in_ + joined == out + dropped + held
    if line.money:
        in_, joined, out, dropped, held = map(amount, line.money)
        assert in_ + joined == out + dropped + held


def test_lines_of_steps_without_money_carry_none() -> None:
    with_money = {line.step.en for line in LINES if line.money}
    assert with_money == {"Fix entitlements", "Order payment", "Match bank results", "Pay cash and recover"}


def test_a_line_names_its_window_in_both_languages_and_only_intake_counts_rows() -> None:
    windows = [line.window for line in LINES if line.step.en == "Match bank results"]
    assert [(window.th, window.en) for window in windows if window] == [
        ("6–11 ม.ค. 2564", "6–11 Jan 2564 BE"),
        ("22–26 ก.พ. 2564", "22–26 Feb 2564 BE"),
    ]
    assert [line.step.en for line in LINES if line.unit == KNOWN["paper"]["rows"]] == ["Take in registers"]


def test_a_round_outside_the_calendar_has_lines_without_windows() -> None:
    bare = flow.lines(TOLD, words=KNOWN, windows={}, speeches=SPEECHES)
    assert all(line.window is None for line in bare)


def test_every_reason_of_the_round_is_printed_those_of_nobody_too() -> None:
    printed = [reason.label for leaving in LEAVINGS for reason in leaving.reasons]
    assert set(printed) == {KNOWN["reason"][name] for name in samples.REASONS}
    nobody = [
        (reason.label, reason.people) for leaving in LEAVINGS for reason in leaving.reasons if reason.nobody
    ]
    assert (KNOWN["reason"]["not_compliant"], "0") in nobody
    assert {people for _, people in nobody} == {"0"}


@pytest.mark.parametrize("leaving", LEAVINGS, ids=lambda leaving: f"{leaving.step.en}-{leaving.kind}")
def test_the_reasons_of_a_step_sum_to_its_total(leaving: flow.Leaving) -> None:
    assert sum(count(reason.people) for reason in leaving.reasons) == count(leaving.people)
    if leaving.satang:
        assert sum(amount(reason.satang) for reason in leaving.reasons) == amount(leaving.satang)
    else:
        assert {reason.satang for reason in leaving.reasons} == {""}


def test_who_is_dropped_stands_apart_from_who_is_held() -> None:
    entitle = [leaving for leaving in LEAVINGS if leaving.step == KNOWN["step"]["entitle"]]
    assert [(leaving.group, leaving.kind) for leaving in entitle] == [
        (KNOWN["group"][group], kind) for group in ("old", "new") for kind in ("dropped", "held")
    ]


@pytest.mark.parametrize("name", ["level", "agency", "channel", "area"])
def test_each_cut_makes_the_total_of_all_cells(name: str) -> None:
    cut = CUTS[name]
    whole = sum(row.satang for row in BREAKDOWN.rows)
    assert sum(amount(row.total) for row in cut.rows) == whole == amount(cut.total.total)
    assert sum(count(row.persons) for row in cut.rows) == count(cut.total.persons)


def test_all_cells_together_are_the_entitled_less_those_dropped_for_good() -> None:
    entitled = [flow for group in ("old", "new") if (flow := TOLD.of("entitle", group))]
    expected = sum(each.satang_joined - sum(each.satang_dropped.values()) for each in entitled)
    # Who came back joined twice and stands in one cell.
    assert sum(row.satang for row in BREAKDOWN.rows) == expected - samples.satang(counts.BACK_AT_ENTITLE)


def test_the_standings_of_the_cells_are_those_of_the_ledger_and_the_flow() -> None:
    printed = {row.label.en: amount(row.total) for row in cuts.standings(BREAKDOWN, words=KNOWN)}
    assert printed == {
        "Paid": TOLD.ledger["paid"],
        "Held": TOLD.held()[1]
        - samples.satang(counts.BACK_AT_ENTITLE)
        - samples.satang(counts.BACK_AT_ORDER),
        "Due back": TOLD.ledger["due_back"],
        "Returned": TOLD.ledger["returned"],
    }


def test_money_under_way_is_shown_only_while_there_is_some() -> None:
    moving = replace(BREAKDOWN.rows[0], standing=Standing.UNDER_WAY)
    shown = cuts.standings(Breakdown(BREAKDOWN.as_of, BREAKDOWN.extracted_on, (moving,)), words=KNOWN)
    assert [(row.label.en, row.persons != "0") for row in shown] == [
        ("Paid", False),
        ("Under way", True),
        ("Held", False),
        ("Due back", False),
        ("Returned", False),
    ]


def test_values_keep_the_order_of_the_words_and_areas_that_of_their_names() -> None:
    assert [row.label.en for row in CUTS["level"].rows] == ["Kindergarten", "Primary", "Lower secondary"]
    assert [row.label.th for row in CUTS["area"].rows] == sorted(samples.AREAS)


def test_an_agency_is_named_in_full_beside_its_short_name() -> None:
    obec = CUTS["agency"].rows[0]
    assert obec.label == KNOWN["agency"]["obec"]
    assert obec.full == KNOWN["agency_full"]["obec"]


def test_a_value_that_no_cell_has_gets_no_row() -> None:
    assert "Bangkok" not in [row.label.en for row in CUTS["agency"].rows]


def test_a_cut_of_no_cells_is_empty_and_totals_nothing() -> None:
    nothing = Breakdown(BREAKDOWN.as_of, BREAKDOWN.extracted_on, ())
    for cut in cuts.cuts(nothing, words=KNOWN):
        assert cut.rows == ()
        assert (cut.total.persons, cut.total.total) == ("0", "0.00")


@settings(max_examples=50)
@given(cells=st.lists(CELLS, max_size=30))
def test_whatever_the_cells_every_cut_and_column_makes_the_same_total(cells: list[BreakdownRow]) -> None:
    whole = sum(cell.satang for cell in cells)
    for cut in cuts.cuts(Breakdown(BREAKDOWN.as_of, BREAKDOWN.extracted_on, tuple(cells)), words=KNOWN):
        assert sum(amount(row.total) for row in cut.rows) == whole
        for row in (*cut.rows, cut.total):
            assert sum(amount(text) for text in row.amounts) == amount(row.total)
            assert len(row.amounts) == len(cut.standings)
