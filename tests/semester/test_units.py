"""Which provinces each step works through, also where a list and a register lie in different ones."""

from takhai.platform.sets import execute
from takhai.semester.grouping import candidates_of, pupils_of
from takhai.semester.listing import entitled_of, members_of
from takhai.semester.paying import lines_of, ordered_of
from tests.semester.office import Office, count

ABSENT = "person_id NOT IN (SELECT person_id FROM register_entry)"


def run_to(office: Office, *steps: str) -> None:
    for step in steps:
        group = "" if step in {"intake", "identity", "group"} else "old"
        office.run(only=(step, group))


def test_before_there_are_rows_a_step_has_nothing_to_work_through(office: Office) -> None:
    assert (entitled_of(office.job()), ordered_of(office.job()), lines_of(office.job())) == ([], [], [])


def test_who_is_only_on_the_last_list_is_looked_for_where_that_list_has_him(taken_in: Office) -> None:
    run_to(taken_in, "identity")
    gone = execute(f"UPDATE beneficiary SET province = '80' WHERE round = '2563-1' AND {ABSENT}")
    assert gone > 0
    job = taken_in.job(group="")
    assert (pupils_of(job), candidates_of(job)) == (["81"], ["80", "81"])
    run_to(taken_in, "group")
    assert taken_in.line("group")["joined"] == gone
    assert count("SELECT count(*) FROM fate WHERE step = 'group' AND province = '80'") == gone


def test_identity_is_judged_in_every_province_with_a_good_row(taken_in: Office) -> None:
    moved = "UPDATE register_entry SET province = '80' WHERE person_id = (SELECT min(person_id::text)::uuid"
    execute(f"{moved} FROM register_entry WHERE standing = 'first')")
    assert pupils_of(taken_in.job(group="")) == ["80", "81"]
    run_to(taken_in, "identity")
    assert taken_in.line("identity")["in"] == taken_in.line("intake")["out"]


def test_a_group_is_worked_through_where_its_members_are(taken_in: Office) -> None:
    run_to(taken_in, "identity", "group")
    one = "SELECT min(person_id::text)::uuid FROM round_member WHERE \"group\" = 'old'"
    member = taken_in.job(group="old")
    assert members_of(member) == ["81"]
    assert members_of(taken_in.job(group="new")) == ["81"]
    assert members_of(taken_in.job(group="other")) == []
    assert count(f"SELECT count(*) FROM round_member WHERE person_id = ({one})") == 1


def test_each_step_after_the_list_is_worked_through_where_its_rows_are(delivered: Office) -> None:
    job = delivered.job()
    assert (entitled_of(job), ordered_of(job), lines_of(job)) == (["81"], ["81"], ["81"])
