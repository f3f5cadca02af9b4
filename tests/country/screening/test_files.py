"""forms.csv, form_members.csv and truth_pupils.csv as they lie in the folder."""

import csv
import json
import re
from pathlib import Path

import pytest

from country.first import first_world
from country.screening import screen, write
from country.screening.committee import MEETINGS, RESULTS
from country.screening.files import LISTED, TRUTH
from country.screening.forms import FORM, MEMBER
from country.screening.kinds import EXCEPTIONS, FORM_REFUSALS
from takhai.thai.calendar import Term
from tests.country.conftest import Made, world_of
from tests.country.test_data_dictionary import SECTIONS, TEXT, columns, example


def rows(path: Path) -> list[list[str]]:
    """Cells of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        world = first_world(term=Term(2563, 2), province="81", seed=4, most=600)
        write(world, tmp_path / name)
    for name in ("forms.csv", "form_members.csv", "truth_pupils.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_seed_gives_other_households(tmp_path: Path) -> None:
    for seed in (4, 5):
        write(first_world(term=Term(2563, 2), province="81", seed=seed, most=300), tmp_path / str(seed))
    assert (tmp_path / "4" / "form_members.csv").read_bytes() != (
        tmp_path / "5" / "form_members.csv"
    ).read_bytes()


def test_the_forms_of_the_folder_are_those_that_are_counted(krabi: Made) -> None:
    counts = krabi.truth["screening"]
    header, *forms = rows(krabi.folder / "forms.csv")
    assert tuple(header) == FORM
    assert len(forms) == counts["forms"] - counts["refused"]["form_after_signing"]
    assert sum(len(cells) < len(FORM) for cells in forms) == counts["refused"]["row_malformed"]


def test_extensions_are_json(krabi: Made) -> None:
    at = FORM.index("extension")
    for cells in rows(krabi.folder / "forms.csv")[1:]:
        if len(cells) == len(FORM):
            assert set(json.loads(cells[at])) == {"travel", "photo"}


def test_members_name_no_number_and_belong_to_a_form(krabi: Made) -> None:
    header, *members = rows(krabi.folder / "form_members.csv")
    assert tuple(header) == MEMBER
    forms = {cells[0] for cells in rows(krabi.folder / "forms.csv")[1:]}
    assert {cells[0] for cells in members} <= forms
    text = (krabi.folder / "form_members.csv").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\d)\d{13}(?!\d)", text)


def test_a_member_number_is_met_once_in_a_form(krabi: Made) -> None:
    keys = [tuple(cells[:2]) for cells in rows(krabi.folder / "form_members.csv")[1:]]
    assert len(set(keys)) == len(keys)


def test_the_truth_of_pupils_has_every_good_form_and_a_fifth_is_poor(krabi: Made) -> None:
    header, *found = rows(krabi.folder / "truth_pupils.csv")
    assert tuple(header) == TRUTH
    drawn = screen(world_of()[0])
    assert [cells[1] for cells in found] == sorted(drawn.judged)
    poor = [cells for cells in found if cells[-1] == "yes"]
    assert len(poor) == len(found) * 20 // 100
    richest_poor = max(int(cells[5]) for cells in poor)
    assert all(int(cells[5]) >= richest_poor for cells in found if cells[-1] == "no")


def test_the_truth_shows_the_income_of_the_form(krabi: Made) -> None:
    drawn = screen(world_of()[0])
    for cells in rows(krabi.folder / "truth_pupils.csv")[1:]:
        judged = drawn.judged[cells[1]]
        assert int(cells[6]) == judged.income // judged.members


def test_forms_and_truth_are_for_two_pairs_of_eyes(krabi: Made) -> None:
    for name in ("forms.csv", "form_members.csv", "truth_pupils.csv"):
        assert (krabi.folder / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("forms.csv", FORM),
        ("form_members.csv", MEMBER),
        ("truth_pupils.csv", TRUTH),
        ("answers/meetings", MEETINGS),
        ("answers/committee", RESULTS),
    ],
)
def test_a_file_has_the_columns_of_the_page(section: str, written: tuple[str, ...]) -> None:
    assert columns(section) == list(written)
    found = example(section)
    assert found[0] == list(written)
    assert all(len(cells) == len(written) for cells in found)


def test_what_is_read_of_the_list_is_on_the_page() -> None:
    assert set(LISTED) <= set(columns("out/pmt-list"))


def test_every_reason_is_explained() -> None:
    table = re.findall(r"^\| ([a-z_]+) \|", SECTIONS["forms.csv"], re.MULTILINE)
    assert table[-len(FORM_REFUSALS) :] == list(FORM_REFUSALS)
    assert all(name in TEXT for name in EXCEPTIONS)
