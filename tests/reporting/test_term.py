"""The term report: one file, whole, the same bytes for the same round, and only when the books agree."""

import re
import stat
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from takhai.platform.problems import Refusal
from takhai.reporting import indicators, summary, words
from takhai.reporting.indicators import Part
from takhai.reporting.services import term
from takhai.reporting.types import Breakdown, Population, ScreeningFacts, Standing
from takhai.thai.money import baht
from tests.reporting import samples

KNOWN = words.load(words.OWN, words.PAPER)
HOSTILE = '<script>alert("ก")</script><img src=x onerror=y>'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return publish(tmp_path_factory.mktemp("report")).read_text("utf-8")


def publish(
    folder: Path,
    *,
    breakdown: Breakdown | None = None,
    screening: ScreeningFacts | None = None,
    **changes: Any,
) -> Path:
    return term.publish(
        summary={**samples.summary(), **changes},
        breakdown=breakdown or samples.breakdown(),
        screening=screening or samples.facts(),
        out_dir=folder,
    )


def both(path: Path) -> tuple[bytes, bytes]:
    """The page and the workbook beside it."""
    return path.read_bytes(), path.with_suffix(".xlsx").read_bytes()


class Outline(HTMLParser):
    """Tags with their attributes, headings, and texts outside the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def test_a_report_is_one_file_named_after_its_round_for_its_owner_alone(tmp_path: Path) -> None:
    path = publish(tmp_path / "reports")
    assert path == tmp_path / "reports" / "report-2563-2.html"
    assert {each.name for each in path.parent.iterdir()} == {path.name, "report-2563-2.xlsx"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


def test_the_same_round_makes_the_same_bytes_wherever_it_is_written(tmp_path: Path) -> None:
    one = both(publish(tmp_path / "one"))
    assert one == both(publish(tmp_path / "two"))
    assert one == both(publish(tmp_path / "two", report="/elsewhere/report.html"))


def test_a_report_asks_nothing_of_the_network_and_runs_nothing(page: str) -> None:
    outline = Outline(page)
    assert {tag for tag, _ in outline.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert not [
        name for _, attrs in outline.tags for name in attrs if name.startswith("on") or name == "style"
    ]
    references = re.findall(r"url\(([^)]*)\)", page)
    assert all(each.startswith(("data:font/woff2;base64,", "#over-")) for each in references)
    assert "http:" not in page
    assert "https:" not in page


def test_its_type_is_inside_in_two_weights_and_two_scripts(page: str) -> None:
    assert page.count("@font-face") == 4 == page.count("data:font/woff2;base64,")


def test_it_is_thai_first_with_english_marked_as_such(page: str) -> None:
    assert '<html lang="th"' in page
    assert '<span class="tk-en" lang="en">Equity grant report</span>' in page


@pytest.mark.parametrize("name", samples.REASONS)
def test_every_reason_stands_in_it_in_both_languages(page: str, name: str) -> None:
    text = Outline(page).text
    assert KNOWN["reason"][name].th in text
    assert KNOWN["reason"][name].en in text


@pytest.mark.parametrize(
    "name", [name for name, each in indicators.all_of_them().items() if each.part is not Part.TARGETING]
)
def test_every_indicator_stands_in_it_with_its_definition(page: str, name: str) -> None:
    each, text = indicators.all_of_them()[name], Outline(page).text
    for word in (each.label, each.definition):
        assert word.th in text
        assert word.en in text


def test_every_amount_of_the_ledger_and_after_the_close_stands_in_it(page: str) -> None:
    text = Outline(page).text
    raw = samples.summary()
    for satang in (*raw["ledger"].values(), *raw["after_close"].values()):
        assert baht(satang) in text


def test_every_exception_stands_in_it_those_that_nobody_met_too(page: str) -> None:
    text = Outline(page).text
    for name in samples.EXCEPTIONS:
        assert KNOWN["exception"][name].th in text


@pytest.mark.parametrize(
    "head",
    [
        "ตามสถานะ",
        "ตามระดับชั้น",
        "ตามสังกัด",
        "ตามช่องทาง",
        "ตามเขตพื้นที่",
        "เส้นทางทีละขั้น",
        "คัดกรองความยากจน",
        "เงื่อนไขของผู้รับทุน",
        "คำนิยาม",
    ],
)
def test_it_has_the_parts_a_director_looks_for(page: str, head: str) -> None:
    assert head in Outline(page).text


def test_each_chart_has_a_table_of_the_same_numbers(page: str) -> None:
    charts = re.findall(r'<div class="tk-chart".*?</table>', page, re.DOTALL)
    assert len(charts) == 9
    for each in charts:
        drawn = re.findall(r'tk-chart__value">([^<]+)<', each)
        table = each[each.index("<table") :]
        assert drawn
        assert all(f">{value}<" in table for value in drawn)


def test_who_was_dropped_stands_in_one_column_and_who_was_held_in_the_other(page: str) -> None:
    kinds = re.findall(r'<section class="tk-leaving tk-loss tk-loss--(\w+)"', page)
    assert kinds == sorted(kinds)
    assert set(kinds) == {"dropped", "held"}


def test_the_standings_make_the_total_of_every_cut(page: str) -> None:
    totals = re.findall(r"<tfoot>.*?</tfoot>", page[page.index('id="by-standing"') :], re.DOTALL)
    persons_and_baht = [re.findall(r">([\d,.]+)</td>", each) for each in totals[:5]]
    assert len({(each[0], each[-1]) for each in persons_and_baht}) == 1


def test_it_says_of_when_its_figures_are_and_when_they_were_read(page: str) -> None:
    text = Outline(page).text
    assert "ตัวเลข ณ วันที่ Figures as of 1 เม.ย. 2564" in text
    assert "อ่านข้อมูลเมื่อ Data read on 2 เม.ย. 2564" in text


def test_it_carries_the_fingerprints_of_policy_and_data(page: str) -> None:
    told = summary.read(samples.summary())
    assert samples.POLICY in page
    assert term.digest(summary=told, breakdown=samples.breakdown(), screening=samples.facts()) in page


def test_the_fingerprint_changes_with_any_figure() -> None:
    told, cells, facts = summary.read(samples.summary()), samples.breakdown(), samples.facts()
    later = replace(cells, rows=(replace(cells.rows[0], persons=cells.rows[0].persons + 1), *cells.rows[1:]))
    other = replace(told, exceptions={**told.exceptions, "result_late": 9})
    larger = replace(facts, poor=replace(facts.poor, members=facts.poor.members + 1))
    made = [(told, cells, facts), (told, later, facts), (other, cells, facts), (told, cells, larger)]
    prints = {term.digest(summary=one, breakdown=two, screening=three) for one, two, three in made}
    assert len(prints) == 4


def test_a_round_without_a_gap_says_that_everybody_is_accounted_for(page: str) -> None:
    assert KNOWN["law"]["title"].th in Outline(page).text
    assert "tk-law--broken" not in page[page.index("<main") :]


def test_a_round_with_a_gap_says_where_and_how_much(tmp_path: Path) -> None:
    steps = samples.broken()["steps"]
    text = Outline(publish(tmp_path, steps=steps).read_text("utf-8")).text
    assert KNOWN["law"]["broken"].th in text
    assert "ต่างกัน 7 คน" in text
    assert "the gap is 0.01 baht" in text


def test_hostile_names_of_areas_are_text_and_nothing_else(tmp_path: Path) -> None:
    cells = samples.breakdown()
    rows = tuple(replace(row, area=HOSTILE) if row.area == samples.AREAS[0] else row for row in cells.rows)
    written = publish(tmp_path, breakdown=replace(cells, rows=rows)).read_text("utf-8")
    outline = Outline(written)
    assert HOSTILE in outline.text
    assert {tag for tag, _ in outline.tags}.isdisjoint({"script", "img"})
    assert HOSTILE not in written


def test_a_hostile_policy_text_is_text_and_nothing_else(tmp_path: Path) -> None:
    written = publish(tmp_path, policy=HOSTILE).read_text("utf-8")
    assert HOSTILE not in written
    assert HOSTILE in Outline(written).text


@pytest.mark.parametrize("standing", [Standing.PAID, Standing.DUE_BACK, Standing.RETURNED])
def test_no_report_is_made_when_cells_and_ledger_differ_by_one_satang(
    tmp_path: Path, standing: Standing
) -> None:
    cells = samples.breakdown()
    at = next(n for n, row in enumerate(cells.rows) if row.standing is standing)
    row = cells.rows[at]
    rows = (*cells.rows[:at], replace(row, satang=row.satang + 1), *cells.rows[at + 1 :])
    with pytest.raises(Refusal, match="no report is made") as refused:
        publish(tmp_path, breakdown=replace(cells, rows=rows))
    assert refused.value.code == 9001
    assert standing.value in refused.value.en
    assert list(tmp_path.iterdir()) == []


def test_without_its_style_no_report_is_made_and_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term, "STYLE", tmp_path / "missing.css")
    with pytest.raises(Refusal, match="not been built") as refused:
        publish(tmp_path / "out")
    assert "make assets" in refused.value.mend_en


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_anchor_is_used_twice(page: str) -> None:
    ids = [attrs["id"] for _, attrs in Outline(page).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_paper_is_a4_with_numbered_pages(page: str) -> None:
    assert "size:A4" in page
    assert 'counter(page) " / " counter(pages)' in page


def test_screening_stands_in_it_by_population_beside_what_was_published(page: str) -> None:
    text = Outline(page).text
    for piece in (
        "1,941",
        "388",
        "369",
        "1,139.08",
        "2,412.35",
        "1,831,250",
        "370,526",
        "1,143.00",
        "160.90 %",
    ):
        assert piece in text
    assert "ไม่ใช่ของ กสศ." in text


def test_every_average_says_of_which_population_it_is(page: str) -> None:
    at = page.index('id="household"')
    rows = re.findall(r"<th scope=\"row\"[^>]*>([^<]+)", page[at : page.index('id="sources"')])
    wanted = [KNOWN["population"][name].th for name in summary.POPULATIONS]
    assert len(rows) == 4 * len(wanted)
    assert all(row.strip().endswith(wanted[n % 3]) for n, row in enumerate(rows))


def test_income_sources_are_flagged_where_they_add_up_to_more_than_everybody(page: str) -> None:
    text = Outline(page).text
    assert KNOWN["paper"]["sources_about"].th in text
    assert KNOWN["paper"]["sum_multi"].en in text


@pytest.mark.parametrize("name", samples.FORM_REFUSED)
def test_every_reason_to_refuse_a_form_stands_in_it_those_nobody_met_too(page: str, name: str) -> None:
    assert KNOWN["form_refusal"][name].th in Outline(page).text


def test_the_conditions_of_all_beneficiaries_stand_in_it(page: str) -> None:
    part = page[page.index('id="conditions"') :]
    for piece in ("6,532", "188", "61", "96.33 %"):
        assert f">{piece}<" in part


@pytest.mark.parametrize("population", summary.POPULATIONS)
def test_no_report_is_made_when_forms_and_summary_differ_by_one_pupil(
    tmp_path: Path, population: str
) -> None:
    facts = samples.facts()
    one: Population = getattr(facts, population)
    with pytest.raises(Refusal, match="no report is made") as refused:
        publish(tmp_path, screening=replace(facts, **{population: replace(one, pupils=one.pupils + 1)}))
    assert refused.value.code == 9003
    assert list(tmp_path.iterdir()) == []


def test_a_round_that_nobody_was_screened_in_has_a_report_all_the_same(tmp_path: Path) -> None:
    nobody = Population(0, 0, 0, 0, 0, dict.fromkeys(KNOWN["income_source"], 0))
    facts = ScreeningFacts(nobody, nobody, nobody)
    raw = samples.one_group()
    path = term.publish(
        summary={**raw, "screening": samples.nothing(raw["screening"])},
        breakdown=samples.breakdown(),
        screening=facts,
        out_dir=tmp_path,
    )
    assert "0.00 %" in path.read_text("utf-8")
