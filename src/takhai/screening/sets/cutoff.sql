-- in: candidates, quota
-- out: score bigint, income_satang bigint, members bigint, lottery text
SELECT score, income_satang, members, lottery
FROM (
    SELECT
        c.score, c.income_satang, c.members, c.lottery,
        count(*) OVER () AS candidates,
        row_number() OVER (
            ORDER BY c.score DESC, c.income_satang::numeric(40, 20) / c.members, c.members DESC, c.lottery COLLATE "C"
        ) AS place
    FROM candidates c
) ranked
JOIN quota ON place = least(quota.places, candidates)
