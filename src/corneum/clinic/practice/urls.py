"""Addresses of the clinic's own data."""

from django.urls import path

from corneum.clinic.practice import views

app_name = "practice"
urlpatterns = [path("clinic/", views.own, name="own")]
