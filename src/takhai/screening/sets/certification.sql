-- in: facts
-- out: key uuid, reason text
SELECT
    key,
    CASE
        WHEN result IS NULL THEN 'no_committee_result'
        WHEN NOT met THEN 'no_quorum'
        WHEN result = 'refused' THEN 'committee_refused'
    END AS reason
FROM facts
