"""Until the desks come the site has exactly these addresses, and all of them only read."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

KNOWN = {"", "rounds/<str:term>/", "rounds/<str:term>/report/", "rounds/<str:term>/report.xlsx"}


def addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield before + str(each.pattern)
        else:
            yield from addresses(each.url_patterns, before + str(each.pattern))


def test_the_site_has_exactly_the_addresses_that_are_known() -> None:
    assert set(addresses(get_resolver().url_patterns)) == KNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/rounds/2563-2/", "/rounds/2563-2/report/", "/rounds/2563-2/report.xlsx"]
)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_can_be_written_to(address: str, method: str) -> None:
    assert getattr(Client(), method)(address).status_code in {403, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/rounds/2599-1/", "/rounds/x/", "/rounds/2563-2/report/", "/admin/", "/rounds/../keys/"]
)
def test_what_is_not_there_is_404_and_says_so_in_thai(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "ไม่พบ" in answer.content.decode()
