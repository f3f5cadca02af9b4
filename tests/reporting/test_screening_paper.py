"""The screening and the conditions on paper: every figure of its own population, beside the published one."""

import tomllib
from dataclasses import replace

import pytest

from takhai.reporting import indicators, published, summary, words
from takhai.reporting.indicators import Part, Unit
from takhai.reporting.paper import conditions, screening
from takhai.reporting.paper.grids import Grid
from takhai.reporting.paper.printing import bare, whole
from tests.reporting import samples

KNOWN = words.load(words.OWN, words.PAPER)
TOLD = summary.read(samples.summary())
PART = screening.build(TOLD, samples.facts(), words=KNOWN)
CONDITIONS = conditions.build(TOLD, words=KNOWN)
GRIDS = [PART.funnel, PART.household, PART.sources, CONDITIONS.results, CONDITIONS.files]


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
def test_every_row_of_a_table_has_a_cell_under_every_head(grid: Grid) -> None:
    rows = [*grid.rows, *([grid.foot] if grid.foot else [])]
    assert {len(row.cells) for row in rows} == {len(grid.heads)}
    assert all(all(row.cells) for row in rows)


def test_the_funnel_stands_beside_what_was_published_of_the_same_population() -> None:
    cells = {row.label.en: row.cells for row in PART.funnel.rows}
    assert cells["All screened"] == ("1,941", "100.00 %", "1,558,397", "1,831,250")
    assert cells["Extremely poor"] == ("388", "19.99 %", "335,955", "370,526")
    assert cells["Poor"][2:] == cells["Certified"][2:] == ("–", "–")


def test_an_average_is_compared_only_with_one_of_its_own_population() -> None:
    cells = {row.label.en: row for row in PART.household.rows}
    extremely = cells["Mean income per head a month · Extremely poor"]
    poor = cells["Mean income per head a month · Poor"]
    everybody = cells["Mean income per head a month · All screened"]
    assert extremely.cells == ("1,139.08", "1,390.00", "1,143.00")
    assert poor.cells == ("1,789.04", "1,159.00", "1,077.00")
    assert everybody.cells == ("2,412.35", "–", "–")
    assert extremely.note is not None
    assert poor.note is not None
    assert extremely.note != poor.note


def test_unemployment_is_published_of_the_screened_and_welfare_cards_of_the_extremely_poor() -> None:
    cells = {row.label.en: row.cells for row in PART.household.rows}
    assert cells["Household with an unemployed member · All screened"][1:] == ("44.00 %", "73.00 %")
    assert cells["Guardian with a welfare card · Extremely poor"][1:] == ("–", "42.00 %")
    assert cells["Mean household size · Extremely poor"][1:] == ("4.00", "5.00")


def test_the_sum_of_the_published_sources_is_what_the_slides_add_up_to() -> None:
    assert PART.sources.foot is not None
    assert PART.sources.foot.cells[-2:] == ("144.20 %", "160.90 %")
    assert len(PART.sources.rows) == 5


def test_each_source_has_a_bar_of_ours_and_one_of_the_published() -> None:
    for row, bars in zip(PART.sources.rows, PART.source_bars, strict=True):
        ours, theirs = bars.bars
        assert (ours.value, theirs.value) == (row.cells[2], row.cells[4])
        assert [part.kind for part in (*ours.parts, *theirs.parts)] == ["out", "published"]


def test_forms_are_read_taken_and_refused_and_reasons_make_the_refused() -> None:
    read, taken, refused = (int(count.replace(",", "")) for _, count in PART.forms)
    assert read == taken + refused
    assert sum(int(count) for _, count in PART.refused) == refused == int(PART.refused_sum)
    assert [label for label, _ in PART.refused] == list(KNOWN["form_refusal"].values())


def test_conditions_make_everybody_and_a_file_without_refusals_has_no_list_of_them() -> None:
    assert [row.cells for row in CONDITIONS.results.rows] == [
        ("6,532", "96.33 %"),
        ("188", "2.77 %"),
        ("61", "0.90 %"),
    ]
    assert [name.en for name, _, _ in CONDITIONS.refused] == ["School days", "Attendance"]


def test_before_the_conditions_are_looked_at_nobody_has_met_or_missed_them() -> None:
    steps = tuple(each for each in TOLD.steps if each.step != "comply")
    part = conditions.build(replace(TOLD, steps=steps), words=KNOWN)
    assert {row.cells for row in part.results.rows} == {("0", "0.00 %")}
    assert all(bar.parts == () for bars in part.bars for bar in bars.bars)


def test_published_figures_are_of_figures_and_populations_we_know() -> None:
    known = {*indicators.all_of_them(), *KNOWN["income_source"]}
    for each in published.figures():
        assert each.figure in known
        assert each.population in summary.POPULATIONS
        assert each.after is not None
    keys = [(each.figure, each.population) for each in published.figures()]
    assert len(keys) == len(set(keys))


def test_published_shares_are_what_their_counts_make() -> None:
    for name in ("before", "after"):
        screened = getattr(published.of("screened", "screened"), name)
        poorest = getattr(published.of("extremely_poor", "extremely_poor"), name)
        share = getattr(published.of("extremely_poor_share", "extremely_poor"), name)
        assert indicators.share(poorest, screened) == share


def test_published_figures_name_their_source_and_no_figure_is_published_of_a_score() -> None:
    raw = tomllib.loads(published.OWN.read_text("utf-8"))
    assert set(raw) == {"source", "value"}
    assert "2/2563" in published.source().th
    assert published.of("exclusion", "extremely_poor") is None


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        (Unit.PEOPLE, 1_234, "1,234"),
        (Unit.SATANG, 114_300, "1,143.00"),
        (Unit.PERCENT, 4_750, "47.50 %"),
        (Unit.PERCENT, 5, "0.05 %"),
        (Unit.MEMBERS, 490, "4.90"),
        (Unit.ROWS, None, "–"),
    ],
)
def test_a_figure_in_a_table_stands_without_its_noun(unit: Unit, value: int | None, said: str) -> None:
    assert bare(unit, value) == said


@pytest.mark.parametrize(
    "each", [*indicators.of(Part.PROFILE), *indicators.of(Part.ROUND)], ids=lambda e: e.name
)
def test_a_figure_alone_carries_its_unit_in_both_languages(each: indicators.Indicator) -> None:
    word = whole(each.unit, 12_345, words=KNOWN)
    assert any(letter.isdigit() for letter in word.th)
    assert any(letter.isdigit() for letter in word.en)
