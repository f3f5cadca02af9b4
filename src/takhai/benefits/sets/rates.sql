-- in: kinds, rates
-- out: level text, agency text, component text, satang bigint
SELECT k.level, k.agency, r.component, r.satang
FROM (SELECT DISTINCT level, agency FROM kinds) k
JOIN rates r ON r.level = k.level AND (
    r.agency = k.agency
    OR r.agency IS NULL AND NOT EXISTS (SELECT FROM rates own WHERE own.level = k.level AND own.agency = k.agency)
)
