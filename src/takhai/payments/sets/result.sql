-- in: facts
-- out: key uuid, state text, reason text
SELECT
    key,
    CASE
        WHEN NOT answered OR late OR NOT (payee_equal AND satang_equal) THEN 'held'
        WHEN NOT accepted THEN 'refused'
        ELSE 'accepted'
    END AS state,
    CASE
        WHEN NOT answered OR late THEN 'no_result'
        WHEN NOT (payee_equal AND satang_equal) THEN 'result_differs'
        WHEN accepted THEN NULL
        WHEN code IN ('proxy_not_registered', 'account_closed', 'account_name_differs') THEN code
        ELSE 'bank_other'
    END AS reason
FROM facts
