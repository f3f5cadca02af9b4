"""Text that means harm, files that are none, bytes of another time: one sentence or one refused row, never more."""

import json
from pathlib import Path

import pytest

from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from tests.payments.till import citizen
from tests.platform.intake.making import write_xlsx
from tests.screening.forms.office import FORM, MEMBER, Office, families, family, member

INJECTED = "'); DROP TABLE form; --"
FORMULA = '=HYPERLINK("http://x")'
FREE = ("guardian_relation", "guardian_education", "guardian_occupation")


@pytest.mark.parametrize("column", FREE)
@pytest.mark.parametrize(
    "text", [INJECTED, FORMULA, "%(round)s {row} %s", "\\copy form", "a\u200bb", "ก" * 100]
)
def test_free_text_is_text_whatever_it_looks_like(office: Office, column: str, text: str) -> None:
    form = office.form(office.pupil(), **{column: text})
    assert office.take([form], family(form)).done == 1
    assert fetch(f"SELECT {column} FROM form") == [(text.replace("\u200b", ""),)]


@pytest.mark.parametrize("text", ["\x00", "a\x1bb", "\ufffd", "\ue000", "x" * 501, "ก" * 101])
@pytest.mark.parametrize("column", FREE)
def test_what_is_no_text_refuses_its_row(office: Office, column: str, text: str) -> None:
    form, good = office.form(office.pupil(), **{column: text}), office.form(office.pupil())
    assert dict(office.take([form, good], families([form, good])).refused) == {"text_unclean": 1}


@pytest.mark.parametrize(
    "extension",
    ['{"a": "\\u0000"}', json.dumps({"x": "'); DROP TABLE form; --"}), '{"a": 1e400, "b": "</script>"}'],
)
def test_an_extension_is_not_looked_into(office: Office, extension: str) -> None:
    form = office.form(office.pupil(), extension=extension)
    assert office.take([form], family(form)).done == 1
    assert fetch("SELECT extension FROM form") == [(extension,)]


@pytest.mark.parametrize("extension", ["[" * 400, '{"a":' * 90, "NaN", "null", '"text"', "{}{}"])
def test_an_extension_that_is_no_object_refuses_its_row(office: Office, extension: str) -> None:
    form = office.form(office.pupil(), extension=extension)
    assert dict(office.take([form], family(form)).refused) == {"answer_unknown": 1}


@pytest.mark.parametrize(
    "wages", ["1e9", "NaN", "Infinity", "0x10", "1,00", "--5", "+5", "5-", "1.005", "9" * 30]
)
def test_money_that_is_none_refuses_its_form(office: Office, wages: str) -> None:
    form = office.form(office.pupil())
    assert dict(office.take([form], family(form, wages=wages)).refused) == {"member_unreadable": 1}


@pytest.mark.parametrize("loss", ["-0", "-0.00", "\u22125.50", "-1,250.00"])
def test_a_loss_is_read_as_people_write_it(office: Office, loss: str) -> None:
    form = office.form(office.pupil())
    assert office.take([form], family(form, agriculture=loss)).done == 1
    assert fetch("SELECT agriculture <= 0 FROM form_member WHERE member_no = 2") == [(True,)]


def test_nothing_below_zero_is_nothing(office: Office) -> None:
    form = office.form(office.pupil())
    assert office.take([form], family(form, wages="-0.00")).done == 1


def test_a_file_with_many_members_of_one_form_is_refused_as_that_one_form(office: Office) -> None:
    form, good = office.form(office.pupil()), office.form(office.pupil())
    people = [member(form, 1 + n % 60, relation="other") for n in range(3_000)]
    outcome = office.take([form, good], [*people, *family(form), *family(good)])
    assert (outcome.done, dict(outcome.refused)) == (1, {"member_unreadable": 1})


def test_many_officials_are_kept_each_once(office: Office) -> None:
    numbers = [citizen(800_000 + n % 7) for n in range(21)]
    forms = [
        office.form(office.pupil(), official_number=number, household_ref=f"H81-{n}")
        for n, number in enumerate(numbers)
    ]
    assert office.take(forms, families(forms)).done == 21
    assert fetch("SELECT count(*), count(DISTINCT idx) FROM official") == [(7, 7)]


def test_a_file_in_the_old_thai_encoding_is_read(office: Office) -> None:
    form = office.form(office.pupil(), guardian_occupation="ทำสวนยาง", extension="")
    path, members = office.files([form], family(form))
    path.write_bytes(path.read_text("utf-8").encode("cp874"))
    assert office.take_files(path, members).done == 1
    assert fetch("SELECT guardian_occupation FROM form") == [("ทำสวนยาง",)]


def test_a_workbook_is_read_like_a_file_of_text(office: Office, tmp_path: Path) -> None:
    form = office.form(office.pupil(), rent_baht="800")
    people = family(form)
    forms = write_xlsx(tmp_path, [[form[name] for name in FORM]], name="f.xlsx", header=FORM, stamp="")
    members = write_xlsx(
        tmp_path, [[row[name] for name in MEMBER] for row in people], name="m.xlsx", header=MEMBER, stamp=""
    )
    assert office.take_files(forms, members).done == 1


def test_columns_in_another_order_are_found_by_their_names(office: Office) -> None:
    form = office.form(office.pupil())
    people = family(form)
    turned = FORM[::-1]
    path = office.write("turned", turned, [[form[name] for name in turned]])
    _, members = office.files([form], people)
    assert office.take_files(path, members).done == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "file_not_what_it_claims"),
        (b"%PDF-1.7 forms", "file_not_what_it_claims"),
        (b"a,b\n1,2\n", "header_not_found"),
        (",".join(FORM[:-1]).encode() + b"\n", "header_missing"),
    ],
)
def test_a_file_that_is_no_file_of_forms_is_refused_in_a_sentence(
    office: Office, tmp_path: Path, content: bytes, problem: str
) -> None:
    form = office.form(office.pupil())
    _, members = office.files([form], family(form))
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        office.take_files(path, members)
    assert refused.value.name == problem


def test_members_in_the_place_of_forms_are_refused_in_a_sentence(office: Office) -> None:
    form = office.form(office.pupil())
    path, members = office.files([form], family(form))
    with pytest.raises(Refusal):
        office.take_files(members, path)


def test_a_file_named_for_another_round_is_refused(office: Office) -> None:
    form = office.form(office.pupil())
    path, members = office.files([form], family(form), name="2564-1-forms")
    with pytest.raises(Refusal) as refused:
        office.take_files(path, members)
    assert refused.value.name == "other_round"
