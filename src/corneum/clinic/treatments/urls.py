"""Addresses of treatment and what comes after it."""

from django.urls import path

from corneum.clinic.treatments import views, views_after, views_own

app_name = "treatments"
_CLIENT = "clients/<uuid:client_id>/"
_SESSION = f"{_CLIENT}treatment/<uuid:session_id>/"
urlpatterns = [
    path(f"{_CLIENT}treatment/", views.day, name="day"),
    path(f"{_CLIENT}treatment/open/", views.open_, name="open"),
    path(_SESSION, views.session, name="session"),
    path(f"{_SESSION}tap/", views.tap, name="tap"),
    path(f"{_SESSION}override/", views.override, name="override"),
    path(f"{_SESSION}sign/", views.sign, name="sign"),
    path(f"{_SESSION}amend/", views.amend, name="amend"),
    path(f"{_SESSION}aftercare/", views_after.aftercare, name="aftercare"),
    path(f"{_SESSION}aftercare.ics", views_after.aftercare_ics, name="aftercare_ics"),
    path(f"{_SESSION}aftercare.pdf", views_after.aftercare_pdf, name="aftercare_pdf"),
    path(f"{_CLIENT}course/", views_after.course, name="course"),
    path(f"{_CLIENT}course/review/", views_after.review, name="review"),
    path(f"{_CLIENT}reactions/new/", views_after.event_add, name="event_add"),
    path(f"{_CLIENT}reactions/<uuid:event_id>/", views_after.event, name="event"),
    path("my/aftercare/", views_own.aftercare, name="own_aftercare"),
    path("my/aftercare.ics", views_own.aftercare_ics, name="own_aftercare_ics"),
    path("my/aftercare.pdf", views_own.aftercare_pdf, name="own_aftercare_pdf"),
]
