"""Addresses of results, outcomes, copies of data and erasures."""

from django.urls import path

from corneum.clinic.reports import views, views_erasing, views_exports

app_name = "reports"
_RECORD = "clients/<uuid:client_id>/"
urlpatterns = [
    path("outcomes/", views.outcomes, name="outcomes"),
    path("outcomes/count/", views.count, name="count"),
    path("outcomes/table.csv", views.outcomes_csv, name="outcomes_csv"),
    path("outcomes/table.json", views.outcomes_json, name="outcomes_json"),
    path(f"{_RECORD}result/", views.result, name="result"),
    path(f"{_RECORD}result/pdf/", views.result_pdf, name="result_pdf"),
    path(f"{_RECORD}data/", views_exports.data, name="data"),
    path(f"{_RECORD}data/<uuid:export_id>/", views_exports.data_fetch, name="data_fetch"),
    path(f"{_RECORD}data/<uuid:export_id>/discard/", views_exports.data_discard, name="data_discard"),
    path(f"{_RECORD}data/erase/", views_erasing.erase, name="erase"),
    path(f"{_RECORD}data/erase/approve/", views_erasing.erase_approve, name="erase_approve"),
    path(f"{_RECORD}data/erase/confirm/", views_erasing.erase_confirm, name="erase_confirm"),
    path(f"{_RECORD}data/erase/cancel/", views_erasing.erase_cancel, name="erase_cancel"),
    path("clinic/data/", views_exports.clinic, name="clinic"),
    path("clinic/data/erasures/", views_erasing.erasures, name="erasures"),
    path("clinic/data/<uuid:export_id>/", views_exports.clinic_fetch, name="clinic_fetch"),
    path("clinic/data/<uuid:export_id>/discard/", views_exports.clinic_discard, name="clinic_discard"),
]
