-- in: facts
-- out: key uuid, compliant boolean, reason text
SELECT
    key,
    CASE reason WHEN 'not_reported' THEN NULL ELSE reason = 'compliant' END AS compliant,
    reason
FROM (
    SELECT
        key,
        CASE
            WHEN days_present IS NULL OR days <= 0 THEN 'not_reported'
            WHEN days_present * 100 < percent * days THEN 'attendance_low'
            WHEN above AND days_present * 100 = percent * days THEN 'attendance_low'
            WHEN growth_required AND (coalesce(weight_g, 0) = 0 OR coalesce(height_mm, 0) = 0) THEN 'not_measured'
            ELSE 'compliant'
        END AS reason
    FROM (
        SELECT
            facts.*,
            coalesce(CASE WHEN whole_term THEN open_term ELSE open_reported END, 0)
                - CASE WHEN leave_excused THEN coalesce(sick_leave, 0) + coalesce(personal_leave, 0) ELSE 0 END AS days
        FROM facts
    ) counted
) judged
