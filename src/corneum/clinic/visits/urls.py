"""Addresses of visits."""

from django.urls import path

from corneum.clinic.visits import views, views_booking, views_calendar, views_recalls

app_name = "visits"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("visits/new/", views_booking.book, name="book"),
    path("visits/walk-in/", views_booking.walk_in, name="walk_in"),
    path("visits/find/", views_booking.find, name="find"),
    path("visits/<uuid:visit_id>/", views.visit, name="visit"),
    path("visits/<uuid:visit_id>/status/", views.status, name="status"),
    path("visits/<uuid:visit_id>/undo/", views.undo, name="undo"),
    path("visits/<uuid:visit_id>/move/", views_booking.move, name="move"),
    path("clients/<uuid:client_id>/visits/", views.of_client, name="of_client"),
    path("clients/<uuid:client_id>/visits/recall/", views_recalls.add, name="recall_add"),
    path("calendar/", views_calendar.calendar, name="calendar"),
    path("calendar/elsewhere/", views_calendar.feeds, name="feeds"),
    path("calendar/elsewhere/new/", views_calendar.feed_make, name="feed_make"),
    path("calendar/elsewhere/end/", views_calendar.feed_revoke, name="feed_revoke"),
    path("calendar/<str:feed_secret>.ics", views_calendar.feed, name="feed"),
    path("recalls/", views_recalls.recalls, name="recalls"),
    path("recalls/<uuid:recall_id>/close/", views_recalls.close, name="recall_close"),
    path("recalls/<uuid:recall_id>/open/", views_recalls.reopen, name="recall_open"),
    path("stock/treated/", views_recalls.treated, name="treated"),
]
