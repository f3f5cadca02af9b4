"""``make bench``: a province through the whole semester beside the floor of the same run; ratios, no bars."""

import json
import signal
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from bench import floor
from bench.trial import Trial, settings
from bench.works import WORKS
from takhai.platform import home

TIMES: Final = 3
COUNTRY: Final = {"province": "81", "seed": "1"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``bench.json``: seconds are medians; ``goal`` is a ratio, null while there is none."""

    work: str
    rows: int
    seconds: float
    floor_seconds: float
    ratio: float
    goal: float | None
    peak_mib: int
    scale: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What one trial gave: seconds, floor, rows and MiB by work, and seconds by step."""

    ours: Mapping[str, float]
    floor: Mapping[str, float]
    rows: Mapping[str, int]
    mib: Mapping[str, int]
    steps: Mapping[str, float]
    settings: Mapping[str, str]


def take(*, country: Mapping[str, str]) -> Taken:
    """Ours, then the floor of the rows it left, in a fresh home that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="takhai-bench-") as folder:
        trial = Trial(Path(folder))
        with trial.root_link() as link:
            trial.prepare(country=country)
            held = settings(link=link)
            # No VACUUM here: a home as served has none either, and the planner would know it.
            link.execute("CHECKPOINT")
            trial.walk()
            return Taken(
                ours={work.name: work.ours(trial) for work in WORKS},
                floor={
                    work.name: floor.seconds(
                        link=link, files=work.files(trial.files), outs=work.outs(trial.files)
                    )
                    for work in WORKS
                },
                rows={work.name: work.rows(link) for work in WORKS},
                mib={work.name: max(trial.mib[step] for step in work.steps or trial.mib) for work in WORKS},
                steps={**trial.seconds, "(outside)": trial.outside},
                settings=held,
            )


def rows(taken: Sequence[Taken]) -> list[Row]:
    """The table: medians of the trials, their ratio, the highest memory."""
    table = []
    for work in WORKS:
        ours = statistics.median(one.ours[work.name] for one in taken)
        low = statistics.median(one.floor[work.name] for one in taken)
        table.append(
            Row(
                work=work.name,
                rows=taken[-1].rows[work.name],
                seconds=round(ours, 3),
                floor_seconds=round(low, 3),
                ratio=round(ours / low, 2),
                goal=None,
                peak_mib=max(one.mib[work.name] for one in taken),
                scale="province",
            )
        )
    return table


def show(table: Sequence[Row], taken: Sequence[Taken]) -> str:
    """The table for a reader: medians with lowest and highest, then the seconds by step, then the settings."""
    lines = [
        f"{'work':<16}{'rows':>8}{'seconds':>10}{'(low-high)':>18}{'floor':>9}{'(low-high)':>16}{'ratio':>8}{'MiB':>6}"
    ]
    for row in table:
        ours = _spread([one.ours[row.work] for one in taken], 2)
        low = _spread([one.floor[row.work] for one in taken], 3)
        lines.append(
            f"{row.work:<16}{row.rows:>8,}{row.seconds:>10.2f}{ours:>18}{row.floor_seconds:>9.3f}{low:>16}"
            f"{row.ratio:>8.1f}{row.peak_mib:>6}"
        )
    by_step = {name: statistics.median(one.steps[name] for one in taken) for name in taken[0].steps}
    lines.append("by step: " + ", ".join(f"{name} {took:.2f}" for name, took in by_step.items()))
    lines.append("settings: " + ", ".join(f"{name} {value}" for name, value in taken[0].settings.items()))
    return "\n".join(lines) + "\n"


def _spread(values: Sequence[float], digits: int) -> str:
    return f"({min(values):.{digits}f}-{max(values):.{digits}f})"


def main() -> None:
    # To be told to stop must still end the server of the trial and take its folder away.
    signal.signal(signal.SIGTERM, _stop)
    taken = []
    for at in range(TIMES):
        taken.append(take(country=COUNTRY))
        sys.stderr.write(f"trial {at + 1} of {TIMES}: {taken[-1].ours['whole semester']:.1f} s\n")
    table = rows(taken)
    sys.stdout.write(show(table, taken))
    target = home.private(home.path()) / "bench.json"
    content = json.dumps([asdict(row) for row in table], ensure_ascii=False, indent=1) + "\n"
    home.write_private(target, content.encode())


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
