"""Why pupils of a round stand where they stand: gathered from the rooms, decided anew by their rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from takhai.access.scope import Scope
from takhai.benefits import queries as benefits
from takhai.benefits.types import Standing
from takhai.payments import queries as payments
from takhai.policy import RoundPolicy, for_round
from takhai.programmes import queries as programmes
from takhai.screening.queries import standing as screening
from takhai.screening.queries.cutoffs import find_cutoff
from takhai.screening.queries.forms import inputs
from takhai.screening.rules import certification, lottery, meeting
from takhai.screening.rules import explanation as rules
from takhai.screening.types import Cutoff, Form
from takhai.thai.calendar import Term


@dataclass(frozen=True, slots=True)
class Screened:
    """A pupil of a screened group: what is stored of him, what the rules make of it, and what was decided.

    ``told`` is None until the cut-off is fixed, ``certified`` until certify is closed for his school.
    """

    form: Form | None
    cutoff: Cutoff | None
    told: rules.Explanation | None
    committee: screening.Committee | None
    certified: certification.Verdict | None
    decided: screening.Decided | None

    @property
    def agrees(self) -> bool:
        """Whether the rules still decide what was decided; so too while nothing was."""
        if self.decided is None or self.told is None:
            return self.decided is None
        if (self.decided.score, self.decided.reason) != (self.told.score, self.told.verdict.reason):
            return False
        return self.certified is None or self.certified.reason == self.decided.certify_reason


@dataclass(frozen=True, slots=True)
class Explained:
    """One pupil in a round. ``lines`` are payments made in it, and of what was entitled in it.

    ``screened`` is None for who needs no screening, ``standing`` for whom no group was sought. ``judged``: the
    conditions of this round and of the one before, where somebody judged them; told of one pupil alone.
    """

    person: UUID
    policy: RoundPolicy
    standing: programmes.Standing | None
    screened: Screened | None
    entitled: benefits.Explanation | None
    lines: tuple[payments.Line, ...]
    judged: Mapping[Term, benefits.Judged] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether everything that was decided is decided again."""
        return all(each.agrees for each in (self.screened, self.entitled, *self.judged.values()) if each)

    @property
    def line(self) -> payments.Line | None:
        """The payment of what was entitled in this round, as it stands."""
        own = [line for line in self.lines if line.entitlement_round == str(self.policy.term)]
        return own[-1] if own else None

    @property
    def held(self) -> bool:
        """Whether his entitlement waits: held, and on no later list."""
        entitled = self.entitled
        waits = entitled is not None and entitled.decided.standing is Standing.HELD
        return waits and entitled is not None and entitled.listed is None


def explain(*, round: Term, person: UUID, scope: Scope) -> Explained:
    """One pupil, whether the round knows him or not."""
    found = explain_all(round=round, scope=scope, person=person).get(person)
    if found is None:
        return Explained(person, for_round(round), None, None, None, ())
    terms = (round, round.previous())
    judged = {term: benefits.judged(round=term, person=person, scope=scope) for term in terms}
    return replace(found, judged={term: each for term, each in judged.items() if each})


def explain_all(*, round: Term, scope: Scope, person: UUID | None = None) -> Mapping[UUID, Explained]:
    """By person: all pupils of the round inside the scope, or one of them; the same few queries for both."""
    policy = for_round(round)
    standings = programmes.standings(round=round, scope=scope, person=person)
    entitled = benefits.explain_all(round=round, scope=scope, person=person)
    lines = payments.lines(round=round, scope=scope, person=person)
    screened = _screened(policy, standings, scope, person)
    return {
        each: Explained(
            person=each,
            policy=policy,
            standing=standing,
            screened=screened.get(each),
            entitled=entitled.get(each),
            lines=lines.get(each, ()),
        )
        for each, standing in standings.items()
    }


def screened_groups(policy: RoundPolicy) -> tuple[str, ...]:
    """The groups of a round that are screened."""
    return tuple(
        group
        for group in policy.groups
        if (group, "assess") in policy.calendar and "assess" not in policy.skipped_steps
    )


def _screened(
    policy: RoundPolicy, standings: Mapping[UUID, programmes.Standing], scope: Scope, person: UUID | None
) -> dict[UUID, Screened]:
    cutoffs = {group: find_cutoff(round=policy.term, group=group) for group in screened_groups(policy)}
    forms = {form.person: form for form in inputs(round=policy.term, scope=scope, person=person)}
    committees = screening.committees(round=policy.term, scope=scope, person=person)
    decisions = screening.decisions(round=policy.term, scope=scope, person=person)
    found = {}
    for each, standing in standings.items():
        if standing.group in cutoffs:
            committee, decided = committees.get(each), decisions.get(each)
            cutoff, form = cutoffs[standing.group], forms.get(each)
            found[each] = Screened(
                form=form,
                cutoff=cutoff,
                told=_told(policy, form, cutoff) if cutoff else None,
                committee=committee,
                certified=_certified(policy, standing.group, committee)
                if decided and decided.closed
                else None,
                decided=decided,
            )
    return found


def _told(policy: RoundPolicy, form: Form | None, cutoff: Cutoff) -> rules.Explanation:
    number = form.form_no if form else ""
    drawn = lottery.decide(lottery.Facts(cutoff.round, cutoff.lottery_seed, number)).lottery if form else ""
    return rules.explain(
        rules.Case(
            household=form.household if form else None,
            refused=form.refused if form else False,
            lottery=drawn,
            weights=policy.pmt.weights,
            cutoff=cutoff,
        )
    )


def _certified(
    policy: RoundPolicy, group: str, committee: screening.Committee | None
) -> certification.Verdict:
    met = committee.met if committee else None
    window = policy.window("certify", group)
    facts = None
    if met is not None:
        facts = meeting.Facts(
            members=met.members,
            present=met.present,
            met_on=met.met_on,
            signed_on=met.signed_on,
            opens=window.opens,
            until=window.until,
            least=policy.committee_least,
            quorum_percent=policy.committee_quorum_percent,
        )
    return rules.certify(result=committee.result if committee else None, met=facts)
