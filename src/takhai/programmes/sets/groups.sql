-- in: facts
-- out: key uuid, group text, reason text
SELECT
    key,
    CASE
        WHEN reason = 'on_last_list' THEN 'old'
        WHEN reason IN ('moved', 'three_years', 'never_applied', 'failed_before') THEN 'new'
        ELSE ''
    END AS "group",
    reason
FROM (
    SELECT
        key,
        CASE
            WHEN on_last_list AND NOT has_row THEN 'not_in_register'
            WHEN on_last_list AND NOT same_school THEN 'moved'
            WHEN on_last_list AND first_subsidy_year <= limit_year THEN 'three_years'
            WHEN on_last_list THEN 'on_last_list'
            WHEN applies AND screened_level AND failed_before THEN 'failed_before'
            WHEN applies AND screened_level THEN 'never_applied'
            ELSE 'not_applicant'
        END AS reason
    FROM facts
) AS named
