from django.db import migrations

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]

    operations = [only_added("entitlement_line", "frozen_list")]
