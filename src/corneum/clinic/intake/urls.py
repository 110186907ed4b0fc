"""Addresses of the consultation, of private links, and of the inbox."""

from django.urls import path

from corneum.clinic.intake import views, views_inbox, views_links, views_own, views_questions, views_withdraw

app_name = "intake"
_RECORD = "clients/<uuid:client_id>/"
_INTAKE = f"{_RECORD}intake/"
urlpatterns = [
    path(_INTAKE, views.client, name="client"),
    path(f"{_INTAKE}verdict/", views.verdict, name="verdict"),
    path(f"{_INTAKE}questions/<slug:page>/", views_questions.page, name="page"),
    path(f"{_INTAKE}keep/", views.submit, name="submit"),
    path(f"{_INTAKE}discard/", views.discard, name="discard"),
    path(f"{_INTAKE}versions/<uuid:sheet_id>/", views.sheet, name="sheet"),
    path(f"{_INTAKE}concern/", views.concern, name="concern"),
    path(f"{_INTAKE}concerns/<uuid:concern_id>/", views.concern_remove, name="concern_remove"),
    path(f"{_INTAKE}override/<str:rule>/", views.override, name="override"),
    path(f"{_INTAKE}overrides/<uuid:override_id>/end/", views.override_end, name="override_end"),
    path(f"{_RECORD}links/", views_links.links, name="links"),
    path(f"{_RECORD}links/<uuid:link_id>/revoke/", views_links.revoke, name="revoke"),
    path(f"{_RECORD}links/check-ins/<uuid:check_in_id>/", views_links.check_in, name="check_in"),
    path("inbox/", views_inbox.items, name="inbox"),
    path("inbox/<uuid:inbox_id>/seen/", views_inbox.seen, name="seen"),
    path("inbox/<uuid:inbox_id>/not-seen/", views_inbox.unseen, name="unseen"),
    path("l/<str:token>/", views_own.open_link, name="open"),
    path("my/", views_own.own_home, name="own"),
    path("my/questions/<slug:page>/", views_questions.own_page, name="own_page"),
    path("my/hand-in/", views_own.own_submit, name="own_submit"),
    path("my/consent/<slug:kind>/", views_own.own_consent, name="own_consent"),
    path("my/withdraw/", views_withdraw.own_withdraw, name="own_withdraw"),
    path("my/withdraw/<slug:purpose>/", views_withdraw.own_withdraw_one, name="own_withdraw_one"),
    path("my/sheets/<uuid:consent_id>/", views_own.own_sheet, name="own_sheet"),
    path("my/sheets/<uuid:consent_id>/pdf/", views_own.own_pdf, name="own_pdf"),
    path("my/signatures/<uuid:signature_id>/", views_own.own_signature, name="own_signature"),
    path("my/check-ins/<uuid:check_in_id>/", views_own.own_check_in, name="own_check_in"),
    path("my/end/", views_own.own_end, name="own_end"),
]
