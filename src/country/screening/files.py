"""The files of the screening: forms before the round, the truth beside them, answers to the list."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from country import out
from country.screening.committee import MEETINGS, RESULTS, late_results, meetings, results
from country.screening.forms import FORM, MEMBER, Form, yes_no
from country.screening.screening import Screening, screen
from country.world import NEW, World
from takhai.policy import for_round

LISTED: Final = ("form_no", "school_code")
TRUTH: Final = (
    "identifier", "form_no", "school_code", "province", "level", "welfare_satang", "income_per_head_satang",
    "truly_extremely_poor",
)  # fmt: skip


def write(world: World, folder: Path) -> None:
    """forms.csv and form_members.csv in time for the list, and truth_pupils.csv, which no round reads."""
    drawn = screen(world)
    _write_forms(folder, "", [form for form in drawn.forms if form.sent])
    out.write(folder / "truth_pupils.csv", TRUTH, _truth(world, drawn))


def answer(world: World, folder: Path) -> list[Path]:
    """When the list is out: meetings, the committees' words, and the forms that come too late."""
    listed = _listed(world, folder)
    if listed is None:
        return []
    drawn = screen(world)
    told, name = folder / "answers", f"{world.term}-{NEW}"
    held, said = told / f"meetings-{name}.csv", told / f"committee-{name}.csv"
    out.write(held, MEETINGS, meetings(world, drawn.committees, [code for _, code in listed]))
    out.write(said, RESULTS, results(world, drawn.committees, listed))
    late = [form for form in drawn.forms if not form.sent]
    return [held, said, *(_write_forms(folder, "-late", late) if late else ())]


def answer_late(world: World, folder: Path) -> list[Path]:
    """When the list of the certified is frozen: what committees say after it."""
    listed = _listed(world, folder)
    if listed is None:
        return []
    path = folder / "answers" / f"committee-{world.term}-{NEW}-late.csv"
    out.write(path, RESULTS, late_results(screen(world).committees, listed))
    return [path]


def _listed(world: World, folder: Path) -> list[tuple[str, str]] | None:
    """Form number and school of the pupils on the list; None while there is none."""
    path = folder / "out" / f"pmt-list-{world.term}-{NEW}.csv"
    if not path.exists():
        return None
    return [(row["form_no"], row["school_code"]) for row in out.read(path, LISTED)]


def _write_forms(folder: Path, suffix: str, forms: Sequence[Form]) -> list[Path]:
    """A forms file and the file of its members."""
    paths = [folder / f"forms{suffix}.csv", folder / f"form_members{suffix}.csv"]
    out.write(paths[0], FORM, ([form.row[name] for name in FORM][: form.cells] for form in forms))
    out.write(paths[1], MEMBER, ([who[name] for name in MEMBER] for form in forms for who in form.members))
    return paths


def _truth(world: World, drawn: Screening) -> Iterable[Sequence[object]]:
    """Of every good form, how well its household really lives; the poorest share of them is truly poor."""
    good = [form for form in drawn.forms if form.good]
    percent = for_round(world.term).band.quota_percent
    poorest: int = drawn.counts["extremely_poor"] if percent is None else len(good) * percent // 100
    order = sorted(good, key=lambda form: (form.welfare, form.number))
    truly = {form.number for form in order[:poorest]}
    for form in sorted(good, key=lambda form: form.number):
        pupil = form.pupil
        yield (
            form.row["identifier"], form.number, form.row["school_code"], world.province,
            pupil.grade.level.value, form.welfare, drawn.judged[form.number].per_head,
            yes_no(form.number in truly),
        )  # fmt: skip
