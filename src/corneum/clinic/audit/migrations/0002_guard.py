"""The database itself refuses to change or delete an event."""

from django.db import migrations

from corneum.clinic.audit.migrations._guard import guard


class Migration(migrations.Migration):
    """Make the triggers."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(guard, migrations.RunPython.noop),)
