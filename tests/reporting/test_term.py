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
from takhai.reporting.services import term
from takhai.reporting.types import Breakdown, Standing
from takhai.thai.money import baht
from tests.reporting import samples

KNOWN = words.load(words.OWN)
HOSTILE = '<script>alert("ก")</script><img src=x onerror=y>'


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return publish(tmp_path_factory.mktemp("report")).read_text("utf-8")


def publish(folder: Path, *, breakdown: Breakdown | None = None, **changes: Any) -> Path:
    raw = {**samples.summary(), **changes}
    return term.publish(summary=raw, breakdown=breakdown or samples.breakdown(), out_dir=folder)


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
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_round_makes_the_same_bytes_wherever_it_is_written(tmp_path: Path) -> None:
    one = publish(tmp_path / "one").read_bytes()
    assert one == publish(tmp_path / "two").read_bytes()
    assert one == publish(tmp_path / "two", report="/elsewhere/report.html").read_bytes()


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


@pytest.mark.parametrize("name", indicators.FORMULAS)
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
    "head", ["ตามสถานะ", "ตามระดับชั้น", "ตามสังกัด", "ตามช่องทาง", "ตามเขตพื้นที่", "เส้นทางทีละขั้น", "คำนิยาม"]
)
def test_it_has_the_parts_a_director_looks_for(page: str, head: str) -> None:
    assert head in Outline(page).text


def test_each_chart_has_a_table_of_the_same_numbers(page: str) -> None:
    charts = re.findall(r'<div class="tk-chart".*?</table>', page, re.DOTALL)
    assert len(charts) == 6
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
    assert "ตัวเลข ณ วันที่ Figures as of 18 ก.พ. 2564" in text
    assert "อ่านข้อมูลเมื่อ Data read on 1 เม.ย. 2564" in text


def test_it_carries_the_fingerprints_of_policy_and_data(page: str) -> None:
    told = summary.read(samples.summary())
    assert samples.POLICY in page
    assert term.digest(summary=told, breakdown=samples.breakdown()) in page


def test_the_fingerprint_changes_with_any_figure() -> None:
    told, cells = summary.read(samples.summary()), samples.breakdown()
    plain = term.digest(summary=told, breakdown=cells)
    later = replace(cells, rows=(replace(cells.rows[0], persons=cells.rows[0].persons + 1), *cells.rows[1:]))
    other = replace(told, exceptions={**told.exceptions, "result_late": 9})
    assert (
        len({plain, term.digest(summary=told, breakdown=later), term.digest(summary=other, breakdown=cells)})
        == 3
    )


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
