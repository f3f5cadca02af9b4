"""The first page and the report of a round that was really run, in a real browser: what a director sees.

``--write-docs`` puts the pictures into ``docs/img``; ``--docs-home DIR`` shows the finished round of that
TAKHAI_HOME (a copy of it) instead of a small one.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from takhai.reporting import words
from takhai.thai.money import baht
from tests.house.plan import ROOT
from tests.journeys import shown
from tests.journeys.house import House
from tests.journeys.seeded import seeded_names, seeded_numbers
from tests.web import screens

KNOWN = words.load(words.OWN)
WIDTHS = (390, 1280)
PAGES = {"round": "/", "report": "/rounds/2563-2/report/"}
EVERY = ("/", "/?lang=en", "/rounds/2563-2/", "/rounds/2563-2/report/")
LARGEST = 400_000
# A whole page is too tall for a picture: its head, to the foot of what explains the rest, by width.
HEADS = {
    "round": {390: "#step-group", 1280: "#step-new-certify"},
    "report": dict.fromkeys(WIDTHS, "section[aria-labelledby=way] .tk-chart"),
}
SCREENING = "section[aria-labelledby=screening]"


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house of the round that is shown."""
    given = request.config.getoption("--docs-home")
    if not given:
        yield request.getfixturevalue("finished")
        return
    copied = shown.copy(Path(given), to=tmp_path_factory.mktemp("docs") / "home")
    yield copied
    copied.kill()


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, house: House) -> Iterator[str]:
    """Its site; a test may set the site's day."""
    with shown.serving(house, today=getattr(request, "param", "")) as address:
        yield address


@pytest.fixture(scope="module")
def told(house: House) -> dict[str, Any]:
    """Its summary."""
    return dict(json.loads((house.files / "summary.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=screens.CHROMIUM, args=screens.ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of a phone, or of a desk, of somebody who was never here."""
    opened = browser.new_page(viewport={"width": request.param, "height": 900}, locale="th-TH")
    yield opened
    opened.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A window of a desk, for what is the same in every width."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
    yield opened
    opened.close()


@pytest.fixture
def album(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the pictures go."""
    return ROOT / "docs" / "img" if request.config.getoption("--write-docs") else tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_a_screen_fits_its_window_asks_no_stranger_and_has_no_serious_finding(
    site: str, page: Page, album: Path, name: str
) -> None:
    seen = screens.open_page(page, site + PAGES[name])
    assert (seen.refused, seen.foreign) == ([], [])
    assert screens.sideways(page) == 0
    assert screens.findings(page) == []
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    head = screens.take_until(page, HEADS[name][width], album / f"{name}-{width}.png")
    assert 20_000 < shown.shrink(head) < LARGEST
    part = screens.take_part(page, SCREENING, album / f"{name}-screening-{width}.png")
    assert 5_000 < shown.shrink(part) < LARGEST


def test_the_screening_part_shows_the_figures_of_the_summary(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    screens.open_page(desk, site)
    found = told["screening"]
    certified = next(step["out"] for step in told["steps"] if step["step"] == "certify")
    for name, number in (
        *((name, found[name]) for name in ("screened", "poor", "extremely_poor")),
        ("certified", certified),
    ):
        people, _, income = desk.locator(f"#found-{name} td").all_inner_texts()
        assert people == f"{number:,}"
        mean = found["income_per_head"].get(name)
        assert income == ("–" if mean is None else baht(mean))
    assert found["extremely_poor"] > certified > 0
    kinds = {"forms": {**found, "rows": found["forms"]}, **told["classroom"]}
    for name, file in kinds.items():
        refused = sum(file["refused"].values())
        row = desk.locator(f"#file-{name} td").all_inner_texts()
        assert row == [f"{number:,}" for number in (file["rows"], file["taken"], refused)]
        section = "form_refusal" if name == "forms" else "classroom_refusal"
        why = dict(pieces(text) for text in desk.locator(f"#refused-{name} li").all_inner_texts())
        assert why == {KNOWN[section][reason].th: f"{n:,}" for reason, n in file["refused"].items() if n}


def test_the_report_tells_of_screening_and_conditions_what_the_summary_tells(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    screens.open_page(desk, site + PAGES["report"])
    funnel = desk.locator("section[aria-labelledby=funnel] tbody tr").all()
    shown_people = [row.locator("td").first.inner_text() for row in funnel]
    names = ("screened", "poor", "extremely_poor")
    assert shown_people[:3] == [f"{told['screening'][name]:,}" for name in names]
    household = desk.inner_text("section[aria-labelledby=household]")
    for name in names:
        assert baht(told["screening"]["income_per_head"][name]) in household
    (comply,) = [step for step in told["steps"] if step["step"] == "comply"]
    rows = desk.locator("section[aria-labelledby=conditions] table").first.locator("tbody tr").all()
    assert [row.locator("td").first.inner_text() for row in rows] == [f"{n:,}" for n in comply["to"].values()]


def test_the_workbook_is_taken_along_and_is_the_one_beside_the_report(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    answer = desk.request.get(f"{site}/rounds/2563-2/report.xlsx")
    assert answer.body() == Path(told["report"]).with_suffix(".xlsx").read_bytes()


def test_the_english_switch_speaks_english_and_is_remembered(site: str, page: Page) -> None:
    screens.open_page(page, site)
    page.click(".tk-top__switch")
    page.wait_for_url("**/?lang=en")
    for _ in range(2):
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.inner_text("h1").startswith("Round 2/2563")
        assert "Take in registers" in page.inner_text("#step-intake")
        assert screens.sideways(page) == 0
        assert screens.findings(page) == []
        screens.open_page(page, f"{site}/rounds/2563-2/")
    page.click(".tk-top__switch")
    page.wait_for_url("**lang=th")
    assert page.inner_text("h1").startswith("รอบ 2/2563")


def test_the_first_page_leads_to_the_report_that_was_published(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    screens.open_page(desk, site)
    desk.click(".tk-paper a")
    desk.wait_for_url("**/report/")
    assert desk.inner_text("h1").startswith("รายงานเงินทุนเสมอภาค")
    assert desk.request.get(desk.url).text() == Path(told["report"]).read_text("utf-8")


def test_no_page_names_anybody(site: str, desk: Page, house: House) -> None:
    numbers, names = seeded_numbers(house), seeded_names(house)
    assert min(len(numbers), len(names)) > 100
    for path in EVERY:
        text = desk.request.get(site + path).text()
        assert "2563" in text
        assert [number for number in numbers if number in text] == []
        assert names & set(re.findall(r"[ก-๙]+", text)) == set()
        assert re.findall(r"\b\d{13}\b|\b\d-?\d{4}-?[\dx]{5}-?\d{2}-?\d\b|\bG\d{12}\b", text) == []


def test_every_step_shows_the_counts_and_the_baht_of_the_summary(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    screens.open_page(desk, site)
    for step in told["steps"]:
        card = desk.locator("#" + "-".join(filter(None, ("step", step["group"], step["step"]))))
        unit = "แถว" if step["step"] == "intake" else "คน"
        came = [number for number in (step["in"], step["joined"]) if number]
        counts = [f"{number:,} {unit}" for number in (*came, step["out"])]
        money = [f"{baht(step['satang_out'])} บาท"] if step["satang_in"] or step["satang_joined"] else []
        assert pieces(*card.locator(".tk-ways dd").all_inner_texts()) == counts + money
        for kind in ("dropped", "held"):
            rows = [pieces(row) for row in card.locator(f".tk-loss--{kind} li").all_inner_texts()]
            assert {label: rest for label, *rest in rows} == reasons(step, kind, unit=unit)


def test_groups_accounts_and_exceptions_are_those_of_the_summary(
    site: str, desk: Page, told: dict[str, Any]
) -> None:
    screens.open_page(desk, site)
    (to,) = [step["to"] for step in told["steps"] if step["step"] == "group"]
    for group, number in to.items():
        assert desk.inner_text(f"#lane-{group} .tk-lane__people") == f"{number:,} คน"
    for section, table, amount in (
        ("account", told["ledger"], baht),
        ("after_close", told["after_close"], baht),
        ("exception", {name: n for name, n in told["exceptions"].items() if n}, "{:,}".format),
    ):
        place = {"account": "money", "after_close": "after", "exception": "exceptions"}[section]
        rows = desk.locator(f"section[aria-labelledby={place}] tbody tr").all()
        assert {row.locator("th").inner_text(): row.locator("td").inner_text() for row in rows} == {
            KNOWN[section][name].th: amount(number) for name, number in table.items()
        }
    assert desk.inner_text(".tk-law__amount") == "0.00 บาท"
    assert desk.inner_text(".tk-figure--paid .tk-figure__value") == f"{baht(told['ledger']['paid'])} บาท"


def test_the_report_shows_every_line_of_the_summary(site: str, desk: Page, told: dict[str, Any]) -> None:
    screens.open_page(desk, site + PAGES["report"])
    people, money = [
        [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
        for table in desk.locator("section[aria-labelledby=way] table").all()
    ]
    assert people == [[f"{number:,}" for number in line(step, "")] for step in told["steps"]]
    assert money == [
        [baht(satang) for satang in line(step, "satang_")]
        for step in told["steps"]
        if step["satang_in"] or step["satang_joined"]
    ]


@pytest.mark.parametrize("site", ["2021-03-01"], indirect=True)
def test_a_day_that_was_set_is_named_on_the_page(site: str, page: Page) -> None:
    screens.open_page(page, site)
    assert "1 มี.ค. 2564" in page.inner_text(".tk-today")
    assert "TAKHAI_TODAY" in page.inner_text(".tk-today")
    assert screens.sideways(page) == 0
    assert screens.findings(page) == []


def test_without_a_day_set_none_is_named(site: str, desk: Page) -> None:
    screens.open_page(desk, site)
    assert desk.locator(".tk-today").count() == 0


def pieces(*texts: str) -> list[str]:
    """What is shown, piece by piece: figures and their labels stand in elements of their own."""
    return [piece.strip() for text in texts for piece in text.splitlines() if piece.strip()]


def reasons(step: dict[str, Any], kind: str, *, unit: str) -> dict[str, list[str]]:
    """What must stand beside each reason that somebody met; baht only where there is some."""
    satang = step[f"satang_{kind}"]
    return {
        KNOWN["reason"][name].th: [f"{n:,} {unit}"] + [f"{baht(satang[name])} บาท"] * any(satang.values())
        for name, n in step[kind].items()
        if n
    }


def line(step: dict[str, Any], money: str) -> list[int]:
    """In, joined, out, dropped and held of a step."""
    of = {name: step[f"{money}{name}"] for name in ("in", "joined", "out", "dropped", "held")}
    return [sum(number.values()) if isinstance(number, dict) else number for number in of.values()]
