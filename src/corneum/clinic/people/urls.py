"""Addresses of clients."""

from django.urls import path

from corneum.clinic.people import views

app_name = "people"
urlpatterns = [
    path("", views.clients, name="clients"),
    path("search/", views.search, name="search"),
    path("new/", views.add, name="add"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/edit/", views.edit, name="edit"),
]
