-- in: facts
-- out: key uuid, reason text
SELECT
    key,
    CASE
        WHEN broken IS NOT NULL THEN broken
        WHEN NOT school THEN 'school_unknown'
        WHEN NOT month THEN 'month_unreadable'
        WHEN NOT inside THEN 'month_outside_term'
        WHEN open IS NULL OR month_days IS NULL OR open > month_days THEN 'days_unreadable'
    END AS reason
FROM facts
