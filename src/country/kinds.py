"""Everything that is planted, with its rate. A pupil carries at most one of these, a school too."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A planted fault: its name in the truth, how many of a million of its pool, at least how many."""

    name: str
    per_million: int
    label: str
    least: int = 1


# Rows of the register that are refused: any pupil.
REFUSED: Final = (
    Kind("row_malformed", 400, "a row of a CSV with too few cells"),
    Kind("text_unclean", 400, "a name with a character that was lost on the way"),
    Kind("number_malformed", 1_000, "a text that is no number and no G-code"),
    Kind("name_missing", 400, "no first name or no surname"),
    Kind("sex_unknown", 400, "sex neither ช nor ญ"),
    Kind("birth_date_impossible", 600, "a day that no calendar has, such as 31/02"),
    Kind("birth_year_out_of_range", 1_000, "a Gregorian year where a Buddhist one belongs"),
    Kind("class_unknown", 500, "a class that does not exist"),
    Kind("school_code_malformed", 400, "a school code that is no code"),
    Kind("school_unknown", 500, "a code that no school has"),
)
# Zeros that a spreadsheet lost; the row is good.
NUMBER_ZERO_LOST: Final = Kind("number_zero_lost", 300_000, "a number beginning with 0, its zero lost")
SCHOOL_ZERO_LOST: Final = Kind("school_zero_lost", 10_000, "a school code beginning with 0, its zero lost")
DUPLICATE: Final = Kind("duplicate", 2_000, "the same row again at the same school")

# What the identity check finds; planted on continuing pupils that have a rate, and on others.
IDENTITY: Final = (
    Kind("two_schools", 1_200, "good rows at two schools"),
    Kind("dead", 800, "dead in the civil registry"),
    Kind("wrong_number", 4_000, "13 digits with a wrong check digit, in every file of the school"),
    Kind("identifier_clash", 500, "last list and register give one number two names and births"),
    Kind("not_in_registry", 2_000, "a right number that the civil registry does not have"),
    Kind("name_differs", 6_000, "first name or surname differs from the civil registry", 2),
    Kind("birth_differs", 2_000, "birth date differs from the civil registry"),
    Kind("sex_differs", 800, "sex differs from the civil registry"),
)
# So many of the held of these kinds are mended while the round runs.
CORRECTED: Final = ("name_differs", "birth_differs", "sex_differs")
CORRECTED_PER_MILLION: Final = 600_000
# Of the accounts that the bank refused, own ones and schools', so many are right by the new group's day.
MENDED_PER_MILLION: Final = 500_000

# Continuing pupils whose round ends before the money. Not faults: what life brings.
GONE: Final = Kind("gone", 35_000, "on the last list, in no register")
MOVED: Final = Kind("moved_school", 40_000, "on the last list with another school")
THREE_YEARS: Final = Kind("three_years", 70_000, "first subsidised three academic years ago or more")
NO_RATE: Final = Kind("no_rate", 3_000, "continuing at a level without a rate")
FORMER: Final = Kind("former_identifier", 3_000, "a G-code that became a number")
PROMPTPAY_GCODE: Final = Kind("promptpay_with_gcode", 50_000, "chose PromptPay but has no number to pay to")

# Schools, of those with money to pay out in cash.
SCHOOLS: Final = (
    Kind("no_account", 15_000, "a school without an account"),
    Kind("school_account_closed", 5_000, "the bank refuses: account closed"),
    Kind("school_account_name_differs", 4_000, "the bank refuses: name of the account differs"),
    Kind("school_amount_differs", 3_000, "the bank reports another amount than was sent"),
)
# Transfers to a pupil's own PromptPay.
BANK: Final = (
    Kind("proxy_not_registered", 20_000, "the number is not registered for PromptPay"),
    Kind("account_closed", 3_000, "the account is closed"),
    Kind("account_name_differs", 3_000, "the account has another name"),
    Kind("bank_other", 2_000, "the bank refuses with a code of its own"),
    Kind("no_result", 2_000, "the bank never answers"),
    Kind("result_late", 1_000, "the bank answers after the window"),
    Kind("result_amount_differs", 1_000, "the bank reports another amount"),
    Kind("result_payee_differs", 1_000, "the bank reports another payee"),
    Kind("result_contradicts", 1_000, "the bank answers twice, and differently"),
    Kind("result_again", 3_000, "the bank sends the same answer twice: no fault"),
)
# Lines that a school pays in cash.
CASH: Final = (
    Kind("cash_not_fetched", 15_000, "nobody came for the money"),
    Kind("cash_moved", 4_000, "the pupil moved away"),
    Kind("cash_left", 2_000, "the pupil left school"),
    Kind("cash_died", 500, "the pupil died"),
    Kind("receipt_differs", 1_000, "the receipt names another amount"),
    Kind("late_receipt", 3_000, "paid after the window, with a reason"),
    Kind("late_receipt_without_reason", 1_000, "paid after the window, without a reason"),
    Kind("receipt_repeated", 1_000, "a second receipt for money already received"),
)
# Returns of money due back, of the schools that owe some.
RETURNS: Final = (
    Kind("return_differs", 30_000, "another amount than the bill"),
    Kind("return_repeated", 30_000, "a bill paid twice"),
    Kind("return_pending", 100_000, "not returned yet: no fault"),
)
# Rows that belong to nothing, so many per million register rows, in each group's answers.
STRAYS: Final = (
    Kind("result_without_order", 200, "a result for a transfer that was never ordered"),
    Kind("receipt_unknown_line", 200, "a receipt for a line that was never sent"),
    Kind("return_without_bill", 100, "a return that no bill asks for"),
)
WITHOUT_ROW: Final = Kind(
    "correction_without_row", 100, "a corrected row of a pupil that is not in the register"
)
WORKBOOKS_PER_MILLION: Final = 50_000

# What a fault makes of a PromptPay transfer, of all lines of a school, of a line in cash.
HELD_BY_BANK: Final[Mapping[str, str]] = {
    "proxy_not_registered": "proxy_not_registered",
    "account_closed": "account_closed",
    "account_name_differs": "account_name_differs",
    "bank_other": "bank_other",
    "no_result": "no_result",
    "result_late": "no_result",
    "result_amount_differs": "result_differs",
    "result_payee_differs": "result_differs",
}
HELD_BY_SCHOOL: Final[Mapping[str, str]] = {
    "school_account_closed": "account_closed",
    "school_account_name_differs": "account_name_differs",
    "school_amount_differs": "result_differs",
}
DUE_BACK: Final[Mapping[str, str]] = {
    "cash_not_fetched": "cash_not_fetched",
    "cash_moved": "moved",
    "cash_left": "left",
    "cash_died": "died",
    "receipt_differs": "cash_not_fetched",
    "late_receipt": "cash_not_fetched",
    "late_receipt_without_reason": "cash_not_fetched",
}
# Refused by the bank, money back with us: these rows come again in the next group, or in the next round.
COMES_AGAIN: Final = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")
