-- in: facts
-- out: key uuid, state text, reason text
SELECT
    key,
    CASE WHEN status = 'received' AND inside THEN 'paid' ELSE 'due_back' END AS state,
    CASE
        WHEN status = 'received' AND inside THEN NULL
        WHEN status IN ('moved', 'left', 'died') THEN status
        ELSE 'cash_not_fetched'
    END AS reason
FROM facts
