"""What a household lives on: one to four of the five sources, earned by those who can."""

from random import Random

from country.screening.members import Circle, Member

# Shares of households per source after COVID-19, of a thousand: wages 475, agriculture 442, business 59,
# welfare 545, other 88; they add up to more than one because a household has several.
_MAIN = ("wages", "agriculture", "business", "other", "")
_MAIN_WEIGHTS = {True: (38, 33, 3, 6, 20), False: (44, 39, 5, 6, 6)}
_BESIDE = {"wages": 0.09, "agriculture": 0.11, "business": 0.012, "other": 0.03}
_WELFARE = {True: 0.56, False: 0.46}
_JOBLESS = {True: 0.79, False: 0.70}
_CARD = {True: 0.64, False: 0.16}
_ROUND = 5_000


def livelihood(chance: Random, people: Circle, poverty: float) -> tuple[frozenset[str], bool]:
    """Draws the sources and who works for them; the second says whether the guardian has a welfare card."""
    poor = poverty > 0.5
    main = chance.choices(_MAIN, _MAIN_WEIGHTS[poor])[0]
    sources = {main} if main else {"welfare"}
    sources |= {name for name, share in _BESIDE.items() if chance.random() < share}
    if chance.random() < _WELFARE[poor]:
        sources.add("welfare")
    jobless = chance.random() < _JOBLESS[poor]
    _employ(chance, people, sources, jobless=jobless)
    return frozenset(sources), chance.random() < _CARD["welfare" in sources]


def _employ(chance: Random, people: Circle, sources: set[str], *, jobless: bool) -> None:
    """Who works, and that somebody between 15 and 65 does not where the household is one of those."""
    able = _able(people.members)
    busy = len(sources & {"wages", "agriculture", "business"})
    if busy and len(able) > 2 and chance.random() < 0.4:
        busy += 1
    for member in able[:busy]:
        member.works = True
    rest = [member for member in people.members if member.idle]
    for member in rest[1:] if jobless else rest:
        member.works = not jobless or chance.random() < 0.3
    if jobless and not rest:
        people.members.append(Member("relative", 19 + chance.randrange(25)))


def _able(members: list[Member]) -> list[Member]:
    """Who would earn: grown-ups under 66 first, then elders."""
    return sorted((m for m in members if m.grown), key=lambda m: (m.age > 65, m.disabled))


def share_out(chance: Random, people: Circle, sources: frozenset[str], total: int) -> None:
    """Writes the month's income (satang) into the members, by the sources that were drawn."""
    total = max(_ROUND, total // _ROUND * _ROUND)
    if chance.random() < 0.02:
        total += chance.randrange(1, 100)
    earned = [name for name in ("wages", "agriculture", "business", "other") if name in sources]
    if "welfare" in sources:
        total -= _welfare(chance, people, total, alone=not earned)
    if not earned:
        return
    workers = [m for m in _able(people.members) if m.works] or [people.guardian]
    loses = {"wages", "agriculture"} <= sources and chance.random() < 0.15
    weights = [0 if loses and name == "agriculture" else chance.randint(30, 100) for name in earned]
    for n, (name, weight) in enumerate(zip(earned, weights, strict=True)):
        part = total * weight // sum(weights) // 1_000 * 1_000
        who = people.guardian if name == "other" else workers[n % len(workers)]
        who.income[name] = part
    # What rounding left goes to the heaviest, so that the sum is the household's.
    first = earned[weights.index(max(weights))]
    payer = next(m for m in people.members if first in m.income)
    payer.income[first] += total - sum(m.income.get(name, 0) for m in people.members for name in earned)
    if loses:
        farmer = next(m for m in people.members if "agriculture" in m.income)
        farmer.income["agriculture"] = -_ROUND * chance.randint(2, 30)
    if payer.income[first] > 1_500_000 and first == "wages" and len(workers) > 1:
        other = next(m for m in workers if m is not payer)
        half = payer.income[first] // 2_000 * 1_000
        payer.income[first] -= half
        other.income[first] = other.income.get(first, 0) + half


def _welfare(chance: Random, people: Circle, total: int, *, alone: bool) -> int:
    """Allowances of elders, the disabled and small children; what they come to."""
    for member in people.members:
        amount = 0
        if member.age >= 60:
            amount += 60_000 if member.age < 70 else 70_000
        if member.disabled:
            amount += 80_000
        if member.age < 6:
            amount += 60_000
        if amount:
            member.income["welfare"] = amount
    if not any("welfare" in m.income for m in people.members):
        people.guardian.income["welfare"] = chance.choice((20_000, 30_000))
    came = sum(m.income.get("welfare", 0) for m in people.members)
    takers = [m for m in people.members if "welfare" in m.income]
    limit = total if alone else total * 6 // 10
    if came > limit or alone:
        for m in takers:
            m.income["welfare"] = limit // len(takers) // 1_000 * 1_000
        takers[0].income["welfare"] += limit - sum(m.income["welfare"] for m in takers)
        came = limit
    return came
