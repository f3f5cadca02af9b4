-- in: facts
-- out: key uuid, stands boolean, trouble text
SELECT
    key,
    NOT closed AND listed AND first AND NOT unreasoned AS stands,
    CASE
        WHEN closed THEN 'verdict_after_signing'
        WHEN NOT listed THEN 'not_expected'
        WHEN unreasoned THEN 'verdict_without_reason'
        WHEN NOT first AND NOT same THEN 'verdict_repeated'
    END AS trouble
FROM (SELECT *, result = 'refused' AND NOT reasoned AS unreasoned FROM facts) given
