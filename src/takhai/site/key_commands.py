"""``takhai keys``: the keys of persons' secrets."""

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from takhai.site import keys


def rotate() -> None:
    """เปลี่ยนกุญแจโดยไม่หยุดระบบ สั่งซ้ำเพื่อทำต่อได้ | change the keys without an outage; run again to go on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        known = {}
        for step in keys.rotate():
            if step.phase not in known:
                known[step.phase] = bar.add_task(step.phase)
            bar.update(known[step.phase], completed=step.done, total=step.total)
    typer.echo("เปลี่ยนกุญแจเสร็จแล้ว | The keys are changed")
