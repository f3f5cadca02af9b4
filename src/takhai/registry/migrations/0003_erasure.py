"""Erasing a person: one function of the owner; a tombstone stays, so that whoever knows the id by heart finds it."""

from django.db import migrations

ERASE = """
CREATE FUNCTION erase_person(who uuid, on_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('pgtrigger.ignore', true), '{}');
    asleep text;
    alone uuid[];
BEGIN
    IF NOT EXISTS (SELECT FROM person WHERE id = who AND erased_on IS NULL) THEN
        RETURN false;
    END IF;
    -- What is erased must not be kept by the triggers that keep it, and history may be blanked here only.
    SELECT array_agg(tgname::text)::text INTO asleep FROM pg_trigger
    WHERE NOT tgisinternal AND tgname ~ '^pgtrigger_(append_only|update_update|delete_delete|never_deleted)_'
      AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
    PERFORM set_config('pgtrigger.ignore', asleep, true);

    SELECT array_agg(g.guardian_id) INTO alone FROM guardian_link g
    WHERE g.person_id = who AND NOT EXISTS (
        SELECT FROM guardian_link other WHERE other.guardian_id = g.guardian_id AND other.person_id <> who);
    DELETE FROM guardian_link WHERE person_id = who;
    DELETE FROM guardian_link_event WHERE person_id = who;
    DELETE FROM guardian WHERE id = ANY (alone);
    DELETE FROM guardian_event WHERE id = ANY (alone);

    UPDATE household h SET key = decode(replace(gen_random_uuid()::text, '-', ''), 'hex')
    WHERE h.id IN (SELECT household_id FROM household_link WHERE person_id = who)
      AND NOT EXISTS (SELECT FROM household_link other WHERE other.household_id = h.id AND other.person_id <> who);
    DELETE FROM household_link WHERE person_id = who;
    DELETE FROM household_link_event WHERE person_id = who;

    DELETE FROM identifier WHERE person_id = who;
    DELETE FROM identifier_event WHERE person_id = who;
    DELETE FROM comparison WHERE person_id = who;
    DELETE FROM comparison_event WHERE person_id = who;
    UPDATE school_enrolment SET pupil_no = '' WHERE person_id = who;
    UPDATE school_enrolment_event SET pupil_no = '' WHERE person_id = who;
    UPDATE register_entry SET disadvantage = NULL, long_absent = NULL, weight_g = NULL, height_mm = NULL
    WHERE person_id = who;
    UPDATE register_entry_event SET disadvantage = NULL, long_absent = NULL, weight_g = NULL, height_mm = NULL
    WHERE person_id = who;
    UPDATE person
    SET prefix = '', first_name = '', last_name = '', first_key = '', last_key = '', sex = NULL,
        birth_date = NULL, died_on = NULL, erased_on = on_day
    WHERE id = who;
    UPDATE person_event
    SET prefix = '', first_name = '', last_name = '', first_key = '', last_key = '', sex = NULL,
        birth_date = NULL, died_on = NULL
    WHERE id = who;
    PERFORM set_config('pgtrigger.ignore', before, true);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION erase_person(uuid, date) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_guards")]

    operations = [migrations.RunSQL(ERASE, "DROP FUNCTION erase_person(uuid, date)")]
