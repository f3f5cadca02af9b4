-- in: facts
-- out: key uuid, joins boolean
SELECT key, finding IS NULL AND held_for <> 'not_compliant' AS joins
FROM facts
