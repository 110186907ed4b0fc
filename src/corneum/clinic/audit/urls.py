"""Addresses of the audit."""

from django.urls import path

from corneum.clinic.audit import views

app_name = "audit"
urlpatterns = [path("audit/", views.event_list, name="events")]
