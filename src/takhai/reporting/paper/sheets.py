"""The sheets of the report's workbook: the numbers of the page, each beside its definition."""

from collections.abc import Iterator
from dataclasses import dataclass

from takhai.reporting import indicators, published, words
from takhai.reporting.indicators import Part, Unit
from takhai.reporting.paper.screening import populations
from takhai.reporting.paper.workbook import Cell, Number, Sheet
from takhai.reporting.summary import StepFlow, Summary, Taken
from takhai.reporting.types import Breakdown, ScreeningFacts
from takhai.reporting.words import Language, Speech, Word, Words


@dataclass(frozen=True, slots=True)
class _Maker:
    """What every sheet needs."""

    told: Summary
    known: Words
    seal: tuple[tuple[Word, str], ...]

    def sheet(
        self, name: str, heads: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], *, about: str = ""
    ) -> Sheet:
        """A sheet whose title, definition and columns are words of the section "sheet"."""
        w = self.known["sheet"]
        return Sheet(
            name=name,
            title=w[name],
            about=w[about or f"{name}_about"],
            seal=self.seal,
            heads=tuple(w[head] for head in heads),
            rows=tuple(rows),
        )


def build(told: Summary, breakdown: Breakdown, facts: ScreeningFacts, *, data: str) -> tuple[Sheet, ...]:
    """All sheets; ``data`` is the fingerprint of what they are made from."""
    known = words.load(words.OWN, words.PAPER)
    thai, paper = Speech(Language.TH, known), known["paper"]
    seal = (
        (paper["round_name"], told.term.label),
        (paper["as_of"], thai.day(breakdown.as_of)),
        (paper["extracted"], thai.day(breakdown.extracted_on)),
        (paper["policy"], told.policy),
        (paper["data"], data),
    )
    of = _Maker(told, known, seal)
    figure = ("figure", "figure_en", "value", "unit", "definition", "definition_en")
    step = ("step", "group", "in", "joined", "out", "dropped", "held")
    money = ("group", "level", "agency", "channel", "area", "standing", "people", "baht")
    profile = ("figure", "figure_en", "population", "value", "unit", "before", "after", "whose", "definition",
               "definition_en")  # fmt: skip
    return (
        of.sheet("figures", figure, _figures(told, known)),
        of.sheet("people", step, _steps(told, known, money=False)),
        of.sheet("money", step, _steps(told, known, money=True)),
        of.sheet("reasons", ("step", "group", "kind", "reason", "count", "baht"), _reasons(told, known)),
        of.sheet("screening", profile, _profile(facts, known)),
        of.sheet("refused", ("file", "reason", "count"), _refused(told, known)),
        of.sheet("cells", money, _cells(breakdown, known)),
        of.sheet("ledger", ("account", "baht"), _ledger(told, known)),
        of.sheet("exceptions", ("matter", "count"), _exceptions(told, known)),
    )


def _figures(told: Summary, known: Words) -> Iterator[tuple[Cell, ...]]:
    counted = indicators.values(told)
    for each in indicators.all_of_them().values():
        if each.name in counted:
            yield (
                each.label.th,
                each.label.en,
                Number(each.unit, counted[each.name]),
                known["unit_name"][each.unit].th,
                each.definition.th,
                each.definition.en,
            )


def _profile(facts: ScreeningFacts, known: Words) -> Iterator[tuple[Cell, ...]]:
    everybody = populations(facts)
    for each in indicators.of(Part.PROFILE):
        for name, population in everybody.items():
            value = indicators.profile(population)[each.name]
            yield _beside(
                figure=each.name,
                label=each.label,
                population=name,
                unit=each.unit,
                value=value,
                definition=each.definition,
                known=known,
            )
    (shares,) = indicators.of(Part.SOURCE)
    for source, label in known["income_source"].items():
        for name, population in everybody.items():
            value = indicators.sources(population)[source]
            whole = Word(f"{shares.label.th}: {label.th}", f"{shares.label.en}: {label.en}")
            yield _beside(
                figure=source,
                label=whole,
                population=name,
                unit=shares.unit,
                value=value,
                definition=shares.definition,
                known=known,
            )


def _beside(
    *, figure: str, label: Word, population: str, unit: Unit, value: int, definition: Word, known: Words
) -> tuple[Cell, ...]:
    twin = published.of(figure, population)
    before, after = (twin.before, twin.after) if twin else (None, None)
    return (
        label.th,
        label.en,
        known["population"][population].th,
        Number(unit, value),
        known["unit_name"][unit].th,
        None if before is None else Number(unit, before),
        None if after is None else Number(unit, after),
        f"{twin.note.th} · {published.source().th}" if twin else None,
        definition.th,
        definition.en,
    )


def _steps(told: Summary, known: Words, *, money: bool) -> Iterator[tuple[Cell, ...]]:
    for each in told.steps:
        flow = each.flow
        if money:
            lost, kept = sum(flow.satang_dropped.values()), sum(flow.satang_held.values())
            numbers = (flow.satang_in, flow.satang_joined, flow.satang_out, lost, kept)
        else:
            lost, kept = sum(flow.dropped.values()), sum(flow.held.values())
            numbers = (flow.in_, flow.joined, flow.out, lost, kept)
        if each.has_money or not money:
            unit = Unit.SATANG if money else Unit.PEOPLE
            yield (*_named(each, known), *(Number(unit, number) for number in numbers))


def _reasons(told: Summary, known: Words) -> Iterator[tuple[Cell, ...]]:
    for each in told.steps:
        kinds = (
            ("dropped", each.flow.dropped, each.flow.satang_dropped),
            ("held", each.flow.held, each.flow.satang_held),
        )
        for kind, counts, satang in kinds:
            for name, n in counts.items():
                baht = Number(Unit.SATANG, satang.get(name, 0)) if each.has_money else None
                yield (
                    *_named(each, known),
                    known["paper"][kind].th,
                    known["reason"][name].th,
                    Number(Unit.PEOPLE, n),
                    baht,
                )


def _refused(told: Summary, known: Words) -> Iterator[tuple[Cell, ...]]:
    yield from _of_file(known["paper"]["forms"].th, told.screening.forms, "form_refusal", known)
    for name, taken in told.classroom.items():
        yield from _of_file(known["classroom_file"][name].th, taken, "classroom_refusal", known)


def _of_file(file: str, taken: Taken, section: str, known: Words) -> Iterator[tuple[Cell, ...]]:
    yield (file, known["paper"]["forms_read"].th, Number(Unit.ROWS, taken.rows))
    yield (file, known["paper"]["forms_taken"].th, Number(Unit.ROWS, taken.taken))
    for name, n in taken.refused.items():
        yield (file, known[section][name].th, Number(Unit.ROWS, n))


def _cells(breakdown: Breakdown, known: Words) -> Iterator[tuple[Cell, ...]]:
    for row in breakdown.rows:
        yield (
            known["group"][row.group].th,
            known["level"][row.level].th,
            known["agency"][row.agency].th,
            known["channel"][row.channel].th,
            row.area,
            known["money"][row.standing].th,
            Number(Unit.PEOPLE, row.persons),
            Number(Unit.SATANG, row.satang),
        )


def _ledger(told: Summary, known: Words) -> Iterator[tuple[Cell, ...]]:
    for name, satang in told.ledger.items():
        yield (known["account"][name].th, Number(Unit.SATANG, satang))
    for name, satang in told.after_close.items():
        yield (known["after_close"][name].th, Number(Unit.SATANG, satang))


def _exceptions(told: Summary, known: Words) -> Iterator[tuple[Cell, ...]]:
    for name, n in told.exceptions.items():
        yield (known["exception"][name].th, Number(Unit.ROWS, n))
    for name, n in told.screening.findings.items():
        yield (known["finding"][name].th, Number(Unit.ROWS, n))


def _named(each: StepFlow, known: Words) -> tuple[str, str]:
    return (known["step"][each.step].th, known["group"][each.group or "none"].th)
