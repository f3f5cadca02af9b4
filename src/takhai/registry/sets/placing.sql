-- in: facts
-- out: key uuid, reason text
SELECT key,
       CASE WHEN seen_here THEN 'duplicate'
            WHEN seen_elsewhere THEN 'second_school'
       END AS reason
FROM facts
