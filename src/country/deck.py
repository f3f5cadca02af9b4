"""Deals planted kinds to pupils: at most one each, in an order drawn for every pupil."""

from collections.abc import Callable, Iterable
from itertools import islice

from country.draw import portion, shuffled
from country.kinds import Kind
from country.pupils import Pupil
from country.world import World

Test = Callable[[Pupil], bool]


def clean(pupil: Pupil) -> bool:
    """Nothing planted yet, and no money of an earlier round on its way."""
    return not pupil.fault and not pupil.carries


class Deck:
    """Pupils in drawn order: all with a register row, the continuing ones that have a rate, the unlisted."""

    def __init__(self, world: World) -> None:
        order = shuffled(
            world.present(), lambda pupil: pupil.serial, world.seed, world.term, world.province, "deck"
        )
        self.present = order
        self.money = [pupil for pupil in order if world.on_list(pupil) and payable(world, pupil)]
        self.others = [pupil for pupil in order if pupil.listing is None]

    def deal(self, kind: Kind, pool: Iterable[Pupil], fits: Test, *, of: int | None = None) -> list[Pupil]:
        """Gives a kind to its share (of `of`, else of the pool) of the clean pupils that fit, or to all."""
        fitting = (pupil for pupil in pool if clean(pupil) and fits(pupil))
        if of is None:
            listed = list(fitting)
            found = listed[: portion(len(listed), kind.per_million, kind.least)]
        else:
            found = list(islice(fitting, portion(of, kind.per_million, kind.least)))
        for pupil in found:
            pupil.fault = kind.name
        return found

    def each(self, kinds: Iterable[Kind], pool: Iterable[Pupil], fits: Test) -> None:
        """Deals several kinds to one pool, their shares taken of the pool as it was at first."""
        fitting = [pupil for pupil in pool if clean(pupil) and fits(pupil)]
        for kind in kinds:
            self.deal(kind, fitting, always, of=len(fitting))


def always(pupil: Pupil) -> bool:
    """Every pupil fits."""
    return pupil is not None


def payable(world: World, pupil: Pupil) -> bool:
    """Whether money is on its way to a pupil of the list unless something happens: its level has a rate."""
    rate = world.amount(pupil.grade.level, pupil.school.affiliation)
    return pupil.present and rate is not None and not world.failed(pupil)
