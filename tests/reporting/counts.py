"""The counts of a round made up: every reason of the contract, most of them met."""

POLICY = "9f2c4b7a1e0d5f638b2a7c4e9d1f0a3b5c6d7e8f90a1b2c3d4e5f60718293a4b"
RATES = {"kindergarten": 150_000, "primary": 100_000, "lower_secondary": 100_000}
SHARES = {"kindergarten": 2, "primary": 5, "lower_secondary": 3}
AGENCIES = {"obec": 60, "dla": 18, "opec": 9, "bpp": 6, "onab": 4, "nfe": 3}
AREAS = ("สพป.กระบี่", "สพม.ตรัง กระบี่", "ท้องถิ่นจังหวัดกระบี่", "สช.จังหวัดกระบี่")

INTAKE = {
    "number_malformed": 96,
    "name_missing": 14,
    "sex_unknown": 9,
    "birth_date_impossible": 61,
    "birth_year_out_of_range": 44,
    "class_unknown": 12,
    "school_code_malformed": 7,
    "school_unknown": 18,
    "row_malformed": 5,
    "text_unclean": 3,
    "duplicate": 152,
    "second_school": 88,
}
ENTITLE_HELD = {
    "wrong_number": 31,
    "identifier_clash": 2,
    "two_schools": 17,
    "not_in_registry": 42,
    "name_differs": 58,
    "birth_differs": 26,
    "sex_differs": 8,
    "not_compliant": 0,
}
ORDER_HELD = {"no_account": 23}
RECONCILE_HELD = {
    "result_differs": 6,
    "no_result": 19,
    "proxy_not_registered": 74,
    "account_closed": 21,
    "account_name_differs": 15,
    "bank_other": 4,
}
RECOVER_DROPPED = {"cash_not_fetched": 47, "moved": 12, "left": 5, "died": 1}
EXCEPTIONS = {
    "identifier_taken": 1,
    "correction_without_row": 3,
    "not_expected": 2,
    "verdict_repeated": 1,
    "verdict_without_reason": 3,
    "verdict_after_signing": 0,
    "result_without_order": 4,
    "result_contradicts": 2,
    "result_late": 1,
    "receipt_unknown_line": 2,
    "receipt_differs": 6,
    "receipt_repeated": 0,
    "late_receipt_without_reason": 1,
    "return_without_bill": 1,
    "return_differs": 2,
    "return_repeated": 0,
}
GROUP_DROPPED = ("not_in_register", "not_applicant")
ASSESS = {"no_form": 143, "official_refused": 21, "over_income": 391, "not_extremely_poor": 1_162}
CERTIFY = {"committee_refused": 6, "no_quorum": 9, "no_committee_result": 4}
NEW_ENTITLE_HELD = dict.fromkeys(ENTITLE_HELD, 0) | {
    "wrong_number": 3,
    "not_in_registry": 5,
    "name_differs": 7,
}
NEW_ORDER_HELD = {"no_account": 2}
NEW_RECONCILE_HELD = dict.fromkeys(RECONCILE_HELD, 0) | {"no_result": 1, "proxy_not_registered": 5}
NEW_RECOVER_DROPPED = {"cash_not_fetched": 4, "moved": 1, "left": 0, "died": 0}
# Held in the old group, mended, and back in the new one.
BACK_AT_ENTITLE, BACK_AT_ORDER = 12, 14
REASONS = (
    *INTAKE,
    *GROUP_DROPPED,
    *ASSESS,
    *CERTIFY,
    "no_rate",
    "dead",
    *ENTITLE_HELD,
    *ORDER_HELD,
    *RECONCILE_HELD,
    *RECOVER_DROPPED,
)
ROWS, OLD, NEW, NO_RATE, DEAD, LATE = 31_248, 6_412, 2_105, 36, 4, 3
NEW_DEAD = 1
SCREENED = NEW - ASSESS["no_form"] - ASSESS["official_refused"]
POOR = SCREENED - ASSESS["over_income"]
EXTREMELY_POOR = POOR - ASSESS["not_extremely_poor"]
CERTIFIED = EXTREMELY_POOR - sum(CERTIFY.values())
CONDITIONS = {"not_compliant": 188, "not_reported": 61}
PER_HEAD = {"screened": 241_235, "poor": 178_904, "extremely_poor": 113_908}
FORM_REFUSED = {
    "row_malformed": 2,
    "text_unclean": 1,
    "form_number_malformed": 1,
    "form_number_repeated": 3,
    "form_without_pupil": 4,
    "form_school_unknown": 2,
    "form_day_impossible": 1,
    "answer_unknown": 6,
    "official_missing": 5,
    "official_not_entitled": 7,
    "refusal_without_reason": 2,
    "form_without_members": 3,
    "member_unreadable": 2,
    "member_age_impossible": 4,
    "income_negative": 3,
    "income_absurd": 2,
    "pupil_not_listed": 1,
    "form_not_expected": 8,
    "form_repeated": 5,
    "form_after_signing": 0,
}
CLASSROOM_REFUSED = {
    "school_days": {"row_malformed": 1, "month_outside_term": 3, "days_repeated": 2},
    "attendance": {"pupil_unknown": 4, "not_enrolled": 9, "days_over_open": 6, "attendance_repeated": 0},
    "growth": dict.fromkeys(("measure_unreadable", "measure_implausible", "growth_repeated"), 0),
}
CLASSROOM_ROWS = {"school_days": 1_105, "attendance": 33_871, "growth": 6_704}
