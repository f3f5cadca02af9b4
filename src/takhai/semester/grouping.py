"""Register files become pupils, pupils become groups."""

from pathlib import Path

from takhai.access.services import users
from takhai.payments.services import channels
from takhai.platform.exchange import sha256
from takhai.platform.flow import Flow
from takhai.platform.types import Outcome
from takhai.programmes import queries as programmes
from takhai.programmes.services import groups, last_list
from takhai.registry import queries as registry
from takhai.registry.services import identifiers, identity, intake, places
from takhai.semester.arrivals import is_first, once
from takhai.semester.job import Job


def reference(job: Job) -> None:
    """What must be there before the first register file: places, the last list, new numbers, choices."""
    # A change of either file is a change of the places.
    for name in ("areas.csv", "schools.csv"):
        once(job, name, lambda _: load_places(job))
    users.appoint_demo(by=job.by)
    if programmes.needs_last_list(round=job.round):
        once(job, "last_round.csv", lambda path: last_list.load(path=path, round=job.round))
    once(job, "channels.csv", lambda path: take_choices(job, path))


def load_places(job: Job) -> None:
    places.load(areas=job.folder.need("areas.csv"), schools=job.folder.need("schools.csv"))


def take_choices(job: Job, path: Path) -> Outcome:
    """The pupil's new number first: his choice is known by it."""
    identifiers.become(path=path, round=job.round, on=job.policy.window("intake").opens)
    return channels.load(path=path, round=job.round)


def register_files(job: Job) -> list[str]:
    """Register files of the first hour, in the order that makes a row of theirs the first of its pupil.

    Of files with the same bytes one counts: the one that is taken in, else the first by name.
    """
    files = job.folder.incoming("registers/*.csv") + job.folder.incoming("registers/*.xlsx")
    first = [path for path in files if not path.name.startswith("corrections-")]
    first.sort(key=lambda path: (not is_first(job, path), path.name))
    names = {sha256(path): path.name for path in reversed(first)}
    return sorted(names.values())


def take_register(job: Job, name: str) -> Flow:
    path = job.folder.need(f"registers/{name}")
    return intake.commit(path=path, round=job.round, received_on=job.as_of)


def compare(job: Job) -> None:
    once(job, "registry_extract.csv", lambda path: identity.compare(path=path, round=job.round, on=job.as_of))


def pupils_of(job: Job) -> list[str]:
    return registry.provinces(round=job.round)


def check_identity(job: Job, province: str) -> Flow:
    return identity.check(round=job.round, province=province, as_of=job.as_of)


def candidates_of(job: Job) -> list[str]:
    return sorted({*registry.provinces(round=job.round), *programmes.provinces_of_last_list(round=job.round)})


def assign_groups(job: Job, province: str) -> Flow:
    return groups.assign(
        round=job.round,
        province=province,
        policy=job.policy,
        entries=registry.entries(round=job.round, scope=job.scope, province=province),
        present=registry.present(round=job.round),
    )
