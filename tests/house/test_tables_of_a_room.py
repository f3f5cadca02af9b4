"""A room's SQL names its own tables and the relations handed to it; keys point down the house."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from django.apps import apps
from django.db import models
from sqlglot import exp

from takhai.platform import sets
from tests.house.plan import DJANGO_ROOMS, HOUSE, ROOMS, python_files, room_of, texts

STATEMENT = re.compile(r"\A\s*(SELECT|INSERT|UPDATE|DELETE|WITH|COPY)\b(?=.*\b(FROM|INTO|SET)\b)", re.S)


def own_tables(room: str) -> set[str]:
    return {model._meta.db_table for model in apps.get_app_config(room).get_models(include_auto_created=True)}


def foreign_tables(room: str) -> dict[str, str]:
    return {table: other for other in DJANGO_ROOMS if other != room for table in own_tables(other)}


def tables_named(sql: str) -> set[str]:
    """Tables a statement reads or writes, without the names its own WITH gives.

    A template whose holes are words of SQL cannot be parsed: then what follows FROM, JOIN and the like is read.
    """
    plain = re.sub(r"%\(\w+\)s|%s", "'given'", sql).replace("%%", "%")
    if re.search(r"\{\w*\}", plain):
        return set(re.findall(r"(?i)\b(?:FROM|JOIN|INTO|UPDATE|USING|ONLY)\s+([a-z_]\w*)", plain))
    named: set[str] = set()
    for statement in sqlglot.parse(plain, read="postgres"):
        if statement is None:
            continue
        given = {cte.alias for cte in statement.find_all(exp.CTE)}
        named |= {table.name for table in statement.find_all(exp.Table)} - given
    return named


def set_files() -> Iterator[Path]:
    yield from sorted(HOUSE.glob("*/sets/*.sql"))


def test_the_checker_finds_a_table_behind_a_join_and_not_a_common_table_expression() -> None:
    sql = "WITH a AS (SELECT 1 AS x FROM person) INSERT INTO movement SELECT x FROM a JOIN school s ON s.id = a.x"
    assert tables_named(sql) == {"person", "movement", "school"}


@pytest.mark.parametrize("path", list(set_files()), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_set_rule_reads_only_the_relations_it_declares(path: Path) -> None:
    rule = sets.load(f"takhai.{room_of(path)}", path.stem)
    assert tables_named(rule.sql) <= set(rule.inputs)


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in {"thai", "policy"}])
def test_no_room_names_another_rooms_table_in_its_sql(room: str) -> None:
    foreign = foreign_tables(room)
    where = HOUSE / room if (HOUSE / room).is_dir() else HOUSE
    files = python_files(where) if where != HOUSE else iter([HOUSE / f"{room}.py"])
    found = [
        f"{path.relative_to(HOUSE)} names {table} of {foreign[table]}"
        for path in files
        for text in texts(path)
        if STATEMENT.match(text)
        for table in tables_named(text) & foreign.keys()
    ]
    assert found == []


def test_foreign_keys_point_down_the_house_and_are_named_by_string() -> None:
    wrong = []
    for room in DJANGO_ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, models.ForeignKey) or field.related_model is None:
                    continue
                target = field.related_model._meta.app_label
                if target in ROOMS and ROOMS.index(target) > ROOMS.index(room):
                    wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == []
