"""What is measured, and how it is told: medians, one ratio, settings as served or nothing."""

import json
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest
from bench.__main__ import Taken, rows, show
from bench.trial import DURABLE, SHOWN, Trial, settings
from bench.works import WORKS, everything, of_registers, registers, units_of_csv

from takhai.site.embedded import places
from takhai.site.embedded.server import Server

NAMES = [work.name for work in WORKS]
STEPS = ("intake", "entitle", "order", "reconcile")
TURN = """\
# arrivals - begins
# arrivals - 0.250000
# intake - begins
intake - obec-81.csv 0/2
intake - obec-81-1.xlsx 1/2
intake - closed 2/2
# intake - 3.500000
# order old begins
a sentence that is neither
# order old 1.000000
"""


def taken(seconds: float, floor: float) -> Taken:
    return Taken(
        ours=dict.fromkeys(NAMES, seconds),
        floor=dict.fromkeys(NAMES, floor),
        rows=dict.fromkeys(NAMES, 1_000),
        mib=dict.fromkeys(NAMES, int(seconds)),
        steps=dict.fromkeys(STEPS, seconds),
        settings={"fsync": "on"},
    )


def test_a_row_holds_medians_their_ratio_and_the_highest_memory() -> None:
    table = rows([taken(30, 2), taken(10, 5), taken(20, 1)])
    assert [row.work for row in table] == [
        "intake (CSV)", "screening", "payment orders", "bank results", "whole semester",
    ]  # fmt: skip
    assert {(row.seconds, row.floor_seconds, row.ratio, row.peak_mib, row.rows) for row in table} == {
        (20, 2, 10.0, 30, 1_000)
    }


def test_a_row_is_written_with_exactly_these_names() -> None:
    line = json.loads(json.dumps(asdict(rows([taken(1, 1)])[0])))
    assert list(line) == [
        "work",
        "rows",
        "seconds",
        "floor_seconds",
        "ratio",
        "goal",
        "peak_mib",
        "scale",
    ]
    assert (line["goal"], line["scale"]) == (None, "province")


def test_the_table_shows_lowest_and_highest_and_the_settings() -> None:
    all_taken = [taken(30, 2), taken(10, 5), taken(20, 1)]
    text = show(rows(all_taken), all_taken)
    head, first, *_ = text.splitlines()
    assert head.split() == ["work", "rows", "seconds", "(low-high)", "floor", "(low-high)", "ratio", "MiB"]
    assert first.split()[2:] == ["1,000", "20.00", "(10.00-30.00)", "2.000", "(1.000-5.000)", "10.0", "30"]
    assert "by step: intake 20.00, entitle 20.00" in text
    assert "settings: fsync on" in text


def test_a_step_counts_as_a_whole_and_a_unit_from_its_line_to_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = Trial(tmp_path)
    trial.hear(TURN.splitlines(keepends=True))
    trial.hear(["# order old begins\n", "# order old 0.500000\n"])
    assert trial.seconds == {"arrivals": 0.25, "intake": 3.5, "order": 1.5}
    assert set(trial.units) == {("intake", "obec-81.csv"), ("intake", "obec-81-1.xlsx")}
    assert capsys.readouterr().err == "a sentence that is neither\n"


def test_intake_counts_the_files_that_the_floor_can_copy_and_only_their_rows(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    for name in ("obec-81.csv", "corrections-1.csv", "obec-81-1.xlsx"):
        (tmp_path / "registers" / name).write_text(name)
    assert [path.name for path in registers(tmp_path)] == ["obec-81.csv"]
    outs = of_registers(tmp_path)
    assert {out.where for out in outs} == {"source_file = ANY (%(files)s)"}
    assert all(len(out.values["files"]) == 1 for out in outs)  # type: ignore[arg-type]
    trial = Trial(tmp_path, units={("intake", "obec-81.csv"): 2.0, ("intake", "obec-81-1.xlsx"): 5.0})
    trial.units["identity", "81"] = 7.0
    assert units_of_csv(trial) == 2.0


def test_the_whole_semester_takes_every_file_that_is_no_workbook(tmp_path: Path) -> None:
    for name in (
        "areas.csv",
        "country.json",
        "registers/a.csv",
        "registers/a.xlsx",
        "answers/b.csv",
        "out/c.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = [str(path.relative_to(tmp_path)) for path in everything(tmp_path)]
    assert found == ["areas.csv", "registers/a.csv", "answers/b.csv"]


@pytest.mark.parametrize("extra", [{}, {"fsync": "off"}, {"work_mem": "1GB"}])
def test_what_is_not_as_served_is_not_measured(home: Path, extra: dict[str, str]) -> None:
    where = places.of(home)
    with (
        Server(places=where, extra_settings=extra).using(),
        psycopg.connect(where.url(role=places.ROOT), autocommit=True) as link,
    ):
        if extra:
            with pytest.raises(SystemExit, match="not measured as served"):
                settings(link=link)
        else:
            assert list(settings(link=link)) == [*DURABLE, *SHOWN]


def test_nothing_of_the_callers_database_reaches_a_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/")
    environment = Trial(tmp_path).environment
    assert "DATABASE_URL" not in environment
    assert environment["TAKHAI_HOME"] == str(tmp_path / "home")
