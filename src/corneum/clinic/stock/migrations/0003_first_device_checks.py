"""The dates that a device had before there was a history become its first rows; who wrote them is not known."""

from typing import Any

from django.db import migrations
from django.utils import timezone

_DATES = (("serviced", "serviced_on", "service_due_on"), ("calibrated", "calibrated_on", "calibration_due_on"))


def write_first(apps: Any, schema_editor: Any) -> None:
    Device, DeviceCheck = apps.get_model("stock", "Device"), apps.get_model("stock", "DeviceCheck")
    now = timezone.now()
    made = []
    for device in Device.objects.all():
        for kind, on, due in _DATES:
            done, following = getattr(device, on), getattr(device, due)
            if done is not None:
                later = following if following is not None and following > done else None
                made.append(DeviceCheck(device=device, kind=kind, on=done, due=later, at=now))
    DeviceCheck.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("stock", "0002_device_checks"),
    ]

    operations = [
        migrations.RunPython(write_first, migrations.RunPython.noop),
    ]
