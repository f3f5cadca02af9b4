"""The semester: a tuple of steps, and one law for all of them.

``STEPS`` says what a step is; the round's calendar, which is policy data, says when, for which group
and in what order. What joins, drops and holds where is told in ``docs/architecture.md``.
"""

from typing import Final

from takhai.platform.steps import Per, Step
from takhai.registry.services import intake
from takhai.semester import certifying, ending, grouping, listing, paying
from takhai.semester.job import BANK, CASH_CLOCK, COMMITTEES, FORMS, SCHOOLS, TWO_SIGNATURES, Job

HOLDS_AT_ENTITLE: Final = (
    "wrong_number",
    "identifier_clash",
    "two_schools",
    "not_in_registry",
    "name_differs",
    "birth_differs",
    "sex_differs",
    "not_compliant",
)
BANK_REFUSES: Final = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")

STEPS: Final[tuple[Step[Job], ...]] = (
    Step(
        name="intake",
        per=Per.ROUND,
        before=grouping.reference,
        units=grouping.register_files,
        run=grouping.take_register,
        drops=(*intake.REFUSALS, "duplicate", "second_school"),
    ),
    Step(
        name="identity",
        per=Per.ROUND,
        before=grouping.compare,
        units=grouping.pupils_of,
        run=grouping.check_identity,
    ),
    Step(
        name="group",
        per=Per.ROUND,
        units=grouping.candidates_of,
        run=grouping.assign_groups,
        drops=("not_in_register", "not_applicant"),
        to=("old", "new"),
    ),
    Step(
        name="assess",
        per=Per.GROUP,
        only="new",
        waits_for=FORMS,
        before=certifying.screen,
        units=listing.members_of,
        run=certifying.assess,
        drops=("no_form", "official_refused", "over_income", "not_extremely_poor"),
    ),
    Step(
        name="certify",
        per=Per.GROUP,
        only="new",
        waits_for=COMMITTEES,
        before=certifying.committees,
        units=listing.members_of,
        run=certifying.certify,
        drops=("committee_refused", "no_quorum", "no_committee_result"),
    ),
    Step(name="enrol", per=Per.GROUP, units=listing.members_of, run=listing.admit),
    Step(
        name="entitle",
        per=Per.GROUP,
        units=listing.entitled_of,
        run=listing.entitle,
        close=listing.freeze,
        drops=("no_rate", "dead"),
        holds=HOLDS_AT_ENTITLE,
    ),
    Step(
        name="order",
        per=Per.GROUP,
        waits_for=TWO_SIGNATURES,
        before=paying.signatures,
        units=paying.ordered_of,
        run=paying.order,
        holds=("no_account",),
    ),
    Step(
        name="reconcile",
        per=Per.GROUP,
        waits_for=BANK,
        before=paying.bank,
        units=paying.lines_of,
        run=paying.reconcile,
        holds=("result_differs", "no_result", *BANK_REFUSES),
    ),
    Step(
        name="recover",
        per=Per.GROUP,
        waits_for=CASH_CLOCK,
        before=paying.cash,
        units=paying.lines_of,
        run=paying.recover,
        drops=("cash_not_fetched", "moved", "left", "died"),
    ),
    Step(
        name="comply",
        per=Per.ROUND,
        waits_for=SCHOOLS,
        before=ending.school_records,
        units=ending.listed_of,
        run=ending.comply,
        to=("compliant", "not_compliant", "not_reported"),
        chained=False,
    ),
    Step(name="report", per=Per.ROUND, units=lambda job: ["all"], run=ending.count_report, chained=False),
)
