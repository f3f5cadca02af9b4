"""Layouts are data: every one of them is whole, and a broken one is found before any user meets it."""

import re
import tomllib
from pathlib import Path

import pytest

import takhai
from takhai.platform.intake import layout as layouts
from takhai.platform.intake.checks import CHECKS
from takhai.platform.intake.layout import BadLayout, parse
from takhai.platform.intake.row_checks import ACROSS_CHECKS, ROW_CHECKS
from takhai.platform.problems import Refusal, find
from takhai.thai.names import normal

# What entries.py can fill into the sentence of a row.
DETAILS = {"row", "column", "value", "meaning_th", "meaning_en", "round", "first_year", "last_year"}
# The files of a round and their columns, in order.
COLUMNS = {
    "areas": "area_code,name_th,kind,province_code",
    "schools": (
        "school_code,moe_code,name_th,affiliation,area_code,subdistrict_code,account_bank,account_number,phone"
    ),
    "last_round": (
        "identifier,prefix,first_name,last_name,birth_date,sex,school_code,class,channel,first_subsidy_year,compliant"
    ),
    "registry_extract": "number,prefix,first_name,last_name,sex,birth_date,alive",
    "channels": "identifier,former_identifier,channel",
    "approval": "round,group,list_sha256,count,baht,decision,approver,decided_on,reason",
    "results": "reference,payee,satang,status,code,booked_on",
    "receipts": "line_reference,status,baht,received_on,recipient,reason",
    "returns": "return_reference,school_code,baht,booked_on",
    "forms": (
        "form_no,identifier,school_code,household_ref,filled_on,family_status,lives_with,guardian_relation,"
        "guardian_education,guardian_occupation,guardian_welfare_card,single_parent,tenure,rent_baht,floor,wall,roof,"
        "toilet,farmland,water,electricity,car,pickup,tractor,motorcycle,computer,air_conditioner,television,"
        "washing_machine,refrigerator,extension,teacher,official_name,official_number,official_position,"
        "official_verdict,official_reason"
    ),
    "form_members": (
        "form_no,member_no,relation,age,disabled,chronic,studies,works,wages,agriculture,business,welfare,other"
    ),
    "meetings": "school_code,met_on,signed_on,member_no,name,position,number_masked,present",
    "committee": "form_no,school_code,result,reason",
    "truth_pupils": (
        "identifier,form_no,school_code,province,level,welfare_satang,income_per_head_satang,truly_extremely_poor"
    ),
    "school_days": "school_code,month,days_open",
    "attendance": "identifier,school_code,month,days_present,sick_leave,personal_leave",
    "growth": "identifier,school_code,measured_on,weight_kg,height_cm",
    "growth_reference": "sex,measure,month,l,m,s",
}
ALL = (*COLUMNS, "dmc")
SMALL = """
label = { th = "ก", en = "a" }
dates = "iso"
[[column]]
field = "a"
position = 1
header = ["a"]
meaning = { th = "ก", en = "a" }
check = "text"
problem = "text_unclean"
[[column]]
field = "b"
position = 2
header = ["b"]
meaning = { th = "ข", en = "b" }
check = "text"
problem = "text_unclean"
"""


def test_the_house_has_these_layouts() -> None:
    assert sorted(layouts.names()) == sorted(ALL)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_of_a_round_has_the_columns_of_the_data_dictionary(name: str) -> None:
    layout = layouts.load(name)
    assert ",".join(column.header[0] for column in layout.columns) == COLUMNS[name]
    assert layout.fields == tuple(COLUMNS[name].split(","))
    assert layout.dates == "iso"


def test_the_register_has_the_36_columns_of_the_export() -> None:
    dmc = layouts.load("dmc")
    assert [column.header[0] for column in dmc.columns][:3] == [
        "รหัสโรงเรียน",
        "ชื่อโรงเรียน",
        "เลขประจำตัวประชาชน",
    ]
    assert len(dmc.columns) == 36
    assert dmc.dates == "buddhist"


@pytest.mark.parametrize("name", ALL)
def test_every_check_of_a_layout_exists(name: str) -> None:
    layout = layouts.load(name)
    assert {column.check for column in layout.columns} <= CHECKS.keys()
    assert {check.name for check in layout.row_checks} <= ROW_CHECKS.keys()
    assert {check.name for check in layout.across_checks} <= ACROSS_CHECKS.keys()


@pytest.mark.parametrize("name", ALL)
def test_every_problem_of_a_layout_has_a_sentence_that_can_be_filled(name: str) -> None:
    layout = layouts.load(name)
    said = {
        column.settings.get(key)
        for column in layout.columns
        for key in ("said", "zero", "wrong_check", "range", "only_right", "below_zero")
    } - {"accept"}
    problems = {
        *(column.problem for column in layout.columns),
        *(check.problem for check in (*layout.row_checks, *layout.across_checks)),
        *(problem for problem in said if problem),
    }
    for problem in problems:
        assert find(problem).details() <= DETAILS, problem


@pytest.mark.parametrize(
    "name", ["row_malformed", "text_unclean", "text_cleaned", "text_became_date", "column_absent"]
)
def test_what_the_reader_itself_says_can_be_filled(name: str) -> None:
    assert find(name).details() <= DETAILS


@pytest.mark.parametrize("name", ALL)
def test_every_pattern_and_choice_can_be_met(name: str) -> None:
    for column in layouts.load(name).columns:
        if column.check == "pattern":
            re.compile(column.settings["like"])
        if column.check == "choice":
            assert all(written == normal(written) for written in column.settings["values"])


def test_a_layout_lies_in_the_room_that_reads_it() -> None:
    house = Path(takhai.__file__).parent
    rooms = {path.stem: path.parts[-3] for path in house.glob("*/layouts/*.toml")}
    assert {rooms[name] for name in ("approval", "results", "receipts", "returns")} == {"payments"}
    assert {rooms[name] for name in ("dmc", "areas", "schools", "registry_extract", "channels")} == {
        "registry"
    }
    assert rooms["last_round"] == "programmes"
    assert {rooms[name] for name in ("school_days", "attendance", "growth", "growth_reference")} == {
        "classroom"
    }


def test_an_unknown_layout_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        layouts.load("dmcx")
    assert refused.value.name == "layout_unknown"
    assert "dmc" in refused.value.en


def test_a_small_layout_is_enough() -> None:
    small = parse(name="small", text=SMALL)
    assert small.fields == ("a", "b")
    assert (small.stamp, small.row_checks, small.across_checks) == ("", (), ())
    assert (small.columns[0].absent, small.columns[0].required, small.columns[0].empty) == (
        "refuse",
        False,
        None,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('dates = "iso"', 'dates = "guess"'),
        ('dates = "iso"', ""),
        ('dates = "iso"', 'dates = "iso"\ncolour = "red"'),
        ("position = 2", "position = 3"),
        ('field = "b"', 'field = "a"'),
        ('header = ["b"]', "header = []"),
        ('check = "text"\nproblem = "text_unclean"\n[[column]]', 'problem = "text_unclean"\n[[column]]'),
        ("position = 2", 'position = 2\nabsent = "perhaps"'),
        ("position = 2", "position = 2\nwidth = 3"),
        ("position = 2", 'position = 2\nabsent = "accept"'),
    ],
)
def test_a_layout_that_breaks_the_law_is_found(old: str, new: str) -> None:
    assert old in SMALL
    with pytest.raises(BadLayout):
        parse(name="small", text=SMALL.replace(old, new))


@pytest.mark.parametrize(
    "more",
    [
        '[[row]]\ncheck = "needed_when"\nfields = ["a", "c"]\nproblem = "value_missing"',
        '[[across]]\ncheck = "unique"\nfields = ["a"]',
        '[[across]]\ncheck = "unique"\nfields = ["a"]\nproblem = "repeated_in_file"\nloud = true',
    ],
)
def test_a_check_that_breaks_the_law_is_found(more: str) -> None:
    with pytest.raises(BadLayout):
        parse(name="small", text=SMALL + more)


def test_layout_files_are_plain_toml() -> None:
    for path in Path(takhai.__file__).parent.glob("*/layouts/*.toml"):
        assert tomllib.loads(path.read_text("utf-8"))["label"]["th"]
