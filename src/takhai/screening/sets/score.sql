-- in: households, weights
-- out: key uuid, score bigint
SELECT
    h.key,
    coalesce(tenure.weight, 0) + coalesce(floor.weight, 0) + coalesce(wall.weight, 0) + coalesce(roof.weight, 0)
    + coalesce(farmland.weight, 0) + coalesce(water.weight, 0) + coalesce(electricity.weight, 0)
    + CASE WHEN h.disabled THEN yes_or_no.disabled ELSE 0 END
    + CASE WHEN h.chronic THEN yes_or_no.chronic ELSE 0 END
    + CASE WHEN h.elderly THEN yes_or_no.elderly ELSE 0 END
    + CASE WHEN h.single_parent THEN yes_or_no.single_parent ELSE 0 END
    + CASE WHEN h.unemployed THEN yes_or_no.unemployed ELSE 0 END
    + CASE WHEN h.toilet THEN yes_or_no.toilet ELSE yes_or_no.no_toilet END
    + CASE WHEN h.car THEN 0 ELSE yes_or_no.no_car END
    + CASE WHEN h.pickup THEN 0 ELSE yes_or_no.no_pickup END
    + CASE WHEN h.tractor THEN 0 ELSE yes_or_no.no_tractor END
    + CASE WHEN h.motorcycle THEN 0 ELSE yes_or_no.no_motorcycle END
    + CASE WHEN h.computer THEN 0 ELSE yes_or_no.no_computer END
    + CASE WHEN h.air_conditioner THEN 0 ELSE yes_or_no.no_air_conditioner END
    + CASE WHEN h.television THEN 0 ELSE yes_or_no.no_television END
    + CASE WHEN h.washing_machine THEN 0 ELSE yes_or_no.no_washing_machine END
    + CASE WHEN h.refrigerator THEN 0 ELSE yes_or_no.no_refrigerator END AS score
FROM households h
CROSS JOIN (
    SELECT
        coalesce(max(weight) FILTER (WHERE answer = 'dependency.disabled'), 0) AS disabled,
        coalesce(max(weight) FILTER (WHERE answer = 'dependency.chronic'), 0) AS chronic,
        coalesce(max(weight) FILTER (WHERE answer = 'dependency.elderly'), 0) AS elderly,
        coalesce(max(weight) FILTER (WHERE answer = 'dependency.single_parent'), 0) AS single_parent,
        coalesce(max(weight) FILTER (WHERE answer = 'dependency.unemployed'), 0) AS unemployed,
        coalesce(max(weight) FILTER (WHERE answer = 'toilet.has'), 0) AS toilet,
        coalesce(max(weight) FILTER (WHERE answer = 'toilet.none'), 0) AS no_toilet,
        coalesce(max(weight) FILTER (WHERE answer = 'vehicles.no_car'), 0) AS no_car,
        coalesce(max(weight) FILTER (WHERE answer = 'vehicles.no_pickup'), 0) AS no_pickup,
        coalesce(max(weight) FILTER (WHERE answer = 'vehicles.no_tractor'), 0) AS no_tractor,
        coalesce(max(weight) FILTER (WHERE answer = 'vehicles.no_motorcycle'), 0) AS no_motorcycle,
        coalesce(max(weight) FILTER (WHERE answer = 'goods.no_computer'), 0) AS no_computer,
        coalesce(max(weight) FILTER (WHERE answer = 'goods.no_air_conditioner'), 0) AS no_air_conditioner,
        coalesce(max(weight) FILTER (WHERE answer = 'goods.no_television'), 0) AS no_television,
        coalesce(max(weight) FILTER (WHERE answer = 'goods.no_washing_machine'), 0) AS no_washing_machine,
        coalesce(max(weight) FILTER (WHERE answer = 'goods.no_refrigerator'), 0) AS no_refrigerator
    FROM weights
) yes_or_no
LEFT JOIN weights tenure ON tenure.answer = 'tenure.' || h.tenure
LEFT JOIN weights floor ON floor.answer = 'floor.' || h.floor
LEFT JOIN weights wall ON wall.answer = 'wall.' || h.wall
LEFT JOIN weights roof ON roof.answer = 'roof.' || h.roof
LEFT JOIN weights farmland ON farmland.answer = 'farmland.' || h.farmland
LEFT JOIN weights water ON water.answer = 'water.' || h.water
LEFT JOIN weights electricity ON electricity.answer = 'electricity.' || h.electricity
