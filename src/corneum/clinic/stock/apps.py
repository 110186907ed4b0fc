"""The app."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Rooms, devices, prices and stock."""

    name = "corneum.clinic.stock"
    label = "stock"
