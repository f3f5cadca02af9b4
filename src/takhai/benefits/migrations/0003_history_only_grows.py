"""Old rows that were kept can be neither changed nor deleted by the application."""

from django.db import migrations

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    dependencies = [("benefits", "0002_only_added")]

    operations = [
        only_added("entitlement_event"),
    ]
