"""Events of one kind are found by an index, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the index; the guard of the events stays as it is."""

    dependencies = (("audit", "0002_guard"),)
    operations = (migrations.AddIndex("event", models.Index(fields=["action", "-id"], name="audit_by_action")),)
