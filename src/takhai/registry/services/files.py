"""Register files that were taken in: known by round and content, so that the same file does nothing twice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from takhai.platform.flow import Flow
from takhai.platform.sets import execute, fetch
from takhai.registry.services.register import Staged
from takhai.registry.types import FileKind


@dataclass(frozen=True, slots=True)
class File:
    """A staged file on its way into a round; ``on`` is the day it speaks for."""

    name: str
    round: str
    staged: Staged
    layout: str
    on: date
    by: str


def known(*, round: str, sha256: bytes) -> Flow | None:
    """What a file did to the counts when it was taken in for the round; None when it never was."""
    rows = fetch(
        "SELECT flow FROM register_file WHERE round = %(round)s AND sha256 = %(sha)s", round=round, sha=sha256
    )
    if not rows:
        return None
    ((stored,),) = rows
    flow = json.loads(stored) if isinstance(stored, str) else stored
    return Flow.from_json(cast("Mapping[str, Any]", flow))


def note_file(*, file: File, kind: FileKind, flow: Flow) -> None:
    """Writes down that the file was taken in; from then on it is known."""
    execute(
        "INSERT INTO register_file (round, sha256, layout, name, received_on, rows, good, kind, flow,"
        " recorded_at, recorded_by)"
        " VALUES (%(round)s, %(sha)s, %(layout)s, %(name)s, %(on)s, %(rows)s, %(good)s, %(kind)s, %(flow)s,"
        " now(), %(by)s)",
        round=file.round,
        sha=file.staged.sha256,
        layout=file.layout,
        name=file.name,
        on=file.on,
        rows=file.staged.total,
        good=file.staged.good,
        kind=kind.value,
        flow=json.dumps(flow.to_json()),
        by=file.by,
    )
