"""Pages for addresses that do not exist and for faults of ours; named by the root urls as handlers."""

from django.http import HttpRequest, HttpResponse

from takhai.web import language, pages


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(request, kind="not_found", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500; asks neither the database nor anything that can fail with it."""
    return _page(request, kind="broken", status=500)


def _page(request: HttpRequest, *, kind: str, status: int) -> HttpResponse:
    speech = language.speech(language.of(request))
    values = {
        "title": speech.say("error", kind),
        "about": speech.say("error", f"{kind}_about"),
        "status": status,
    }
    return pages.render(
        request, "web/error.html", speech=speech, sections=("error",), values=values, status=status
    )
