"""The site as a browser's first request meets it: addresses, languages, headers, weight, hostile text."""

import gzip
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from takhai.reporting import words
from takhai.reporting.services import term
from takhai.web import language
from tests.reporting import samples
from tests.web.outline import Outline
from tests.web.urls import World

HOSTILE = '<script>alert("ก")</script><img src=x onerror=y>'
THAI = {chr(code) for code in range(0x0E01, 0x0E5C)}
KNOWN = words.load(words.OWN, language.OWN)
PAGES = ["/", "/rounds/2563-2/", "/nowhere/", "/rounds/2599-1/"]


def get(client: Client, address: str = "/", **headers: str) -> HttpResponse:
    response: HttpResponse = client.get(address, headers=headers)  # type: ignore[assignment]
    return response


def outline(client: Client, address: str = "/") -> Outline:
    return Outline(get(client, address).content.decode())


@pytest.fixture
def with_report(shown: World, tmp_path: Path) -> World:
    """A round whose report is published."""
    shown.reports["2563-2"] = term.publish(
        summary=samples.summary(),
        breakdown=samples.breakdown(),
        screening=samples.facts(),
        out_dir=tmp_path,
    )
    return shown


def test_the_first_page_is_the_latest_round(client: Client, shown: World) -> None:
    shown.summaries["2564-1"] = {**samples.summary(), "round": "2564-1"}
    assert "รอบ 1/2564" in outline(client).text
    assert "รอบ 2/2563" in outline(client, "/rounds/2563-2/").text


def test_rounds_can_be_chosen_once_there_are_two(client: Client, shown: World) -> None:
    assert "เลือกรอบ" not in get(client).content.decode()
    shown.summaries["2564-1"] = {**samples.summary(), "round": "2564-1"}
    links = {
        attrs["href"]: attrs.get("aria-current")
        for attrs in outline(client).named("a")
        if "rounds" in str(attrs["href"])
    }
    assert links == {"/rounds/2564-1/": "page", "/rounds/2563-2/": None}


def test_before_any_round_the_first_page_says_how_to_start(client: Client, shown: World) -> None:
    shown.summaries.clear()
    page = outline(client)
    assert "ยังไม่มีรอบใดเดินเครื่อง" in page.text
    assert "make run" in page.text
    assert "No round has run yet" in outline(client, "/?lang=en").text


@pytest.mark.parametrize(
    "address",
    ["/nowhere/", "/rounds/2599-1/", "/rounds/abc/", "/rounds/2563-2/report/", "/rounds/2563-9/report/"],
)
def test_what_does_not_exist_is_answered_in_thai_with_a_way_back(client: Client, address: str) -> None:
    response = get(client, address)
    page = Outline(response.content.decode())
    assert response.status_code == 404
    assert "ไม่พบหน้านี้" in page.text
    assert "/" in [attrs["href"] for attrs in page.named("a")]


def test_a_fault_of_ours_is_answered_in_thai_without_its_details(client: Client, shown: World) -> None:
    client.raise_request_exception = False
    shown.summaries["2563-2"] = {"round": "2563-2", "secret": HOSTILE}
    response = get(client)
    assert response.status_code == 500
    page = Outline(response.content.decode())
    assert "ระบบขัดข้อง" in page.text
    assert "KeyError" not in page.text
    assert "secret" not in page.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client: Client, method: str) -> None:
    for address in ("/", "/rounds/2563-2/", "/rounds/2563-2/report/"):
        assert getattr(client, method)(address).status_code == 405


def test_thai_is_the_language_until_english_is_asked_for_and_then_remembered(client: Client) -> None:
    assert get(client).headers["Content-Language"] == "th"
    assert get(client, "/?lang=en").headers["Content-Language"] == "en"
    assert get(client).headers["Content-Language"] == "en"
    assert get(client, "/rounds/2563-2/").headers["Content-Language"] == "en"
    assert get(client, "/?lang=th").headers["Content-Language"] == "th"
    assert get(client).headers["Content-Language"] == "th"


@pytest.mark.parametrize("wanted", ["fr", "", "EN", HOSTILE])
def test_a_language_nobody_speaks_here_is_thai(client: Client, wanted: str) -> None:
    response: Any = client.get("/", {"lang": wanted})
    assert response.headers["Content-Language"] == "th"
    assert response.cookies["lang"].value == "th"


def test_the_language_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    cookie = get(client, "/?lang=en").cookies["lang"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "lang" not in get(client).cookies


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "raw", [samples.summary(), samples.waiting(), samples.broken()], ids=["complete", "waiting", "broken"]
)
def test_an_english_page_has_no_thai_but_the_name_of_thai(
    client: Client, shown: World, address: str, raw: dict[str, Any]
) -> None:
    shown.summaries["2563-2"] = raw
    client.cookies["lang"] = "en"
    page = outline(client, address)
    assert [text for lang, text in page.texts if lang != "th" and THAI & set(text)] == []
    assert page.named("html")[0]["lang"] == "en"
    labels = [str(attrs["aria-label"]) for _, attrs in page.tags if "aria-label" in attrs]
    assert not any(THAI & set(label) for label in labels)


@pytest.mark.parametrize("address", PAGES)
def test_a_thai_page_says_every_sentence_in_thai(client: Client, address: str) -> None:
    allowed = {"make run", samples.POLICY, "404"}
    page = outline(client, address)
    said = [text for lang, text in page.texts if lang != "en" and not THAI & set(text)]
    numbers = [text for text in said if not any(letter.isalpha() for letter in text)]
    assert set(said) - set(numbers) <= allowed
    assert page.named("html")[0]["lang"] == "th"


def test_the_switch_is_written_in_the_language_it_leads_to(client: Client) -> None:
    switch = next(attrs for attrs in outline(client).named("a") if attrs.get("hreflang"))
    assert (switch["hreflang"], switch["lang"], switch["href"]) == ("en", "en", "/?lang=en")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_forbids_whatever_is_not_of_this_site(client: Client, address: str) -> None:
    policy = get(client, address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_script_or_a_style_of_its_own_or_asks_another_host(
    client: Client, address: str
) -> None:
    page = outline(client, address)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "style", "iframe", "object", "embed", "base"})
    for _, attrs in page.tags:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        for name in ("href", "src", "action", "srcset", "poster", "data"):
            assert not (attrs.get(name) or "").startswith(("http:", "https:", "//", "javascript:", "data:"))


def test_hostile_text_in_a_summary_is_text_and_nothing_else(client: Client, shown: World) -> None:
    raw = deepcopy(samples.waiting())
    raw["policy"] = HOSTILE
    raw["waits"] = [{"step": "order", "group": "old", "for": "TWO_SIGNATURES", "reason": HOSTILE}]
    shown.summaries["2563-2"] = raw
    written = get(client).content.decode()
    page = Outline(written)
    assert page.text.count(HOSTILE) == 2
    assert HOSTILE not in written
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})


def test_the_law_line_shows_a_violation_in_words(client: Client, shown: World) -> None:
    assert "ยอดที่อธิบายไม่ได้ 0.00 บาท" in outline(client).text
    shown.summaries["2563-2"] = samples.broken()
    text = outline(client).text
    assert "ยอดที่อธิบายไม่ได้ 0.01 บาท · 7 คน" in text
    assert text.count("ขั้นจัดกลุ่ม · ทุกคน: เข้ามา 30,802 คน แต่ไปต่อ ตัดออก และพักไว้รวมกันได้ 30,795 คน ต่างกัน 7 คน") == 2


def test_a_waiting_round_says_for_whom_and_links_to_the_step(client: Client, shown: World) -> None:
    shown.summaries["2563-2"] = samples.waiting()
    page = outline(client)
    assert "รอบนี้กำลังรอ" in page.text
    assert "รอผลจากธนาคาร" in page.text
    assert "#step-old-reconcile" in [attrs["href"] for attrs in page.named("a")]
    assert "step-old-reconcile" in [attrs.get("id") for attrs in page.named("li")]


def test_a_day_set_for_a_demonstration_is_said_on_the_page(client: Client, shown: World) -> None:
    assert "TAKHAI_TODAY" not in outline(client).text
    shown.summaries["2563-2"] = samples.waiting()
    assert "วันของระบบตั้งไว้ที่ 8 ม.ค. 2564 ตั้งด้วย TAKHAI_TODAY" in outline(client).text


def test_headings_go_down_one_level_at_a_time(client: Client) -> None:
    levels = [int(tag[1]) for tag, _ in outline(client).tags if tag in {"h1", "h2", "h3", "h4", "h5"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_anchor_is_used_twice_and_every_one_that_is_named_exists(client: Client, shown: World) -> None:
    shown.summaries["2563-2"] = samples.waiting()
    page = outline(client)
    there = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(there) == len(set(there))
    named = [str(attrs["aria-labelledby"]) for _, attrs in page.tags if "aria-labelledby" in attrs]
    led = [str(attrs["href"])[1:] for attrs in page.named("a") if str(attrs["href"]).startswith("#")]
    assert {*named, *led} <= set(there)


def test_the_page_says_that_it_holds_totals_only(client: Client) -> None:
    assert KNOWN["shell"]["foot"].th in outline(client).text


def test_the_report_is_linked_once_it_is_published(client: Client, shown: World, tmp_path: Path) -> None:
    assert "รายงานจะมีเมื่อรอบนี้เสร็จสมบูรณ์" in outline(client).text
    shown.reports["2563-2"] = tmp_path / "report.html"
    assert "/rounds/2563-2/report/" in [attrs["href"] for attrs in outline(client).named("a")]


def test_the_report_is_served_as_it_was_published(client: Client, with_report: World) -> None:
    response = get(client, "/rounds/2563-2/report/")
    assert response.content == with_report.reports["2563-2"].read_bytes()
    assert response.headers["Content-Type"].startswith("text/html")


def test_the_answer_with_the_report_allows_exactly_its_own_style(client: Client, with_report: World) -> None:
    policy = get(client, "/rounds/2563-2/report/").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"].startswith("'sha256-")
    assert directives["style-src"].count("sha256-") == 1
    assert "script-src" not in directives
    assert "unsafe" not in policy


def test_a_tampered_report_is_still_kept_from_running_anything(client: Client, with_report: World) -> None:
    path = with_report.reports["2563-2"]
    path.write_text(path.read_text("utf-8").replace("<main", f"{HOSTILE}<main"), "utf-8")
    policy = get(client, "/rounds/2563-2/report/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_page_weighs_at_most_10_kb_and_the_first_load_150(client: Client, shown: World) -> None:
    for raw in (samples.summary(), samples.waiting(), samples.broken()):
        shown.summaries["2563-2"] = raw
        response = get(client, **{"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.content) <= 10_000
        assert gzip.decompress(response.content).lstrip().startswith(b"<!doctype html>")
    assert len(response.content) + sum(path.stat().st_size for path in needed()) <= 150_000


def test_the_sheet_lies_packed_beside_itself_for_phones() -> None:
    sheet = found("takhai/site.css")
    packed = sheet.with_name("site.css.gz")
    assert gzip.decompress(packed.read_bytes()) == sheet.read_bytes()
    assert packed.stat().st_size <= 20_000


def test_the_sheet_asks_nobody_else_and_every_font_it_names_is_there() -> None:
    sheet = found("takhai/site.css").read_text("utf-8")
    assert "@import" not in sheet
    assert "GDS" not in sheet
    assert "crown" not in sheet.lower()
    named = [part.split(")")[0].strip('"') for part in sheet.split("url(")[1:]]
    assert len(named) == 4
    assert all(found(f"takhai/{name}").stat().st_size > 5_000 for name in named)


def needed() -> list[Path]:
    """What a phone loads beside the page."""
    fonts = sorted(found("takhai/fonts/OFL.txt").parent.glob("*.woff2"))
    return [found("takhai/site.css.gz"), found("takhai/mark.svg"), *fonts]


def found(name: str) -> Path:
    path = finders.find(name)
    assert path, f"{name}: run make assets"
    return Path(path)
