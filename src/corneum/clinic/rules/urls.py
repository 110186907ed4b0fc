"""Addresses of the clinic's rules."""

from django.urls import path

from corneum.clinic.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("rule/<str:rule>/", views.rule, name="rule"),
    path("rule/<str:rule>/as-shipped/", views.reset, name="reset"),
    path("draft/", views.draft, name="draft"),
    path("draft/limits/", views.limits, name="limits"),
    path("draft/discard/", views.discard, name="discard"),
    path("draft/sign/", views.sign, name="sign"),
    path("versions/", views.versions, name="versions"),
    path("versions/<uuid:version_id>/", views.version, name="version"),
]
