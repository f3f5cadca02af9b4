-- in: facts
-- out: key uuid, reason text
SELECT
    key,
    CASE
        WHEN fault IN ('row_malformed', 'text_unclean', 'form_number_malformed') THEN fault
        WHEN number_repeated THEN 'form_number_repeated'
        WHEN NOT pupil_known THEN 'form_without_pupil'
        WHEN NOT school_known THEN 'form_school_unknown'
        WHEN fault IS NOT NULL THEN fault
        WHEN NOT has_members THEN 'form_without_members'
        WHEN member_unreadable THEN 'member_unreadable'
        WHEN age_impossible THEN 'member_age_impossible'
        WHEN income_negative THEN 'income_negative'
        WHEN income_absurd THEN 'income_absurd'
        WHEN NOT pupil_listed THEN 'pupil_not_listed'
        WHEN NOT expected THEN 'form_not_expected'
        WHEN repeated THEN 'form_repeated'
    END AS reason
FROM facts
