-- in: facts
-- out: key uuid, reason text
SELECT
    key,
    CASE
        WHEN broken IS NOT NULL THEN broken
        WHEN NOT pupil THEN 'pupil_unknown'
        WHEN NOT school THEN 'school_unknown'
        WHEN NOT inside THEN 'day_outside_term'
        WHEN weight_g IS NULL OR height_mm IS NULL THEN 'measure_unreadable'
        WHEN weight_g <> 0 AND weight_g NOT BETWEEN 5000 AND 200000 THEN 'measure_implausible'
        WHEN height_mm <> 0 AND height_mm NOT BETWEEN 600 AND 2200 THEN 'measure_implausible'
        WHEN NOT enrolled THEN 'not_enrolled'
    END AS reason
FROM facts
