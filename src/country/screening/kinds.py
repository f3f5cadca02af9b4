"""What is planted on forms and in committees, with its rate; what the counts are called."""

from collections.abc import Mapping
from typing import Final

from country.kinds import Kind

# In the order in which a form's reason is found.
FORM_REFUSALS: Final = (
    "row_malformed", "text_unclean", "form_number_malformed", "form_number_repeated", "form_without_pupil",
    "form_school_unknown", "form_day_impossible", "answer_unknown", "official_missing",
    "official_not_entitled", "refusal_without_reason", "form_without_members", "member_unreadable",
    "member_age_impossible", "income_negative", "income_absurd", "pupil_not_listed", "form_not_expected",
    "form_repeated", "form_after_signing",
)  # fmt: skip
EXCEPTIONS: Final = (
    "not_expected", "verdict_repeated", "verdict_without_reason", "verdict_after_signing",
)  # fmt: skip

# The pupil's only form is refused: the pupil has no form.
LOST: Final = (
    Kind("form_row_malformed", 400, "a form's row with too few cells"),
    Kind("form_text_unclean", 400, "a form with a character that was lost on the way"),
    Kind("form_number_malformed", 400, "a form whose number is no form number"),
    Kind("form_number_repeated", 400, "a form under the number of another form"),
    Kind("form_without_pupil", 500, "a form with a number that no pupil has, or that is none", 2),
    Kind("form_school_unknown", 400, "a form of a school that is not there"),
    Kind("form_day_impossible", 400, "a form filled in on a day that no calendar has"),
    Kind("answer_unknown", 500, "an answer that the form does not offer"),
    Kind("official_missing", 500, "a form without verdict, name, number or position of an official"),
    Kind("official_not_entitled", 500, "a form signed by somebody who may not certify"),
    Kind("refusal_without_reason", 400, "an official refused and does not say why"),
    Kind("form_without_members", 400, "a household without people"),
    Kind("member_unreadable", 500, "a member whose age or income is no number, or a flag neither yes nor no"),
    Kind("member_age_impossible", 400, "a member 190 years old"),
    Kind("income_negative", 400, "wages or welfare below nothing"),
    Kind("income_absurd", 400, "an income beyond anything a family has"),
    Kind("pupil_not_listed", 400, "a household in which the pupil is not"),
    Kind("form_of_another_school", 400, "a form sent by a school that is not the pupil's"),
    Kind("form_after_signing", 600, "a form that came after the list was closed"),
)
# The pupil's form stands, or was never sent.
KEPT: Final = (
    Kind("no_form", 15_000, "nobody filled in a form"),
    Kind("official_refused", 10_000, "the state official refused, with a reason", 2),
    Kind("form_repeated", 800, "a second form of a pupil; the first stays"),
    Kind("household_contradicts", 800, "two children of one household give two answers; one stands for each"),
)
# A form of a pupil who need not be screened.
UNASKED: Final = Kind("form_not_expected", 400, "a form of a pupil who is not screened")

# What committees do with the extremely poor.
COMMITTEE: Final = (
    Kind("committee_refused", 10_000, "the committee refused, with a reason", 2),
    Kind("no_committee_result", 5_000, "the committee says nothing of the pupil"),
    Kind("verdict_after_signing", 3_000, "the committee's only word came after the close"),
    Kind("verdict_without_reason", 3_000, "refused without a reason: the word does not count"),
    Kind("verdict_repeated", 3_000, "a second, other word on the same form; the first stands"),
)
# Of the schools with a list.
NO_QUORUM: Final = Kind("no_quorum", 10_000, "a committee that did not meet as it must")
# Verdicts on forms that are not on the list, so many per million of the new group.
NOT_EXPECTED: Final = Kind("not_expected", 500, "a verdict on a form that is not on the list", 2)

# What a fault of a pupil makes of the form.
REASON: Final[Mapping[str, str]] = {
    **{kind.name: kind.name for kind in LOST},
    "form_row_malformed": "row_malformed",
    "form_text_unclean": "text_unclean",
    "form_of_another_school": "form_not_expected",
    UNASKED.name: "form_not_expected",
}
ALL: Final = (*LOST, *KEPT, UNASKED, *COMMITTEE, NO_QUORUM, NOT_EXPECTED)
