"""What the application may not do with the lists: change who was a member, take a fate back."""

from django.db import migrations

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        only_added("round_member", "fate", "beneficiary_event", "programme_enrolment_event"),
    ]
