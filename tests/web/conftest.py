"""The site over a made-up round: in this process for the pages, behind a real socket for a browser."""

from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django.fixtures import Settings

from tests.web.urls import World, world


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(autouse=True)
def shown(settings: Settings) -> Iterator[World]:
    """The rounds behind the site, as found; a test may change them."""
    settings.ROOT_URLCONF = "tests.web.urls"
    world.begin()
    yield world
    world.begin()


@pytest.fixture
def address(shown: World) -> Iterator[str]:
    """Where a browser finds the site."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
