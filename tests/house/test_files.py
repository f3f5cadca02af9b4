"""Files that fit in the head, tests that outweigh the code, no cycle, nothing of one machine."""

import ast
import re
from pathlib import Path
from statistics import median, quantiles

from tests.house.plan import HOUSE, ROOT, lines, python_files

SOURCES = sorted([*python_files(HOUSE), *python_files(ROOT / "src" / "country")])
TESTS = sorted(python_files(ROOT / "tests"))
SAYING = [path for path in SOURCES if lines(path) > 0]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in [*SOURCES, *TESTS]
        if (n := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_half_of_the_files_have_at_most_80_lines_and_nine_in_ten_at_most_250() -> None:
    sizes = [lines(path) for path in SAYING]
    assert median(sizes) <= 80
    assert quantiles(sizes, n=10)[8] <= 250


def test_there_are_at_least_14_lines_of_test_for_10_lines_of_code() -> None:
    house = sum(lines(path) for path in SOURCES if HOUSE in path.parents)
    country = sum(lines(path) for path in SOURCES) - house
    tests = sum(lines(path) for path in TESTS)
    strict = tests / (house + country)
    # The country is fixture and oracle (docs/adr/0012).
    assert tests + country >= 1.4 * house, (
        f"{(tests + country) / house:.2f}; with the country as code {strict:.2f}"
    )


def test_the_modules_of_the_house_import_each_other_in_no_circle() -> None:
    names = {module_name(path): path for path in python_files(HOUSE)}
    needs = {name: imported(path, set(names)) - {name} for name, path in names.items()}
    while True:
        free = {name for name, wanted in needs.items() if not wanted & needs.keys()}
        if not free:
            break
        needs = {name: wanted for name, wanted in needs.items() if name not in free}
    assert sorted(needs) == []


def test_functions_import_nothing_so_that_a_module_shows_what_it_needs() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in SOURCES
        if "site" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_rooms_keep_their_words_short_and_have_no_junk_drawer() -> None:
    assert [
        str(path) for path in SOURCES if path.stem in {"utils", "helpers", "misc", "common", "signals"}
    ] == []
    rooms = [path for path in HOUSE.iterdir() if path.is_dir() and any(python_files(path))]
    long = {
        path.name: n
        for path in rooms
        if (n := len((path / "README.md").read_text("utf-8").splitlines())) > 25
    }
    assert long == {}


def test_the_locks_name_no_host() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "frontend" / "package-lock.json"]
    found = [
        path.name
        for path in locks
        if re.search(r'"resolved"|--index-url|--extra-index-url|--find-links', path.read_text("utf-8"))
    ]
    assert found == []


def module_name(path: Path) -> str:
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, known: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & known or {node.module}
    return found & known
