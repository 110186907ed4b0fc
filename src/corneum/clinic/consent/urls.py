"""Addresses of consent."""

from django.urls import path

from corneum.clinic.consent import views, views_texts

app_name = "consent"
_RECORD = "clients/<uuid:client_id>/consent/"
urlpatterns = [
    path(_RECORD, views.client, name="client"),
    path(f"{_RECORD}give/<slug:kind>/", views.give, name="give"),
    path(f"{_RECORD}sheets/<uuid:consent_id>/", views.sheet, name="sheet"),
    path(f"{_RECORD}sheets/<uuid:consent_id>/pdf/", views.pdf, name="pdf"),
    path(f"{_RECORD}signatures/<uuid:signature_id>/", views.signature, name="signature"),
    path(f"{_RECORD}withdraw/", views.withdraw, name="withdraw"),
    path("clinic/consent-texts/", views_texts.texts, name="texts"),
    path("clinic/consent-texts/<slug:kind>/", views_texts.text, name="text"),
    path("clinic/consent-texts/versions/<uuid:text_id>/", views_texts.version, name="version"),
]
