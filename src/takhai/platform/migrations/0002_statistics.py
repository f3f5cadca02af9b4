"""The planner's statistics, refreshed between steps: autovacuum comes minutes too late for a fresh round.

A function of the owner, so that the application role needs no right to maintain tables.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION refresh_statistics() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    changed regclass;
    refreshed integer := 0;
BEGIN
    FOR changed IN
        SELECT relid FROM pg_stat_user_tables
        WHERE schemaname = 'public' AND n_mod_since_analyze > 100 + n_live_tup / 20
    LOOP
        EXECUTE format('ANALYZE %s', changed);
        refreshed := refreshed + 1;
    END LOOP;
    RETURN refreshed;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION refresh_statistics()")]
