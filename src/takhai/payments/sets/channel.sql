-- in: facts
-- out: key uuid, channel text, reason text
SELECT
    key,
    CASE WHEN form IN ('citizen', 'zero') AND choice = 'promptpay' THEN 'promptpay' ELSE 'school' END AS channel,
    CASE
        WHEN form IN ('citizen', 'zero') AND choice = 'promptpay' THEN NULL
        WHEN NOT has_account THEN 'no_account'
    END AS reason
FROM facts
