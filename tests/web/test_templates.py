"""Templates ask only for words and components that exist, and never decide what is safe."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import takhai
from takhai.reporting import words
from takhai.web import language

HOUSE = Path(takhai.__file__).parent
KNOWN = words.load(words.OWN, language.OWN)
TEMPLATES = sorted([*(HOUSE / "web").rglob("*.html"), *(HOUSE / "reporting").rglob("*.html")])
SHEETS = sorted((HOUSE.parents[1] / "frontend" / "styles").glob("*.scss"))


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def asked(pattern: str) -> Iterator[tuple[str, ...]]:
    for path in TEMPLATES:
        for found in re.finditer(pattern, path.read_text("utf-8")):
            yield (name(path), *found.groups())


def test_every_word_that_a_page_of_the_site_asks_for_was_written() -> None:
    missing = [
        (path, section, key)
        for path, section, key in asked(r"\bw\.(\w+)\.(\w+)")
        if path.startswith("web/") and key not in KNOWN.get(section, {})
    ]
    assert missing == []


def test_every_word_that_the_report_asks_for_was_written() -> None:
    own = words.load(words.OWN, words.PAPER)
    missing = [
        (path, letter, key)
        for path, letter, key in asked(r"\b([wt])\.(\w+)(?=[\" .])")
        if path.startswith("reporting/") and key not in own["paper" if letter == "w" else "targeting"]
    ]
    assert missing == []


def test_no_word_of_the_pages_is_kept_for_nobody() -> None:
    texts = "\n".join(path.read_text("utf-8") for path in [*TEMPLATES, *(HOUSE / "web").rglob("*.py")])
    own = words.load(language.OWN)
    unused = [
        f"{section}.{key}"
        for section, entries in own.items()
        for key in entries
        if not re.search(rf"\b{section}\.{key}\b", texts)
        and not re.search(rf'"{key}"', texts)
        and f'f"{{kind}}_{key.rpartition("_")[2]}"' not in texts
        and not (section == "page" and key in {"closed", "running", "open", "waiting", "faulty"})
    ]
    assert unused == []


def test_every_component_that_is_used_exists_and_every_one_that_exists_is_used() -> None:
    there = {path.stem for path in TEMPLATES if "cotton" in path.parts}
    used = {found[1] for found in asked(r"<c-tk\.(\w+)")}
    assert used == there


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_neither_trusts_text_nor_carries_style_or_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe|autoescape|mark_safe", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 100


def test_templates_of_the_site_hold_no_text_of_their_own() -> None:
    thai = re.compile(r"[\u0e01-\u0e5b]")
    assert [
        name(path)
        for path in TEMPLATES
        if path.is_relative_to(HOUSE / "web") and thai.search(path.read_text("utf-8"))
    ] == []


def test_every_class_of_ours_that_a_template_uses_has_a_style() -> None:
    sheets = "\n".join(path.read_text("utf-8") for path in SHEETS)
    used = {found[1] for found in asked(r"(?<=[\" ])(tk-[a-z]+(?:__[a-z]+)?)(?=[\" ])")}
    assert sorted(each for each in used if f".{each}" not in sheets) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheets_keep_to_what_old_phones_know(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"color-mix|oklch|@layer|@container", text)
    assert len(text.splitlines()) <= 400
