"""Files that come into a round: each is taken in once, whatever its name, and never before its day."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from takhai.payments.services import recovery, results, returning
from takhai.platform import work
from takhai.platform.exchange import Folder, sha256
from takhai.platform.steps import closed, task_name
from takhai.platform.types import Outcome
from takhai.registry.services import corrections as corrections_of
from takhai.registry.services import intake
from takhai.screening.services import certification, forms
from takhai.semester.job import Job
from takhai.thai.calendar import Term

ARRIVALS = "arrivals"


def once(job: Job, name: str, take: Callable[[Path], Any]) -> None:
    """Takes in the file of that name unless its very bytes were taken in before."""
    _take(job, name, job.folder.need(name), take)


def answer(job: Job, kind: str, take: Callable[..., Any]) -> bool:
    """Takes in the answers of that kind for this round and group; whether there are any."""
    name = f"{kind}-{job.round}-{job.group}"
    found = job.folder.incoming(f"answers/{name}*.csv")
    # "old (1)" is a copy of an answer of "old", "old2" would be another group's.
    files = [path for path in found if not path.stem.removeprefix(name)[:1].isalnum()]
    for path in files:
        _take(job, kind, path, lambda path: take(path=path, round=job.round, group=job.group))
    return bool(files)


def corrections(job: Job) -> None:
    """Register files that came after intake, up to the job's day: each as of the day of its stamp."""
    if closed(task=task_name(key=str(job.round), group="", step="intake")) is None:
        return
    extract = job.folder.need("registry_extract.csv")
    files = job.folder.incoming("registers/*.csv") + job.folder.incoming("registers/*.xlsx")
    for path in sorted(files, key=lambda path: path.name):
        if is_first(job, path):
            continue
        day = intake.stamp_day(path=path, round=job.round) or job.as_of
        if day <= job.as_of:
            _correct(job, path, extract, day)


def form_files(job: Job) -> list[Path]:
    """Forms of a round, each file with the members' file of the same suffix beside it."""
    return job.folder.incoming("forms.csv") + job.folder.incoming("forms-*.csv")


def members_file(forms_file: Path) -> Path:
    """``form_members-late.csv`` of ``forms-late.csv``; Refusal ``file_missing``."""
    return Folder(forms_file.parent).need(forms_file.name.replace("forms", "form_members", 1))


def take_forms(job: Job, take: Callable[..., Any]) -> None:
    """Takes in each file of forms that was not taken in before."""
    for path in form_files(job):
        _take(
            job,
            "forms",
            path,
            lambda path: take(path=path, members=members_file(path), round=job.round, group=job.group),
            beside=(members_file(path),),
        )


def late_forms(job: Job) -> None:
    """Forms that come after the cut-off is fixed: counted, never taken."""
    if closed(task=task_name(key=str(job.round), group=job.group, step="assess")) is not None:
        take_forms(job, forms.late)


def late_verdicts(job: Job) -> None:
    """What a committee says after its list was signed: counted, never taken."""
    if closed(task=task_name(key=str(job.round), group=job.group, step="certify")) is not None:
        answer(job, "committee", certification.late)


def late_results(job: Job) -> None:
    """What the bank answers after the step that waited for it: nothing posts, a person must look."""
    if closed(task=task_name(key=str(job.round), group=job.group, step="reconcile")) is not None:
        answer(job, "results", results.take)


def returns(job: Job) -> None:
    """Money that schools sent back and receipts that came late, for a group whose cash is closed."""
    if closed(task=task_name(key=str(job.round), group=job.group, step="recover")) is None:
        return
    answer(job, "receipts", recovery.take_receipts)
    answer(job, "returns", returning.take_returns)
    returning.settle(round=job.round, group=job.group, until=job.as_of)


def left_out(*, round: Term, groups: Iterable[str]) -> dict[str, dict[str, int]]:
    """Rows of reference files and answers that no service took in, by file and reason."""
    counted: dict[str, dict[str, int]] = {}
    for group in ("", *groups):
        for told in work.results(task=task_name(key=str(round), group=group, step=ARRIVALS)).values():
            for reason, rows in told.get("refused", {}).items():
                of_file = counted.setdefault(told["file"], {})
                of_file[reason] = of_file.get(reason, 0) + rows
    return dict(sorted(counted.items()))


def is_first(job: Job, path: Path) -> bool:
    """Whether the register file is one that intake took in."""
    return work.is_done(task=task_name(key=str(job.round), group="", step="intake"), key=path.name)


def _correct(job: Job, path: Path, extract: Path, day: date) -> None:
    _take(
        job,
        "registers",
        path,
        lambda path: corrections_of.correct(path=path, round=job.round, extract=extract, on=day),
    )


def _take(
    job: Job, kind: str, path: Path, take: Callable[[Path], Any], *, beside: Iterable[Path] = ()
) -> None:
    """Takes in what was not taken in before: known by its bytes, and by those of the files beside it."""
    content = sha256(path, *beside)
    task = task_name(key=str(job.round), group=job.group, step=ARRIVALS)
    with work.unit(task=task, key=f"{content} {kind}", by=job.by, source=content) as unit:
        if not unit.done:
            outcome = take(path)
            noted: dict[str, Any] = {"file": path.name, "sha256": content}
            if isinstance(outcome, Outcome) and any(outcome.refused.values()):
                noted["refused"] = dict(outcome.refused)
            unit.finish(noted)
