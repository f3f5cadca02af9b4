"""The country knows the laws of Thailand and the policy, and nothing of the app it is measured against."""

import ast
from pathlib import Path

import country

ROOT = Path(country.__file__).parent
ALLOWED = ("takhai.thai", "takhai.policy")


def imports(path: Path) -> set[str]:
    """Every module a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "takhai":
                found |= {f"takhai.{name.name}" for name in node.names}
    return found


def test_the_country_imports_thai_and_policy_only() -> None:
    for path in ROOT.rglob("*.py"):
        for module in imports(path):
            if module.split(".")[0] == "takhai" and module != "takhai":
                assert module.startswith(ALLOWED), path.name


def test_the_app_does_not_know_the_country() -> None:
    for path in (ROOT.parent / "takhai").rglob("*.py"):
        assert not any(module.split(".")[0] == "country" for module in imports(path)), path.name


def test_the_clock_is_never_asked() -> None:
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("today()", ".now(", "time.time")), path.name


def test_nothing_is_drawn_without_a_key() -> None:
    for path in ROOT.rglob("*.py"):
        if path.name != "draw.py":
            assert "random" not in imports(path) or "Random(" not in path.read_text(encoding="utf-8"), (
                path.name
            )


def test_no_file_is_long() -> None:
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in ROOT.rglob("*.py")) <= 300
