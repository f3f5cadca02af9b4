"""The first page and the report in a real browser, on a phone and on a desk: nothing to trip over.

The round is made up, so that every reason is met; ``tests/journeys`` shows one that was really run.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from takhai.reporting.services import term
from tests.reporting import samples
from tests.web import screens
from tests.web.urls import World

WIDTHS = (390, 1280)
ADDRESSES = {"round": "/", "report": "/rounds/2563-2/report/"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=screens.CHROMIUM, args=screens.ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def site(address: str, shown: World, tmp_path: Path) -> str:
    """The site with that round and its report."""
    report = term.publish(
        summary=samples.summary(), breakdown=samples.breakdown(), screening=samples.facts(), out_dir=tmp_path
    )
    shown.reports = {"2563-2": report}
    return address


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of a phone, or of a desk."""
    opened = browser.new_page(viewport={"width": request.param, "height": 900}, locale="th-TH")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_screen_needs_no_sideways_scroll_and_has_no_serious_finding(
    site: str, page: Page, tmp_path: Path, name: str
) -> None:
    seen = screens.open_page(page, site + ADDRESSES[name])
    assert seen.refused == []
    assert seen.foreign == []
    assert screens.sideways(page) == 0
    assert screens.findings(page) == []
    assert screens.take(page, tmp_path / "screen.png").stat().st_size > 20_000


@pytest.mark.parametrize("raw", [samples.waiting(), samples.broken()], ids=["waiting", "broken"])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_round_that_waits_or_does_not_add_up_is_as_readable(
    site: str, shown: World, page: Page, tmp_path: Path, *, raw: dict[str, Any], lang: str
) -> None:
    shown.summaries = {"2563-2": raw}
    seen = screens.open_page(page, f"{site}/?lang={lang}")
    screens.take(page, tmp_path / "screen.png")
    assert seen.refused == []
    assert screens.sideways(page) == 0
    assert screens.findings(page) == []


@pytest.mark.parametrize("path", ["/nowhere/", "/"])
def test_pages_with_nothing_to_show_are_as_readable(site: str, shown: World, page: Page, path: str) -> None:
    shown.summaries = {}
    screens.open_page(page, site + path)
    assert screens.sideways(page) == 0
    assert screens.findings(page) == []


def test_a_phone_loads_the_first_page_in_150_kb_and_the_next_in_10(site: str, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as phone:
        first = screens.open_page(phone.new_page(), site)
        again = screens.open_page(phone.new_page(), f"{site}/rounds/2563-2/")
    assert first.bytes <= 150_000
    assert again.bytes <= 10_000


def test_every_link_and_fold_is_large_enough_for_a_thumb(site: str, page: Page) -> None:
    screens.open_page(page, site)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary')]
            .filter(each => !each.classList.contains('govuk-skip-link'))
            .map(each => [each.textContent.trim(), each.getBoundingClientRect().height])
            .filter(([, height]) => height < 44)"""
    )
    assert small == []


def test_the_first_stop_of_the_keyboard_leads_past_the_head(site: str, page: Page) -> None:
    screens.open_page(page, site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_thai_is_set_in_our_own_type_on_every_page(site: str, page: Page) -> None:
    for address in ("/", "/rounds/2563-2/report/"):
        screens.open_page(page, site + address)
        family = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
        assert family.startswith('"Noto Sans Thai Looped"')
        loaded = page.evaluate("[...document.fonts].filter(each => each.status === 'loaded').length")
        assert loaded == 4


def test_lines_are_tall_enough_for_marks_above_and_below(site: str, page: Page) -> None:
    screens.open_page(page, site)
    tight = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(each => [each.className, getComputedStyle(each)])
            .map(([name, style]) => [name, parseFloat(style.lineHeight) / parseFloat(style.fontSize)])
            .filter(([name, ratio]) => ratio < 1.4 && name !== 'tk-step__number')"""
    )
    assert tight == []


def test_the_report_prints_on_a4_in_numbered_pages(site: str, page: Page, tmp_path: Path) -> None:
    screens.open_page(page, f"{site}/rounds/2563-2/report/")
    sheet = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    pages = sheet.count(b"/Type /Page\n") or sheet.count(b"/Type /Page ")
    assert 4 <= pages <= 20
    assert b"/MediaBox [0 0 594" in sheet or b"/MediaBox [0 0 595" in sheet
