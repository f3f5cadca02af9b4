"""The machine's clock, read at the edges only: a step gets its day from the round's calendar."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from takhai.platform.problems import Refusal

BANGKOK = ZoneInfo("Asia/Bangkok")


def told_day() -> date | None:
    """The day that ``TAKHAI_TODAY`` sets for tests and demonstrations; the site says so on its pages."""
    given = os.environ.get("TAKHAI_TODAY", "")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refusal("today_unreadable", value=given[:20]) from None


def today() -> date:
    """The day in Bangkok, or the day that was set."""
    return told_day() or datetime.now(BANGKOK).date()
