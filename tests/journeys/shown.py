"""The site of a house, opened by the real command line, and the pictures of its pages."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

from tests.journeys.house import TAKHAI, House

_COMMON: Final = 24
_FAR: Final = 16


@contextlib.contextmanager
def serving(house: House, *, today: str = "") -> Iterator[str]:
    """``takhai serve`` on a free port until the block ends; its address. ``today`` sets the site's day."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    site = subprocess.Popen(
        [str(TAKHAI), "serve", "--port", port],
        env=house.environment | {"TAKHAI_TODAY": today},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert site.stdout is not None
        said = site.stdout.readline()
        address = f"http://127.0.0.1:{port}"
        assert address in said, site.communicate(timeout=60)[1]
        yield address
    finally:
        site.terminate()
        error = site.communicate(timeout=60)[1]
    assert (site.returncode, error) == (0, "")


def copy(home: Path, *, to: Path) -> House:
    """A house with a copy of that home and of the files of its demonstration, its report written anew."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("run", "postmaster.pid"))
    (files,) = (to / "demo").iterdir()
    house = House(home=to, files=files)
    house.finish()
    return house


def shrink(path: Path) -> int:
    """Writes a picture again in few colours; its size in bytes.

    The most common keep their exact shade, those farthest from each other keep a rare one from being lost.
    """
    with Image.open(path) as read:
        picture = read.convert("RGB")
    common = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)[:_COMMON]
    far = picture.quantize(_FAR, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([shade for _, colour in common for shade in colour] + (far or [])[: 3 * _FAR])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size
