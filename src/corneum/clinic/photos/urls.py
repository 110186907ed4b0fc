"""Addresses of photographs."""

from django.urls import path

from corneum.clinic.photos import views, views_camera, views_giving, views_own, views_review

app_name = "photos"
_ALL = "clients/<uuid:client_id>/photographs/"
_ONE = f"{_ALL}<uuid:photo_id>/"
urlpatterns = [
    path(_ALL, views.client, name="client"),
    path(f"{_ALL}add/", views.add, name="add"),
    path(f"{_ALL}camera/", views_camera.camera, name="camera"),
    path(f"{_ALL}look/", views_camera.look, name="look"),
    path(f"{_ALL}shot/", views_camera.shot, name="shot"),
    path(_ONE, views.photo, name="photo"),
    path(f"{_ONE}<slug:size>.jpg", views.file, name="file"),
    path(f"{_ONE}place/", views.place, name="place"),
    path(f"{_ONE}use/", views.use, name="use"),
    path(f"{_ONE}give-out/", views_giving.give, name="give"),
    path(f"{_ONE}copies/<uuid:copy_id>/", views_giving.fetch, name="copy"),
    path(f"{_ONE}copies/<uuid:copy_id>/undo/", views_giving.undo, name="copy_undo"),
    path(f"{_ONE}copies/<uuid:copy_id>/called-back/", views_giving.called_back, name="called_back"),
    path(f"{_ONE}remove/", views.remove, name="remove"),
    path(f"{_ONE}bring-back/", views.bring_back, name="bring_back"),
    path(f"{_ONE}keep/", views_review.keep, name="keep"),
    path(f"{_ONE}turn-down/", views_review.turn_down, name="turn_down"),
    path("photographs/given-out/", views_giving.given, name="given"),
    path("photographs/from-home/", views_review.review, name="review"),
    path("my/photographs/", views_own.own, name="own"),
]
