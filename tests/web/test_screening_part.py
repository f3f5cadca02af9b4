"""The screening part of the first page: whom the forms found, what was refused, and the workbook to take along."""

import io
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from takhai.reporting import summary, words
from takhai.reporting.services import term
from takhai.reporting.words import Language, Speech
from takhai.web import language
from takhai.web.round import screening
from tests.reporting import samples
from tests.web.outline import Outline
from tests.web.urls import World

KNOWN = words.load(words.OWN, language.OWN)
TH, EN = Speech(Language.TH, KNOWN), Speech(Language.EN, KNOWN)
TOLD = summary.read(samples.summary())
NOBODY = summary.read({**samples.summary(), "screening": samples.nothing(samples.screening())})


def outline(client: Client, path: str = "/") -> Outline:
    return Outline(client.get(path).content.decode())


def test_the_funnel_goes_from_screened_to_certified_each_against_the_screened() -> None:
    found = screening.build(TOLD, speech=TH).found
    assert [(row.name, row.people, row.share) for row in found] == [
        ("screened", "1,941", "100.00"),
        ("poor", "1,550", "79.86"),
        ("extremely_poor", "388", "19.99"),
        ("certified", "369", "19.01"),
    ]
    assert [row.label for row in found] == ["ผู้คัดกรองทั้งหมด", "ยากจน", "ยากจนพิเศษ", "คณะกรรมการรับรอง"]
    widths = [float(row.bar[0].width.rstrip("%")) for row in found]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == 100


def test_each_mean_income_stands_beside_its_own_population_and_nobody_elses() -> None:
    found = screening.build(TOLD, speech=TH).found
    assert [row.income for row in found] == ["2,412.35", "1,789.04", "1,139.08", "–"]


def test_before_anybody_is_screened_there_is_no_funnel_but_a_sentence(client: Client, shown: World) -> None:
    assert screening.build(NOBODY, speech=TH).found == ()
    raw = samples.summary()
    shown.summaries["2563-2"] = {**raw, "screening": samples.nothing(raw["screening"])}
    assert KNOWN["screening"]["none"].th in outline(client).text


def test_files_are_counted_forms_first_and_rows_are_taken_or_refused() -> None:
    files = screening.files(TOLD, speech=TH).files
    assert [each.name for each in files] == ["forms", "school_days", "attendance", "growth"]
    for each in files:
        rows, taken, refused = (int(text.replace(",", "")) for text in (each.rows, each.taken, each.refused))
        assert rows == taken + refused


def test_refusals_are_told_in_words_most_first_and_those_nobody_met_apart() -> None:
    forms, *rest = screening.files(TOLD, speech=TH).refused
    assert forms.title == "รับไม่ได้เพราะ · แบบ นร.01"
    assert forms.reasons[0] == ("นักเรียนไม่อยู่ในกลุ่มที่คัดกรอง", "8")
    counts = [int(count) for _, count in forms.reasons]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == sum(samples.FORM_REFUSED.values())
    assert forms.zeros == ("แบบมาหลังปิดการคัดกรอง",)
    assert [each.name for each in rest] == ["school_days", "attendance"]


def test_every_reason_to_refuse_has_words_in_both_languages() -> None:
    told = screening.files(TOLD, speech=EN).refused
    assert len(told[0].reasons) + len(told[0].zeros) == len(samples.FORM_REFUSED) == 20
    assert told[0].title == "Refused because · Forms NR.01"


def test_households_that_contradict_themselves_are_told() -> None:
    assert screening.files(TOLD, speech=TH).findings == (("พี่น้องตอบเรื่องบ้านเดียวกันไม่ตรงกัน", "11"),)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_shows_all_of_it_and_says_the_score_is_not_the_funds(client: Client, lang: str) -> None:
    text = outline(client, f"/?lang={lang}").text
    for piece in ("1,941", "388", "1,139.08", "33,871"):
        assert piece in text
    assert ("ไม่ใช่ของ กสศ." if lang == "th" else "not the Fund's") in text


def published(shown: World, folder: Path) -> bytes:
    """The workbook of a report that was published."""
    path = term.publish(
        summary=samples.summary(), breakdown=samples.breakdown(), screening=samples.facts(), out_dir=folder
    )
    shown.reports["2563-2"] = path
    return path.with_suffix(".xlsx").read_bytes()


def test_the_workbook_is_linked_beside_the_report_and_served_to_keep(
    client: Client, shown: World, tmp_path: Path
) -> None:
    book = published(shown, tmp_path)
    assert "/rounds/2563-2/report.xlsx" in [attrs["href"] for attrs in outline(client).named("a")]
    response = client.get("/rounds/2563-2/report.xlsx")
    assert response.content == book
    assert response.headers["Content-Disposition"] == 'attachment; filename="takhai-2563-2.xlsx"'
    assert "figures" in CalamineWorkbook.from_filelike(io.BytesIO(response.content)).sheet_names


def test_without_a_report_or_a_round_there_is_no_workbook(
    client: Client, shown: World, tmp_path: Path
) -> None:
    assert client.get("/rounds/2563-2/report.xlsx").status_code == 404
    assert client.get("/rounds/2599-1/report.xlsx").status_code == 404
    published(shown, tmp_path)
    shown.reports["2563-2"].with_suffix(".xlsx").unlink()
    assert client.get("/rounds/2563-2/report.xlsx").status_code == 404


def test_the_workbook_is_only_read(client: Client, shown: World, tmp_path: Path) -> None:
    published(shown, tmp_path)
    assert client.post("/rounds/2563-2/report.xlsx").status_code in {403, 405}
