-- in: facts
-- out: key uuid, standing text, reason text, amount bigint
SELECT
    key,
    CASE
        WHEN satang IS NULL OR finding = 'dead' THEN 'dropped'
        WHEN finding IS NOT NULL OR (failing_holds AND compliant = false) THEN 'held'
        ELSE 'granted'
    END AS standing,
    CASE
        WHEN satang IS NULL THEN 'no_rate'
        WHEN finding IS NOT NULL THEN finding
        WHEN failing_holds AND compliant = false THEN 'not_compliant'
    END AS reason,
    coalesce(satang, 0) AS amount
FROM facts
