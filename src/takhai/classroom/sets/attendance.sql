-- in: facts
-- out: key uuid, reason text
SELECT
    key,
    CASE
        WHEN broken IS NOT NULL THEN broken
        WHEN NOT pupil THEN 'pupil_unknown'
        WHEN NOT school THEN 'school_unknown'
        WHEN NOT month THEN 'month_unreadable'
        WHEN NOT inside THEN 'month_outside_term'
        WHEN present IS NULL OR sick IS NULL OR personal IS NULL THEN 'days_unreadable'
        WHEN NOT enrolled THEN 'not_enrolled'
        WHEN open IS NULL THEN 'school_days_missing'
        WHEN present + sick + personal > open THEN 'days_over_open'
    END AS reason
FROM facts
