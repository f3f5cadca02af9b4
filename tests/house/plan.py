"""The house as files and rooms, for the tests that watch over it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
HOUSE: Final = ROOT / "src" / "takhai"

# From the bottom up: a room may know those before it (docs/architecture.md).
ROOMS: Final = (
    "thai",
    "policy",
    "platform",
    "access",
    "registry",
    "programmes",
    "ledger",
    "screening",
    "classroom",
    "benefits",
    "payments",
    "reporting",
    "web",
    "semester",
    "site",
)
DJANGO_ROOMS: Final = (
    "platform",
    "access",
    "registry",
    "programmes",
    "ledger",
    "screening",
    "classroom",
    "benefits",
    "payments",
)


def python_files(folder: Path) -> Iterator[Path]:
    """Python written by hand below a folder: migrations are made by a tool."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and "node_modules" not in path.parts:
            yield path


def lines(path: Path) -> int:
    """Lines of a file that say something."""
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def room_of(path: Path) -> str:
    """The room a file of the house lies in."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def texts(path: Path) -> Iterator[str]:
    """Every string of a Python file, with the holes of an f-string filled by a plain name."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "hole" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value
