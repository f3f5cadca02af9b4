"""What Django cannot say of these tables: no overlap of the same assignment; history and log only grow."""

from django.db import migrations

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE assignment ADD CONSTRAINT assignment_once_at_a_time EXCLUDE USING gist (
                user_id WITH =, role WITH =, place_id WITH =, daterange(from_day, to_day, '[)') WITH &&
            )
            """,
            "ALTER TABLE assignment DROP CONSTRAINT assignment_once_at_a_time",
        ),
        only_added("looking_log", "place_event", "user_account_event", "assignment_event"),
    ]
