"""What a test does with a browser window: open, measure, look for findings, take a picture."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import ConsoleMessage, Page, Request, Response

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
AXE: Final = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Seen:
    """What went over the wire and what the browser refused."""

    bytes: int = 0
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def open_page(page: Page, address: str) -> Seen:
    """Open an address and wait until it is at rest."""
    seen = Seen()
    home = "/".join(address.split("/")[:3])

    answers: list[Response] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((home, "data:")):
            seen.foreign.append(request.url)

    def answered(response: Response) -> None:
        answers.append(response)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.refused.append(message.text)

    page.on("request", asked)
    page.on("response", answered)
    page.on("console", said)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    seen.bytes = sum(
        each.request.sizes()["responseBodySize"] for each in answers if each.url.startswith(home)
    )
    return seen


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def findings(page: Page) -> list[str]:
    """Serious and critical findings of axe-core: rule, what it says, and where."""
    page.evaluate(AXE.read_text("utf-8"))
    told: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{each['id']}: {each['help']} {node['target']}"
        for each in told["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def take(page: Page, path: Path) -> Path:
    """A picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


def take_until(page: Page, last: str, path: Path) -> Path:
    """A picture of the page from its head to the foot of one element."""
    path.parent.mkdir(parents=True, exist_ok=True)
    foot: int = page.evaluate(
        "last => Math.ceil(document.querySelector(last).getBoundingClientRect().bottom + scrollY) + 16", last
    )
    width = page.evaluate("document.documentElement.clientWidth")
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": foot})
    return path


def take_part(page: Page, part: str, path: Path) -> Path:
    """A picture of one element of the page, however tall."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.locator(part).first.screenshot(path=path)
    return path
