"""Addresses of marks."""

from django.urls import path

from corneum.clinic.marks import views, views_looks

app_name = "marks"
_MARKS = "<uuid:client_id>/marks/"
_LOOKS = f"{_MARKS}looks/"
urlpatterns = [
    path(_MARKS, views.client, name="client"),
    path(f"{_MARKS}new/", views.add, name="add"),
    path(f"{_MARKS}<uuid:mark_id>/", views.mark, name="mark"),
    path(f"{_MARKS}<uuid:mark_id>/looked-at/", views.looked, name="looked"),
    path(f"{_MARKS}<uuid:mark_id>/end/", views.end, name="end"),
    path(f"{_MARKS}<uuid:mark_id>/back/", views.restore, name="restore"),
    path(f"{_LOOKS}new/", views_looks.ask, name="look_ask"),
    path(f"{_LOOKS}<uuid:look_id>/", views_looks.look, name="look"),
    path(f"{_LOOKS}<uuid:look_id>/list/", views_looks.put_in, name="look_list"),
    path(f"{_LOOKS}<uuid:look_id>/<slug:side>.png", views_looks.picture, name="picture"),
]
