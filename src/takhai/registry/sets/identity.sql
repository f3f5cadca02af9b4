-- in: facts
-- out: key uuid, reason text
SELECT key,
       CASE WHEN compared AND NOT alive THEN 'dead'
            WHEN form = 'wrong_check' THEN 'wrong_number'
            WHEN clash THEN 'identifier_clash'
            WHEN schools > 1 THEN 'two_schools'
            WHEN form = 'citizen' AND NOT found THEN 'not_in_registry'
            WHEN compared AND NOT (first_ok AND last_ok) THEN 'name_differs'
            WHEN compared AND NOT birth_ok THEN 'birth_differs'
            WHEN compared AND NOT sex_ok THEN 'sex_differs'
       END AS reason
FROM (SELECT facts.*, found AND form IN ('citizen', 'zero') AS compared FROM facts) AS known
