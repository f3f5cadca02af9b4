"""Erasing what the forms of a person tell in words: one function of the owner, beside that of the registry.

The answers a decision was made of stay with the id alone, so that the decision can still be explained.
"""

from django.db import migrations

ERASE = """
CREATE FUNCTION erase_forms(who uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('pgtrigger.ignore', true), '{}');
    asleep text;
BEGIN
    IF NOT EXISTS (SELECT FROM form WHERE person_id = who AND household_ref <> '') THEN
        RETURN false;
    END IF;
    SELECT array_agg(tgname::text)::text INTO asleep FROM pg_trigger
    WHERE tgname LIKE 'pgtrigger_insert_only_%'
      AND tgrelid IN ('form'::regclass, 'form_member'::regclass, 'household_finding'::regclass);
    PERFORM set_config('pgtrigger.ignore', asleep, true);

    DELETE FROM form_member m USING form f
    WHERE f.person_id = who AND m.round = f.round AND m.form_no = f.form_no;
    DELETE FROM household_finding h USING form f
    WHERE f.person_id = who AND h.round = f.round AND h.household_ref = f.household_ref
      AND f.form_no IN (h.form_a, h.form_b);
    UPDATE form
    SET household_ref = '', guardian_relation = '', guardian_education = '', guardian_occupation = '',
        rent_satang = NULL, extension = '', teacher = '',
        official_reason = CASE WHEN official_reason = '' THEN '' ELSE '-' END
    WHERE person_id = who;
    PERFORM set_config('pgtrigger.ignore', before, true);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION erase_forms(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_no_form_after_cutoff")]

    operations = [migrations.RunSQL(ERASE, "DROP FUNCTION erase_forms(uuid)")]
