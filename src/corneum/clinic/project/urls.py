"""Addresses."""

from django.urls import include, path

from corneum.clinic.project import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    path("pulse/", views.pulse, name="pulse"),
    path("offline/", views.offline, name="offline"),
    path("worker.js", views.worker, name="worker"),
    path("", include("corneum.clinic.accounts.urls")),
    path("", include("corneum.clinic.practice.urls")),
    path("", include("corneum.clinic.audit.urls")),
    path("clients/", include("corneum.clinic.people.urls")),
    path("", include("corneum.clinic.consent.urls")),
    path("", include("corneum.clinic.intake.urls")),
    path("", include("corneum.clinic.photos.urls")),
    path("clients/", include("corneum.clinic.marks.urls")),
    path("clients/", include("corneum.clinic.measured.urls")),
    path("clients/", include("corneum.clinic.plans.urls")),
    path("rules/", include("corneum.clinic.rules.urls")),
    path("stock/", include("corneum.clinic.stock.urls")),
    path("", include("corneum.clinic.visits.urls")),
    path("", include("corneum.clinic.treatments.urls")),
    path("", include("corneum.clinic.reports.urls")),
]
handler404 = "corneum.clinic.project.views.absent"
handler500 = "corneum.clinic.project.views.failed"
handler403 = "corneum.clinic.project.views.refused"
handler400 = "corneum.clinic.project.views.bad"
