"""Addresses of plans."""

from django.urls import path

from corneum.clinic.plans import views, views_draft, views_looks

app_name = "plans"
urlpatterns = [
    path("<uuid:client_id>/plans/", views.versions, name="versions"),
    path("<uuid:client_id>/plans/new/", views_draft.new, name="new"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/", views.plan, name="plan"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/progress/", views.progress, name="progress"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/approve/", views_draft.approve, name="approve"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/withdraw/", views_draft.withdraw, name="withdraw"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/show/", views_draft.show, name="show"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/shown/", views.shown, name="shown"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/compare/", views.compare, name="compare"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/sources/", views.sources, name="sources"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/what-if/", views_looks.what_if, name="what_if"),
    path("<uuid:client_id>/plans/<uuid:plan_id>/files/<slug:file>/", views_looks.file, name="file"),
]
