"""Old rows that were kept can be neither changed nor deleted by the application."""

from django.db import migrations

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_walls")]

    operations = [
        only_added(
            "channel_choice_event",
            "order_line_event",
            "transfer_event",
            "receipt_event",
            "return_bill_event",
            "school_return_event",
        ),
    ]
