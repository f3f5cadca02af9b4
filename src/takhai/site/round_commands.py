"""``takhai run``: the demonstration round."""

from typing import Annotated

import typer

from takhai.site import first_run


def run(
    province: Annotated[str, typer.Option(help="รหัสจังหวัด | code of the province")] = "81",
    seed: Annotated[int, typer.Option(min=0, help="เมล็ดสุ่ม | seed of the synthetic country")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="ลบของเดิมแล้วเริ่มใหม่ | forget everything and begin anew")
    ] = False,
    rounds: Annotated[
        int,
        typer.Option(
            min=1, max=2, help="กี่รอบต่อกันบนฐานข้อมูลเดียว | how many rounds, one after the other, on one database"
        ),
    ] = 1,
) -> None:
    """เดินทั้งภาคเรียนของหนึ่งจังหวัดจำลอง | walk a whole semester of one synthetic province."""
    raise typer.Exit(first_run.run(province=province, seed=seed, fresh=fresh, rounds=rounds))
