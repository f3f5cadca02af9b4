"""Relations: sets that rooms hand to each other without a list of ids in between."""

from collections.abc import Iterator
from datetime import date

import pytest

from takhai.platform.ids import uuid7s
from takhai.platform.relations import BadRelation, Relation, constant, merge
from takhai.platform.sets import SetRule, apply, copy_in, execute, fetch, materialise

RATES = [("primary", None, 100_000), ("kindergarten", "bpp", 150_000)]
SHAPE = {"level": "text", "agency": "text", "satang": "bigint"}


def rates() -> Relation:
    return constant(name="rates", columns=SHAPE, rows=RATES)


def test_a_relation_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(BadRelation):
        Relation(name="a", columns={"x": "money; DROP TABLE person"}, sql="SELECT 1 AS x")


def test_a_relation_whose_name_could_be_sql_is_refused() -> None:
    with pytest.raises(BadRelation):
        Relation(name="a b", columns={"x": "text"}, sql="SELECT 'y' AS x")


def test_a_missing_column_is_told_by_its_name() -> None:
    with pytest.raises(BadRelation, match="rates lacks person"):
        rates().require("level", "person")


def test_parameters_of_one_name_and_two_values_are_refused() -> None:
    assert merge({"a": 1}, {"a": 1, "b": 2}) == {"a": 1, "b": 2}
    with pytest.raises(BadRelation, match="parameter a"):
        merge({"a": 1}, {"a": 2})


@pytest.mark.django_db
def test_a_constant_keeps_its_rows_types_and_empty_cells() -> None:
    assert sorted(fetch("SELECT level, agency, satang FROM rates", rates()), key=str) == sorted(
        RATES, key=str
    )


@pytest.mark.django_db
def test_a_constant_without_rows_is_an_empty_set() -> None:
    assert fetch("SELECT * FROM none", constant(name="none", columns=SHAPE, rows=[])) == []


@pytest.mark.django_db
def test_a_rule_over_relations_is_a_relation_again() -> None:
    rule = SetRule(
        name="doubled",
        sql="SELECT level, satang * 2 AS satang FROM rates",
        inputs=("rates",),
        columns={"level": "text", "satang": "bigint"},
    )
    twice = apply(rule, rates())
    assert fetch("SELECT sum(satang)::bigint FROM doubled", twice) == [(500_000,)]
    assert fetch("SELECT count(*) FROM doubled JOIN rates USING (level)", twice, rates()) == [(2,)]


def test_a_rule_without_its_input_is_refused_before_any_sql_runs() -> None:
    rule = SetRule(name="r", sql="SELECT 1", inputs=("rates", "members"), columns={})
    with pytest.raises(BadRelation, match="members"):
        apply(rule, rates())


@pytest.mark.django_db
def test_rows_copied_in_keep_every_type() -> None:
    (key,) = uuid7s(1)
    columns = {
        "key": "uuid",
        "born": "date",
        "ok": "boolean",
        "idx": "bytea",
        "satang": "bigint",
        "name": "text",
    }
    row = (key, date(2015, 2, 28), True, b"\x00\xff", 2**40, 'น้ำ, "ใจ"\n')
    given = copy_in(name="given", columns=columns, rows=[row, (key, None, None, None, None, None)])
    assert fetch("SELECT key, born, ok, idx, satang, name FROM given WHERE born IS NOT NULL", given) == [row]
    assert fetch("SELECT count(*) FROM given WHERE name IS NULL", given) == [(1,)]


@pytest.mark.django_db
def test_a_materialised_relation_gives_the_same_rows_and_can_be_joined_with_itself() -> None:
    table = materialise(rates(), key=("level",))
    assert fetch("SELECT count(*) FROM rates a JOIN b ON a.level = b.level", table, table.named("b")) == [
        (2,)
    ]


@pytest.mark.django_db
def test_a_statement_over_relations_tells_how_many_rows_it_changed() -> None:
    given = copy_in(name="given", columns={"n": "bigint"}, rows=[(1,), (2,), (3,)])
    table = materialise(given)
    name = table.sql.rsplit(" ", 1)[1]
    assert (
        execute(f"UPDATE {name} SET n = 0 FROM wanted WHERE {name}.n = wanted.n", given.named("wanted")) == 3
    )


def test_two_relations_of_one_name_are_refused() -> None:
    with pytest.raises(BadRelation, match="two relations"):
        fetch("SELECT 1", rates(), rates())


@pytest.mark.django_db
def test_a_statement_with_a_common_table_of_its_own_goes_on_with_it() -> None:
    said = fetch(
        "WITH high AS (SELECT level FROM rates WHERE satang > 100000) SELECT level FROM high", rates()
    )
    assert said == [("kindergarten",)]


@pytest.mark.django_db
def test_a_column_may_be_called_by_a_word_of_sql() -> None:
    given = materialise(
        copy_in(name="given", columns={"group": "text", "order": "bigint"}, rows=[("old", 1)]), key=("group",)
    )
    assert fetch('SELECT "group", "order" FROM given', given) == [("old", 1)]
    assert fetch('SELECT "group" FROM c', constant(name="c", columns={"group": "text"}, rows=[("new",)])) == [
        ("new",)
    ]


@pytest.mark.django_db
def test_a_generator_may_ask_the_database_before_its_first_row() -> None:
    def rows() -> Iterator[tuple[int]]:
        ((start,),) = fetch("SELECT 40::bigint")
        yield from ((int(str(start)) + more,) for more in range(3))

    given = copy_in(name="given", columns={"n": "bigint"}, rows=rows())
    assert fetch("SELECT array_agg(n ORDER BY n) FROM given", given) == [([40, 41, 42],)]
    assert fetch(
        "SELECT count(*) FROM given", copy_in(name="given", columns={"n": "bigint"}, rows=iter(()))
    ) == [(0,)]
