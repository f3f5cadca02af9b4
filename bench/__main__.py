"""``make bench``: a province through the whole semester beside the floor of the same run; ratios, no bars."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import psycopg

from bench.floor import Out, seconds
from takhai.site.embedded import places
from takhai.site.embedded.server import Server

ROOT = Path(__file__).resolve().parents[1]
TAKHAI = Path(sys.executable).with_name("takhai")
ROUND = "2563-2"
TIMES = 3
SERVED = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica"}


@dataclass(frozen=True, slots=True)
class Work:
    """A named piece of work: the steps it is made of, the files it reads, the tables that count as out."""

    name: str
    steps: tuple[str, ...]
    files: str
    outs: tuple[Out, ...]
    rows_of: str


INTAKE = ("person", "identifier", "household_link", "guardian_link", "school_enrolment")
WORKS = (
    Work("intake (CSV)", ("intake",), "registers/[!c]*.csv", tuple(Out(table) for table in INTAKE), "intake"),
    Work(
        "payment orders",
        ("entitle", "order"),
        "",
        (Out("entitlement"), Out("entitlement_line"), Out("movement", "kind IN ('entitle', 'order')"), Out("order_line")),
        "order",
    ),
    Work("bank results", ("reconcile",), "answers/results-*.csv", (Out("bank_result"), Out("movement", "kind = 'reconcile'")), "reconcile"),
)


@dataclass(frozen=True, slots=True)
class Row:
    work: str
    rows: int
    seconds: float
    floor_seconds: float
    ratio: float
    goal: float | None
    peak_mib: int
    scale: str


class Run:
    """One fresh house; seconds of every step, taken from the lines of the command line."""

    def __init__(self, root: Path, *, province: str, seed: int) -> None:
        self.files, self.home = root / "files", root / "home"
        self.environment = os.environ | {"TAKHAI_HOME": str(self.home), "PYTHONPATH": str(ROOT / "src")}
        self.took: dict[str, float] = {}
        self.peak_mib = 0
        self.country("--out", str(self.files), "--round", ROUND, "--province", province, "--seed", str(seed))
        while self.semester() == 3:
            self.country("answer", str(self.files))

    def country(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "country", *words], env=self.environment, check=True)

    def semester(self) -> int:
        words = [str(TAKHAI), "semester", "run", ROUND, "--from", str(self.files), "--json", str(self.files / "summary.json")]
        process = subprocess.Popen(words, env=self.environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert process.stderr is not None
        began: dict[str, float] = {}
        for line in process.stderr:
            step, _, unit, _ = line.split(" ", 3)
            now = time.perf_counter()
            began.setdefault(step, now)
            self.peak_mib = max(self.peak_mib, _mib(process.pid))
            if unit == "closed":
                self.took[step] = self.took.get(step, 0.0) + now - began[step]
        status = process.wait()
        if status not in {0, 3}:
            raise SystemExit(f"the round ended with {status}")
        return status


def _mib(pid: int) -> int:
    try:
        whole = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return sum(each.memory_info().rss for each in whole if "postgres" not in each.name()) // 2**20
    except psutil.NoSuchProcess:
        return 0


def rows(*, province: str, seed: int) -> Iterator[Row]:
    """Runs the province ``TIMES`` times, floor and ours in turn, and gives medians."""
    taken: list[tuple[dict[str, float], dict[str, float]]] = []
    counted: dict[str, int] = {}
    peak = 0
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory(prefix="takhai-bench-") as folder:
            run = Run(Path(folder), province=province, seed=seed)
            peak = max(peak, run.peak_mib)
            told = json.loads((run.files / "summary.json").read_text("utf-8"))
            counted = {line["step"]: line["in"] + line["joined"] for line in told["steps"]}
            taken.append((run.took, _floors(run)))
    whole_ours = [sum(ours.values()) for ours, _ in taken]
    whole_floor = [sum(floor.values()) for _, floor in taken]
    for work in WORKS:
        ours = statistics.median(sum(took[step] for step in work.steps) for took, _ in taken)
        floor = statistics.median(floors[work.name] for _, floors in taken)
        yield _row(work.name, counted[work.rows_of], ours, floor, peak)
    yield _row("whole semester", counted["intake"], statistics.median(whole_ours), statistics.median(whole_floor), peak)


def _row(name: str, count: int, ours: float, floor: float, peak: int) -> Row:
    return Row(name, count, round(ours, 3), round(floor, 3), round(ours / floor, 2), None, peak, "province")


def _floors(run: Run) -> dict[str, float]:
    where = places.of(run.home)
    with Server(places=where).using(), psycopg.connect(where.url(role=places.OWNER), autocommit=True) as owner:
        settings = dict(owner.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", (list(SERVED),)).fetchall())
        if settings != SERVED:
            raise SystemExit(f"refused: not measured as served: {settings}")
        return {
            work.name: seconds(owner=owner, files=sorted(run.files.glob(work.files)) if work.files else [], outs=work.outs)
            for work in WORKS
        }


def main() -> None:
    measured = list(rows(province="81", seed=1))
    width = max(len(row.work) for row in measured)
    sys.stdout.write(f"{'work':{width}}  {'rows':>9}  {'seconds':>8}  {'floor':>8}  {'ratio':>6}  {'MiB':>5}\n")
    for row in measured:
        sys.stdout.write(
            f"{row.work:{width}}  {row.rows:>9,}  {row.seconds:>8.2f}  {row.floor_seconds:>8.2f}  {row.ratio:>6.2f}  {row.peak_mib:>5}\n"
        )
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(mode=0o700, exist_ok=True)
    target.write_text(json.dumps([asdict(row) for row in measured], ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
