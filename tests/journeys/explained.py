"""Run inside a house: every pupil of its round explained, decided anew, turned round and told; counts as JSON."""

import json
import sys
from collections import Counter
from typing import Any

from takhai.site.mounts import Needs
from takhai.site.needs import given


def main(round_: str) -> dict[str, Any]:
    """What came of it; "wrong" names each law that was broken and how often."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from takhai.access.scope import system_scope
    from takhai.reporting.words import Language
    from takhai.semester.explain_outcome import result
    from takhai.semester.explain_text import WIDTH, Who, paper, speech, width
    from takhai.semester.explaining import explain_all
    from takhai.thai.calendar import Term

    term, scope = Term.parse(round_), system_scope(reason="test")
    with CaptureQueriesContext(connection) as asked:
        found = explain_all(round=term, scope=scope)
    wrong: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for each in found.values():
        wrong["disagrees"] += not each.agrees
        counted["screened"] += _turn(each, wrong)
        if each.screened and each.screened.decided:
            counted["decided"] += 1
            told = each.screened.told
            wrong["undecided"] += told is None or told.verdict.reason != each.screened.decided.reason
        for language in Language:
            lines = paper(explained=each, who=Who("", "", ""), speech=speech(language))
            wrong["wide"] += any(width(line) > WIDTH for line in lines)
            wrong["unfilled"] += any("{" in line for line in lines)
    return {
        "pupils": len(found),
        "queries": len(asked),
        "results": Counter(map(result, found.values())),
        "wrong": {law: count for law, count in wrong.items() if count},
        **counted,
    }


def _turn(each: Any, wrong: "Counter[str]") -> bool:
    """Whether the pupil was compared with others; then each way is tried, whole and with one change left out."""
    from takhai.policy import for_round
    from takhai.screening.rules import lottery
    from takhai.screening.rules.changing import apply
    from takhai.screening.rules.explanation import Case, judge
    from takhai.thai.calendar import Term

    screened = each.screened
    if screened is None or screened.told is None or not screened.told.verdict.screened:
        return False
    cutoff, home = screened.cutoff, screened.form.household
    drawn = lottery.decide(lottery.Facts(cutoff.round, cutoff.lottery_seed, screened.form.form_no)).lottery
    weights = for_round(Term.parse(cutoff.round)).pmt.weights
    case = Case(household=home, refused=False, lottery=drawn, weights=weights, cutoff=cutoff)
    before = judge(case, home).extremely_poor
    wrong["no way"] += not screened.told.ways
    for way in screened.told.ways:
        wrong["not turned"] += judge(case, apply(way, home)).extremely_poor is before
        for left_out in way:
            rest = [change for change in way if change != left_out]
            wrong["too much"] += judge(case, apply(rest, home)).extremely_poor is not before
    return True


if __name__ == "__main__":
    with given(Needs.TABLES):
        sys.stdout.write(json.dumps(main(sys.argv[1])))
