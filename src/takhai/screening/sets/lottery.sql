-- in: facts
-- out: key uuid, lottery text
SELECT key, encode(sha256(convert_to(concat_ws('|', round, seed, form_no), 'UTF8')), 'hex') AS lottery
FROM facts
