-- in: facts
-- out: key uuid, trouble text
SELECT
    key,
    CASE
        WHEN paid_before THEN 'return_repeated'
        WHEN satang <> due THEN 'return_differs'
    END AS trouble
FROM facts
