"""The app."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photographs."""

    name = "corneum.clinic.photos"
    label = "photos"
