import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from takhai.platform.insert_only import only_added


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0005_guardian_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassroomFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("round", models.CharField(max_length=6)),
                ("kind", models.CharField(max_length=12)),
                ("file_sha", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.CharField(max_length=100)),
            ],
            options={
                "db_table": "class_file",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "kind", "file_sha"), name="class_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["school_days", "attendance", "growth"])),
                        name="class_file_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassroomRefusal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "file", "row_no", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("row_no", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=20)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="classroom.classroomfile",
                    ),
                ),
            ],
            options={
                "db_table": "class_refusal",
            },
        ),
        migrations.CreateModel(
            name="SchoolDays",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "round",
                        "school",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("round", models.CharField(max_length=6)),
                ("month", models.DateField()),
                ("days_open", models.PositiveSmallIntegerField()),
                ("row_no", models.PositiveIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="classroom.classroomfile",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
            ],
            options={
                "db_table": "school_days",
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "round",
                        "person",
                        "school",
                        "month",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("round", models.CharField(max_length=6)),
                ("month", models.DateField()),
                ("days_present", models.PositiveSmallIntegerField()),
                ("sick_leave", models.PositiveSmallIntegerField()),
                ("personal_leave", models.PositiveSmallIntegerField()),
                ("row_no", models.PositiveIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="classroom.classroomfile",
                    ),
                ),
            ],
            options={
                "db_table": "attendance_month",
            },
        ),
        migrations.CreateModel(
            name="Growth",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "round",
                        "person",
                        "school",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("round", models.CharField(max_length=6)),
                ("measured_on", models.DateField()),
                ("weight_g", models.PositiveIntegerField()),
                ("height_mm", models.PositiveIntegerField()),
                ("row_no", models.PositiveIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="classroom.classroomfile",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.school",
                    ),
                ),
            ],
            options={
                "db_table": "growth_measure",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classroomfile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';",
                    hash="97c96022d573cb9c284197ad46a2907592fb1308",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_insert_only_139e3",
                    table="class_file",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="attendance_by_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "days_present__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.Value(31), "-", models.F("sick_leave")
                            ),
                            "-",
                            models.F("personal_leave"),
                        ),
                    )
                ),
                name="attendance_of_a_month",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';",
                    hash="4c604c9af51d918af38af13ea7dbea8063a2bee0",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_insert_only_447c9",
                    table="attendance_month",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="person_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.person_id IS NOT NULL AND NOT EXISTS (SELECT FROM person p WHERE p.id = n.person_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'attendance_month.person_id names a row that is not in person'; END IF; RETURN NULL;",
                    hash="2ed8f7b5d135f838efba304dc32c7424b475898b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_person_is_there_896e1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="attendance_month",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="school_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.school_id IS NOT NULL AND NOT EXISTS (SELECT FROM school p WHERE p.place_id = n.school_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'attendance_month.school_id names a row that is not in school'; END IF; RETURN NULL;",
                    hash="4205ba8d3cf0c2016a68cd717a41d1a3abd2313c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_school_is_there_35609",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="attendance_month",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="file_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.file_id IS NOT NULL AND NOT EXISTS (SELECT FROM class_file p WHERE p.id = n.file_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'attendance_month.file_id names a row that is not in class_file'; END IF; RETURN NULL;",
                    hash="1c040831502f3876971d798d1361a0682c46bb10",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_file_is_there_74c82",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="attendance_month",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="classroomrefusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "attendance_repeated",
                            "day_outside_term",
                            "days_over_open",
                            "days_repeated",
                            "days_unreadable",
                            "growth_repeated",
                            "measure_implausible",
                            "measure_unreadable",
                            "month_outside_term",
                            "month_unreadable",
                            "not_enrolled",
                            "pupil_unknown",
                            "row_malformed",
                            "school_days_missing",
                            "school_unknown",
                            "text_unclean",
                        ],
                    )
                ),
                name="class_refusal_reason_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classroomrefusal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';",
                    hash="7e3e2f70ad5a593f0c9d5a9c3ebdb8c315cab419",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_insert_only_5ea1c",
                    table="class_refusal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classroomrefusal",
            trigger=pgtrigger.compiler.Trigger(
                name="file_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.file_id IS NOT NULL AND NOT EXISTS (SELECT FROM class_file p WHERE p.id = n.file_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'class_refusal.file_id names a row that is not in class_file'; END IF; RETURN NULL;",
                    hash="4c2c31154b54495e908c7dd188716b647183d4be",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_file_is_there_77032",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="class_refusal",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="growth",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_g", 0), ("weight_g__range", (5000, 200000)), _connector="OR"),
                name="growth_weight_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="growth",
            constraint=models.CheckConstraint(
                condition=models.Q(("height_mm", 0), ("height_mm__range", (600, 2200)), _connector="OR"),
                name="growth_height_plausible",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="growth",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';",
                    hash="f5038490b91cc6eba300f5255a76f83c5f550a6a",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_insert_only_675a4",
                    table="growth_measure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="growth",
            trigger=pgtrigger.compiler.Trigger(
                name="person_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.person_id IS NOT NULL AND NOT EXISTS (SELECT FROM person p WHERE p.id = n.person_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'growth_measure.person_id names a row that is not in person'; END IF; RETURN NULL;",
                    hash="576a4e12302e6b557dae5f6756ed22174751cdb3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_person_is_there_c3421",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="growth_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="growth",
            trigger=pgtrigger.compiler.Trigger(
                name="school_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.school_id IS NOT NULL AND NOT EXISTS (SELECT FROM school p WHERE p.place_id = n.school_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'growth_measure.school_id names a row that is not in school'; END IF; RETURN NULL;",
                    hash="6b75d35cd25563b3b1a1c98c6bba66de3620e497",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_school_is_there_64520",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="growth_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="growth",
            trigger=pgtrigger.compiler.Trigger(
                name="file_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.file_id IS NOT NULL AND NOT EXISTS (SELECT FROM class_file p WHERE p.id = n.file_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'growth_measure.file_id names a row that is not in class_file'; END IF; RETURN NULL;",
                    hash="37496deed4de10ff8f17b1b385014785e7567025",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_file_is_there_faa72",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="growth_measure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="schooldays",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="school_days_by_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="schooldays",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_open__lte", 31)), name="school_days_of_a_month"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schooldays",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';",
                    hash="79d72be636ef1df9a4c7f1b45dcaa07889745789",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_insert_only_e65f4",
                    table="school_days",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schooldays",
            trigger=pgtrigger.compiler.Trigger(
                name="school_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.school_id IS NOT NULL AND NOT EXISTS (SELECT FROM school p WHERE p.place_id = n.school_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'school_days.school_id names a row that is not in school'; END IF; RETURN NULL;",
                    hash="ce47e56939455f78f1a0c4c5355e562661793e5f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_school_is_there_f6317",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_days",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schooldays",
            trigger=pgtrigger.compiler.Trigger(
                name="file_is_there",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_values n WHERE n.file_id IS NOT NULL AND NOT EXISTS (SELECT FROM class_file p WHERE p.id = n.file_id)) THEN RAISE foreign_key_violation USING MESSAGE = 'school_days.file_id names a row that is not in class_file'; END IF; RETURN NULL;",
                    hash="a4ee9340a600a62d1e8b2167b722b7b0331c1aa8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_file_is_there_e7313",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_days",
                    when="AFTER",
                ),
            ),
        ),
        only_added("school_days", "attendance_month", "growth_measure", "class_refusal", "class_file"),
    ]
