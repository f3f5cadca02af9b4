"""The command line: what it writes, what it refuses, and that it writes the same again."""

import json
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from country.__main__ import REFUSED, main
from country.manifest import Manifest, NoManifest, read
from tests.country.conftest import Make


def digest(folder: Path) -> str:
    """One hash over all files of a folder and their names."""
    whole = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(path.relative_to(folder)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def test_the_same_seed_gives_the_same_bytes_twice(make: Make) -> None:
    one, two = (make("--pupils", "2000", again=n).folder for n in (10, 11))
    assert one != two
    assert digest(one) == digest(two)


def test_the_round_after_gives_the_same_bytes_twice(make: Make) -> None:
    first = make("--pupils", "500", again=12).folder
    assert digest(make(after=first, again=13).folder) == digest(make(after=first, again=14).folder)


def test_other_seeds_give_other_bytes(make: Make) -> None:
    folders = [make("--pupils", "300", "--seed", str(seed)).folder for seed in (1, 2, 3)]
    assert len({digest(folder) for folder in folders}) == 3


def test_writing_again_into_the_same_folder_begins_anew(make: Make) -> None:
    folder = make("--pupils", "300", again=15).folder
    before = digest(folder)
    for name in ("out/payment-2563-2-old.csv", "answers/x.csv", "registers/corrections-obec-81.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("left over")
    assert main(["--out", str(folder), "--pupils", "300"]) == 0
    assert digest(folder) == before


@pytest.mark.parametrize("other", [["--seed", "2"], ["--province", "10"], ["--pupils", "301"]])
def test_another_country_is_not_written_over(make: Make, other: list[str]) -> None:
    folder = make("--pupils", "300", again=16).folder
    before = digest(folder)
    assert main(["--out", str(folder), "--pupils", "300", *other]) == REFUSED
    assert digest(folder) == before


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert main(["--out", str(tmp_path), "--pupils", "300"]) == REFUSED
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert capsys.readouterr().err.startswith("country: ")


@pytest.mark.parametrize(
    "words",
    [
        ["--province", "99"],
        ["--province", "krabi"],
        ["--round", "2563-3"],
        ["--round", "last"],
        ["--round", "2568-1"],
        ["--round", "2401-1"],
        ["--pupils", "199"],
        ["--pupils", "-5"],
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path / "dir"), *words]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "dir").exists()


def test_the_round_after_keeps_province_and_seed(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = make("--pupils", "300", again=17).folder
    for words in (["--province", "10"], ["--seed", "5"], ["--pupils", "400"], ["--round", "2565-1"]):
        assert main(["--out", str(tmp_path / "x"), "--after", str(first), *words]) == REFUSED
    assert main(["--out", str(tmp_path / "y"), "--after", str(tmp_path / "nowhere")]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 5
    assert main(["--out", str(tmp_path / "z"), "--after", str(first), "--round", "2564-1"]) == 0


def test_a_round_without_a_calendar_cannot_follow(make: Make, tmp_path: Path) -> None:
    second = make(after=make("--pupils", "300", again=17).folder)
    assert main(["--out", str(tmp_path / "third"), "--after", str(second.folder)]) == REFUSED


def test_the_manifest_is_enough_to_make_the_world_again(make: Make) -> None:
    second = make(after=make("--pupils", "500", again=12).folder, again=13)
    made = read(second.folder)
    assert made == Manifest(1, "81", 500, ("2563-2", "2564-1"))
    world, outcome = made.build()
    assert world.term == made.round
    assert outcome.register_rows == second.step("intake")["joined"]


def test_the_manifest_says_sizes_and_rates(make: Make) -> None:
    data = json.loads((make("--pupils", "300").folder / "country.json").read_text(encoding="utf-8"))
    assert data["sizes"]["register_rows"] <= 300
    assert data["rates"]["proxy_not_registered"]["per_million"] == 20_000
    assert (data["round"], data["province"], data["seed"]) == ("2563-2", "81", 1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"made_from": {"seed": "x"}}', '{"made_from": null}'])
def test_a_broken_manifest_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "country.json").write_text(text)
    with pytest.raises(NoManifest):
        read(tmp_path)


@pytest.mark.parametrize("pupils", ["200", "777", "2000"])
def test_pupils_caps_the_register_rows(make: Make, pupils: str) -> None:
    rows = make("--pupils", pupils).step("intake")["joined"]
    assert int(pupils) - 10 <= rows <= int(pupils)


def test_a_whole_province_has_its_share_of_rows(make: Make) -> None:
    assert make().step("intake")["joined"] == pytest.approx(19_070, abs=20)


def test_nothing_is_executable_and_answers_are_for_the_owner_alone(make: Make) -> None:
    for path in make("--pupils", "300").folder.rglob("*"):
        if path.is_file():
            assert not stat.S_IMODE(path.stat().st_mode) & 0o111
