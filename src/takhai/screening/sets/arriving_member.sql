-- in: facts
-- out: key uuid, stands boolean, trouble text
SELECT
    key,
    known AND NOT same AND NOT closed AND NOT signed AND days_equal AND first AS stands,
    CASE
        WHEN NOT known THEN 'school_unknown'
        WHEN same THEN NULL
        WHEN closed THEN 'meeting_after_close'
        WHEN signed THEN 'meeting_signed'
        WHEN NOT days_equal THEN 'meeting_days_differ'
        WHEN NOT first THEN 'meeting_member_repeated'
    END AS trouble
FROM facts
