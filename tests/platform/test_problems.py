"""Numbered problems: each has a number of its room, two sentences and a way to mend it."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

import takhai
from takhai.platform import problems
from takhai.platform.problems import BLOCKS, BadCatalogue, Problem, Refusal

ALL = sorted(problems.catalogue().values(), key=lambda problem: problem.code)
HOUSE = Path(takhai.__file__).parent
GOOD = """
[broken]
code = 8999
th = "เสีย {what}"
en = "{what} is broken"
mend_th = "ซ่อม"
mend_en = "Mend it"
"""


def read(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    path = tmp_path / "problems.toml"
    path.write_text(text, "utf-8")
    return problems.read(path=path, block=BLOCKS["site"])


def share_of_thai(text: str) -> float:
    """How much of a text's letters are Thai; an English sentence may quote a Thai word."""
    letters = [letter for letter in re.sub(r"\{\w+\}", "", text) if letter.isalpha()]
    return sum("ก" <= letter <= "๛" for letter in letters) / len(letters)


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: problem.name)
def test_thai_is_thai_and_english_is_english(problem: Problem) -> None:
    assert share_of_thai(problem.th) > 0.2
    assert share_of_thai(problem.mend_th) > 0
    assert share_of_thai(problem.en) < 0.4
    assert share_of_thai(problem.mend_en) < 0.5


def fields(text: str) -> set[str]:
    """The details of a text; one that comes in both languages counts once."""
    return {name.removesuffix("_th").removesuffix("_en") for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: problem.name)
def test_both_languages_tell_the_same_details(problem: Problem) -> None:
    assert fields(problem.th) == fields(problem.en)
    assert fields(problem.mend_th) == fields(problem.mend_en)


def test_blocks_of_rooms_do_not_overlap() -> None:
    ordered = sorted(BLOCKS.values(), key=lambda block: block.start)
    assert all(one.stop <= other.start for one, other in pairwise(ordered))


def test_every_refusal_in_the_code_names_a_problem_and_gives_its_details() -> None:
    wrong = []
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal"
            ):
                continue
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = str(node.args[0].value)
            given = {keyword.arg for keyword in node.keywords}
            known = problems.catalogue().get(name)
            if known is None:
                wrong.append(f"{path.name}:{node.lineno} {name}")
            elif None not in given and known.details() != given:
                wrong.append(f"{path.name}:{node.lineno} {name}: {sorted(known.details() ^ given)}")
    assert wrong == []


def test_a_refusal_speaks_both_languages() -> None:
    refusal = Refusal("port_taken", port=8000)
    assert "8000" in refusal.th
    assert "8000" in refusal.en
    assert str(refusal) == refusal.en
    assert (refusal.name, refusal.code, refusal.exit_code) == ("port_taken", 8030, 2)
    assert refusal.mend_th
    assert refusal.mend_en


def test_a_problem_may_say_how_the_program_ends() -> None:
    assert Refusal("unexpected", kind="X", id="1").exit_code == 1


def test_a_misspelt_name_fails_where_it_is_raised() -> None:
    with pytest.raises(BadCatalogue, match="prot_taken"):
        Refusal("prot_taken", port=1)


def test_a_missing_detail_fails_where_it_is_raised() -> None:
    with pytest.raises(BadCatalogue, match="port"):
        Refusal("port_taken")


def test_a_good_file_is_read_in_the_order_of_codes(tmp_path: Path) -> None:
    text = GOOD + GOOD.replace("broken]", "cracked]").replace("8999", "8998")
    assert [problem.name for problem in read(tmp_path, text)] == ["cracked", "broken"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("8999", "9000", "outside"),
        ("8999", '"8999"', "outside"),
        ("code = 8999\n", "", "outside"),
        ('mend_en = "Mend it"', "", "no text for mend_en"),
        ('"Mend it"', '"  "', "no text for mend_en"),
        ('"Mend it"', "7", "no text for mend_en"),
        ('mend_en = "Mend it"', 'mend_en = "Mend it"\nmend_fr = "x"', "unknown keys"),
        ('mend_en = "Mend it"', 'mend_en = "Mend it"\nexit = 0', "exit"),
        ('mend_en = "Mend it"', 'mend_en = "Mend it"\nexit = "two"', "exit"),
        ("[broken]", 'loose = "x"\n[broken]', "not a table"),
    ],
)
def test_a_file_that_breaks_the_law_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(BadCatalogue, match=why):
        read(tmp_path, GOOD.replace(old, new))


@pytest.mark.parametrize("second", ["[broken]\ncode = 8998", "[other]\ncode = 8999"])
def test_a_name_or_a_code_taken_by_another_room_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    for room, text in (("site", GOOD), ("extra", GOOD.replace("[broken]\ncode = 8999", second))):
        (tmp_path / room).mkdir()
        (tmp_path / room / "problems.toml").write_text(text, "utf-8")
    monkeypatch.setattr(problems, "BLOCKS", {"site": BLOCKS["site"], "extra": BLOCKS["site"]})
    monkeypatch.setattr(takhai, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(BadCatalogue, match="taken"):
        problems.catalogue.__wrapped__()
