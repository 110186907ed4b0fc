"""The database itself keeps taps, and refuses every change of a signed session."""

from django.db import migrations

from corneum.clinic.treatments.migrations._guard import guard


class Migration(migrations.Migration):
    """Make the triggers."""

    dependencies = (("treatments", "0002_after"),)
    operations = (migrations.RunPython(guard, migrations.RunPython.noop),)
