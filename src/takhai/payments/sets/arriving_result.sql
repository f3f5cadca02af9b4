-- in: facts
-- out: key uuid, stands boolean, trouble text
SELECT
    key,
    known AND first AND awaited AS stands,
    CASE
        WHEN NOT known THEN 'result_without_order'
        WHEN NOT first THEN CASE WHEN NOT same THEN 'result_contradicts' END
        WHEN NOT awaited THEN 'result_late'
    END AS trouble
FROM facts
