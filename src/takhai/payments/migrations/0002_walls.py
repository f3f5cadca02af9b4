from django.db import migrations

from takhai.platform.insert_only import only_added

# Hash and freezer together point to the frozen list: the model language has no such key.
APPROVES = """
ALTER TABLE approval ADD CONSTRAINT approval_of_frozen_list
FOREIGN KEY (round, "group", list_sha256, frozen_by)
REFERENCES frozen_list (round, "group", sha256, frozen_by)
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("benefits", "0001_initial")]

    operations = [
        migrations.RunSQL(APPROVES, "ALTER TABLE approval DROP CONSTRAINT approval_of_frozen_list"),
        only_added("approval", "bank_result", "payment_exception"),
    ]
