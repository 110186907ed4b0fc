"""Addresses of log-in and staff."""

from django.urls import path

from corneum.clinic.accounts import views

app_name = "accounts"
urlpatterns = [
    path("log-in/", views.Login.as_view(), name="login"),
    path("log-out/", views.Logout.as_view(), name="logout"),
    path("first-run/", views.first_run, name="first_run"),
    path("clinic/staff/", views.staff, name="staff"),
    path("clinic/staff/new/", views.add, name="add"),
    path("clinic/staff/<uuid:member_id>/", views.member, name="member"),
    path("clinic/staff/<uuid:member_id>/password/", views.member_password, name="member_password"),
    path("me/", views.own, name="own"),
    path("me/keys/", views.keys, name="keys"),
    path("me/password/", views.password, name="password"),
]
