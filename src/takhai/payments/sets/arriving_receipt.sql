-- in: facts
-- out: key uuid, stands boolean, trouble text
SELECT key, trouble IS NULL AND NOT coalesce(same AND state IS NOT NULL, false) AS stands, trouble
FROM (
    SELECT
        key, same, state,
        CASE
            WHEN state IS NULL THEN 'receipt_unknown_line'
            WHEN same THEN NULL
            WHEN NOT first THEN 'receipt_repeated'
            WHEN status <> 'received' THEN NULL
            WHEN NOT equal OR state = 'returned' THEN 'receipt_differs'
            WHEN state = 'due_back' AND NOT reasoned THEN 'late_receipt_without_reason'
        END AS trouble
    FROM facts
) judged
