"""The floor measures what it says: the same bytes in, the same rows out, one key, nothing left behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from bench.floor import Out, fill, laid, read, seconds
from psycopg import sql

from takhai.site.embedded import places
from takhai.site.embedded.server import Server

INDEXES = """
SELECT c.relname, i.indisprimary, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid WHERE c.relname LIKE 'floor%' ORDER BY c.relname
"""
CONSTRAINTS = """
SELECT contype FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
WHERE c.relname LIKE 'floor%' AND contype <> 'n'
"""


@pytest.fixture
def link(home: Path) -> Iterator[psycopg.Connection[Any]]:
    """A session that may CHECKPOINT on a server of its own, with a tiny table that has more than it needs."""
    where = places.of(home)
    with (
        Server(places=where).using(),
        psycopg.connect(where.url(role=places.ROOT), autocommit=True) as session,
    ):
        session.execute(
            "CREATE TABLE pupil (round text, said text CHECK (said <> ''), number int,"
            " twice int GENERATED ALWAYS AS (number * 2) STORED, PRIMARY KEY (round, number))"
        )
        session.execute("CREATE INDEX pupil_said ON pupil (said)")
        session.execute("CREATE TABLE class (number int PRIMARY KEY REFERENCES class)")
        session.execute(
            "INSERT INTO pupil SELECT 'r', CASE WHEN n % 3 = 0 THEN 'a' ELSE 'b' END, n"
            " FROM generate_series(1, 30) n"
        )
        session.execute("INSERT INTO class VALUES (1), (2)")
        yield session


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Rows of unlike width, as register files have them: a stamp, a head, a quoted comma, an empty line."""
    path = tmp_path / "register.csv"
    path.write_text('stamp,1\nnumber,name,class\n\n01,"ก, ข",ป.1\n02,,ป.2\n', "utf-8-sig")
    return path


def test_every_file_goes_in_whole_as_text(link: psycopg.Connection[Any], register: Path) -> None:
    texts = [read(path=register), read(path=register)]
    with laid(link=link, texts=texts, outs=[]):
        fill(link=link, texts=texts, outs=[])
        for name in ("floor_in_0", "floor_in_1"):
            rows = link.execute(sql.SQL("TABLE {}").format(sql.Identifier(name))).fetchall()
            assert rows == [
                ("stamp", "1", None),
                ("number", "name", "class"),
                ("01", "ก, ข", "ป.1"),
                ("02", None, "ป.2"),
            ]


def test_a_file_in_the_old_code_page_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("ชื่อ,ชั้น\n".encode("cp874"))
    text = read(path=path)
    assert (text.width, text.rows) == (2, "ชื่อ,ชั้น\n")


def test_copies_hold_the_rows_that_count_and_no_other(link: psycopg.Connection[Any]) -> None:
    outs = [Out("pupil", "said = %(said)s", {"said": "a"}), Out("class"), Out("pupil")]
    with laid(link=link, texts=[], outs=outs):
        fill(link=link, texts=[], outs=outs)
        some = "WHERE said = 'a'"
        assert rows_of(link, "floor_out_0") == rows_of(link, "pupil", some) != rows_of(link, "pupil")
        assert rows_of(link, "floor_out_1") == rows_of(link, "class") != []
        assert rows_of(link, "floor_out_2") == rows_of(link, "pupil") != []


def test_copies_are_logged_and_have_only_their_primary_key(link: psycopg.Connection[Any]) -> None:
    outs = [Out("pupil"), Out("class")]
    with laid(link=link, texts=[], outs=outs):
        assert [
            (name, primary, text.split(" USING ")[1]) for name, primary, text in link.execute(INDEXES)
        ] == [
            ("floor_out_0", True, "btree (round, number)"),
            ("floor_out_1", True, "btree (number)"),
        ]
        assert [kind for (kind,) in link.execute(CONSTRAINTS)] == ["p", "p"]
        kinds = link.execute("SELECT DISTINCT relpersistence FROM pg_class WHERE relname LIKE 'floor%'")
        assert kinds.fetchall() == [("p",)]


def test_a_measurement_leaves_nothing_behind(link: psycopg.Connection[Any], register: Path) -> None:
    before = tables(link)
    assert seconds(link=link, files=[register], outs=[Out("pupil"), Out("class")]) > 0
    assert tables(link) == before
    assert len(rows_of(link, "pupil")) == 30


def test_a_measurement_that_fails_leaves_nothing_behind(
    link: psycopg.Connection[Any], register: Path
) -> None:
    before = tables(link)
    with pytest.raises(psycopg.errors.UndefinedColumn):
        seconds(link=link, files=[register], outs=[Out("pupil"), Out("class", "no_such_column = 1")])
    with pytest.raises(psycopg.errors.UndefinedTable):
        seconds(link=link, files=[register], outs=[Out("pupil"), Out("no_such_table")])
    assert tables(link) == before


def rows_of(link: psycopg.Connection[Any], table: str, which: LiteralString = "") -> list[tuple[Any, ...]]:
    found = sql.SQL("SELECT * FROM {} ").format(sql.Identifier(table)) + sql.SQL(which)
    return sorted(link.execute(found).fetchall())


def tables(link: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return link.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'i') ORDER BY 1").fetchall()
