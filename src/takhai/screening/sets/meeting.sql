-- in: facts
-- out: key uuid, valid boolean
SELECT
    key,
    members >= least
    AND present * 100 >= quorum_percent * members
    AND opens <= met_on AND met_on <= signed_on AND signed_on < until AS valid
FROM facts
