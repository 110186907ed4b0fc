"""Addresses of measured change and of blinded ratings."""

from django.urls import path

from corneum.clinic.measured import views, views_rating

app_name = "measured"
_RATING = "<uuid:client_id>/compare/ratings/<uuid:rating_id>/"
urlpatterns = [
    path("<uuid:client_id>/compare/", views.compare, name="compare"),
    path("<uuid:client_id>/compare/measure/", views.ask, name="ask"),
    path("<uuid:client_id>/compare/trend/", views.trend, name="trend"),
    path("<uuid:client_id>/compare/ratings/", views_rating.ratings, name="ratings"),
    path("<uuid:client_id>/compare/ratings/start/", views_rating.start, name="rating_start"),
    path(_RATING, views_rating.rating, name="rating"),
    path(f"{_RATING}hand-in/", views_rating.hand_in, name="rating_hand_in"),
    path(f"{_RATING}close/", views_rating.close, name="rating_close"),
    path(f"{_RATING}<int:number>/", views_rating.pair, name="rating_pair"),
    path(f"{_RATING}<int:number>/<slug:place>.jpg", views_rating.picture, name="rating_picture"),
    path("<uuid:client_id>/compare/<uuid:measurement_id>/progress/", views.progress, name="progress"),
    path("<uuid:client_id>/compare/<uuid:measurement_id>/<slug:picture>.jpg", views.picture, name="picture"),
]
