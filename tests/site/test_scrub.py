"""What is kept of an error: its kind and its places, never its words."""

import logging

import pytest

from takhai.site import scrub

SECRET = "1101700230708"


def raised() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"number {SECRET}") from error
    except ValueError as error:
        return error


def test_frames_name_the_kinds_the_file_and_the_function() -> None:
    text = scrub.frames(raised())
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_scrub.py" in text
    assert "in raised" in text
    assert SECRET not in text


def test_a_cause_that_was_put_away_is_not_told() -> None:
    error = raised()
    error.__cause__, error.__suppress_context__ = None, True
    assert "KeyError" not in scrub.frames(error)


def test_errors_that_cause_each_other_end() -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    assert scrub.frames(one).count("ValueError") == 4


def test_the_log_writes_frames_in_place_of_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    error = raised()
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, (type(error), error, None))
    text = scrub.NamelessFormatter().format(record)
    assert text.startswith("failed")
    assert "builtins.ValueError" in text
    assert SECRET not in text


def test_a_record_without_an_error_is_written_as_it_is() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, (None, None, None))
    assert scrub.NamelessFormatter().format(record).strip() == "failed"


def test_every_handler_of_the_site_writes_so() -> None:
    from django.conf import settings

    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"nameless"}
    assert settings.LOGGING["formatters"]["nameless"]["()"] == "takhai.site.scrub.NamelessFormatter"
