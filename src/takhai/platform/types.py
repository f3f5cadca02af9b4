"""The words of the platform that every room uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service did with a set: rows changed, rows that already were so, refusals by reason."""

    done: int
    same: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
