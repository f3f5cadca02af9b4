"""Every answer tells the browser to load nothing from elsewhere and to keep nothing."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from takhai.site import headers


def answered(response: HttpResponse) -> HttpResponse:
    return headers.StrictHeaders(lambda _: response)(HttpRequest())


def test_nothing_is_loaded_from_elsewhere() -> None:
    policy = answered(HttpResponse()).headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_an_answer_is_not_stored() -> None:
    assert answered(HttpResponse()).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["Cache-Control", "Content-Security-Policy"])
def test_a_page_that_says_it_itself_is_believed(name: str) -> None:
    assert answered(HttpResponse(headers={name: "own"})).headers[name] == "own"


@pytest.mark.parametrize("name", ["Permissions-Policy", "Cross-Origin-Resource-Policy"])
def test_other_headers_are_there(name: str) -> None:
    assert answered(HttpResponse()).headers[name]


def test_a_page_that_is_not_there_carries_them_too(db: None) -> None:
    response = Client(HTTP_HOST="127.0.0.1").get("/no/such/page")
    assert response.status_code == 404
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "Content-Security-Policy" in response.headers


def test_a_host_that_is_not_this_machine_is_refused(db: None) -> None:
    assert Client(HTTP_HOST="evil.example").get("/").status_code == 400


def test_the_site_is_set_up_to_tell_nothing() -> None:
    assert settings.DEBUG is False
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_HTTPONLY
    assert len(settings.SECRET_KEY) >= 64
    assert settings.TIME_ZONE == "Asia/Bangkok"
    assert settings.USE_TZ
