"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff and log-in."""

    name = "corneum.clinic.accounts"
    label = "accounts"
