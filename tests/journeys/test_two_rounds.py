"""The next round runs on the same database; its last list is our own, and held money comes along."""

from pathlib import Path

from tests.journeys.house import House


def test_the_round_after_runs_on_the_same_database_and_takes_the_held_along(
    house: House, tmp_path: Path
) -> None:
    house.write_files(pupils=600, seed=11)
    first = house.finish()
    held = {line["step"]: sum(line["held"].values()) for line in first["steps"]}
    assert held["entitle"] > 0
    later = House(home=house.home, files=tmp_path / "later", round="2564-1")
    later.write_next(house.files)
    second = later.finish()
    told = later.takhai("semester", "check", "--truth", str(later.files / "truth.json"))
    assert told.returncode == 0, told.stdout
    joined = {line["step"]: line["joined"] for line in second["steps"]}
    assert joined["entitle"] > 0, "nobody whose hold was lifted came along"
    assert joined["order"] > 0, "nobody held at the bank came along"
    assert later.takhai("ledger", "verify").returncode == 0


def test_a_day_that_has_not_come_makes_the_later_windows_wait(house: House) -> None:
    house.write_files(pupils=200, seed=3)
    early = house.run("--as-of", "2020-12-09")
    assert early.returncode == 3
    assert "DATE" in early.stdout
    assert house.run("--as-of", "2020-12-28").returncode == 3
    still = house.run("--as-of", "2020-12-31")
    assert still.returncode == 3
    assert not (house.files / "out" / "payment-2563-2-old.csv").exists()


def test_each_step_can_be_run_alone_and_in_its_turn_only(house: House) -> None:
    house.write_files(pupils=200, seed=3)
    words = ("2563-2", "--from", str(house.files))
    assert house.takhai("semester", "entitle", *words, "--group", "old").returncode == 2
    for step, group in (
        ("intake", ""),
        ("identity", ""),
        ("group", ""),
        ("enrol", "old"),
        ("entitle", "old"),
    ):
        done = house.takhai("semester", step, *words, "--group", group)
        assert done.returncode == 0, f"{step}: {done.stderr}"
    assert house.takhai("semester", "order", *words, "--group", "old").returncode == 3


def test_a_refusing_approver_ends_the_run_with_his_reason(house: House) -> None:
    house.write_files(pupils=200, seed=3)
    house.run()
    house.answer()
    answer = house.files / "answers" / "approval-2563-2-old.csv"
    answer.write_text(
        answer.read_text("utf-8").replace(",approve,", ",refuse,").rstrip("\n") + "ยอดไม่ตรง\n", "utf-8"
    )
    refused = house.run()
    assert refused.returncode == 3
    assert "ยอดไม่ตรง" in refused.stdout
    assert not (house.files / "out" / "payment-2563-2-old.csv").exists()
