"""What the application may not do with the registry: delete who is referred to, change what was written."""

from django.db import migrations

from takhai.platform.insert_only import only_added
from takhai.platform.references import never_deleted


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        never_deleted("agency", "school", "person", "household"),
        only_added(
            "agency_event",
            "school_event",
            "person_event",
            "identifier_event",
            "household_link_event",
            "guardian_event",
            "guardian_link_event",
            "school_enrolment_event",
            "register_entry_event",
            "comparison_event",
            "identity_finding_event",
            "register_file",
            "intake_exception",
        ),
    ]
