"""Every page of the site belongs to web."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("takhai.web.urls"))]
