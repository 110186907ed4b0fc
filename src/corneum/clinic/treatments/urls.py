"""Addresses of treatment and what comes after it."""

from django.urls import path

from corneum.clinic.treatments import views, views_after

app_name = "treatments"
_SESSION = "<uuid:client_id>/treatment/<uuid:session_id>/"
urlpatterns = [
    path("<uuid:client_id>/treatment/", views.day, name="day"),
    path("<uuid:client_id>/treatment/open/", views.open_, name="open"),
    path(_SESSION, views.session, name="session"),
    path(f"{_SESSION}tap/", views.tap, name="tap"),
    path(f"{_SESSION}override/", views.override, name="override"),
    path(f"{_SESSION}sign/", views.sign, name="sign"),
    path(f"{_SESSION}amend/", views.amend, name="amend"),
    path(f"{_SESSION}aftercare/", views_after.aftercare, name="aftercare"),
    path(f"{_SESSION}aftercare.ics", views_after.aftercare_ics, name="aftercare_ics"),
    path(f"{_SESSION}aftercare.pdf", views_after.aftercare_pdf, name="aftercare_pdf"),
    path("<uuid:client_id>/course/", views_after.course, name="course"),
    path("<uuid:client_id>/course/review/", views_after.review, name="review"),
    path("<uuid:client_id>/reactions/new/", views_after.event_add, name="event_add"),
    path("<uuid:client_id>/reactions/<uuid:event_id>/", views_after.event, name="event"),
]
