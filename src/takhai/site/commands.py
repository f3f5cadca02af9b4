"""The commands of the outermost room: parse, one call, print."""

import contextlib
from typing import Annotated

import typer

from takhai.platform.problems import Refusal
from takhai.site import embedded, migrations, serving

Port = Annotated[int, typer.Option(min=1, max=65535, help="พอร์ต | the port")]


def serve(port: Port = 8000) -> None:
    """เปิดเว็บของ TAKHAI_HOME นี้ จนกว่าจะกด Ctrl-C | serve the site of this TAKHAI_HOME until Ctrl-C."""
    # To be told to stop is how serving ends well.
    with contextlib.suppress(KeyboardInterrupt, SystemExit):
        serving.serve(port=port, say=_address)


def migrate() -> None:
    """ปรับโครงสร้างฐานข้อมูลให้ตรงกับรุ่นนี้ | bring the tables up to this version."""
    migrations.migrate()
    typer.echo("โครงสร้างฐานข้อมูลเป็นปัจจุบัน | The tables are up to date")


def verify() -> None:
    """ตรวจว่าเซิร์ฟเวอร์และโครงสร้างใช้ได้ | check that server and tables are fit for use."""
    if migrations.pending():
        raise Refusal("tables_behind")
    typer.echo("เซิร์ฟเวอร์และโครงสร้างใช้ได้ | Server and tables are fit for use")


def stop() -> None:
    """ปิดฐานข้อมูลในตัว ถ้าไม่มีใครใช้อยู่ | stop the embedded database unless somebody uses it."""
    embedded.stop()


def _address(address: str) -> None:
    typer.echo(f"เปิดแล้วที่ {address} กด Ctrl-C เพื่อหยุด | Open at {address}, Ctrl-C stops it")
