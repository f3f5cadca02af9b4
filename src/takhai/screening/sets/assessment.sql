-- in: facts
-- out: key uuid, screened boolean, poor boolean, extremely_poor boolean, reason text
SELECT
    key,
    reason IS NULL OR reason IN ('over_income', 'not_extremely_poor') AS screened,
    reason IS NULL OR reason = 'not_extremely_poor' AS poor,
    reason IS NULL AS extremely_poor,
    reason
FROM (
    SELECT
        key,
        CASE
            WHEN NOT has_form THEN 'no_form'
            WHEN refused THEN 'official_refused'
            WHEN income_satang > ceiling_satang * members THEN 'over_income'
            WHEN way = 'score' AND score >= cut_score THEN NULL
            WHEN way <> 'quota' OR score < cut_score THEN 'not_extremely_poor'
            WHEN score > cut_score OR income_satang * cut_members < cut_income_satang * members THEN NULL
            WHEN income_satang * cut_members > cut_income_satang * members THEN 'not_extremely_poor'
            WHEN members > cut_members THEN NULL
            WHEN members < cut_members OR lottery COLLATE "C" > cut_lottery COLLATE "C" THEN 'not_extremely_poor'
        END AS reason
    FROM facts
) decided
