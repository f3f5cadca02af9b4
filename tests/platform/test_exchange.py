"""The round's folder: what we write is whole, private and the same for the same rows."""

from pathlib import Path

import pytest

from takhai.platform.exchange import Folder, sha256
from takhai.platform.problems import Refusal


def test_a_file_out_is_whole_private_and_deterministic(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    rows = [["1", "เด็กชายใจดี"], ["2", 'a,"b"']]
    first = folder.write(name="list.csv", columns=["no", "name"], rows=rows)
    again = folder.write(name="list.csv", columns=["no", "name"], rows=rows)
    path = tmp_path / "out" / "list.csv"
    assert first == again == sha256(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text("utf-8") == 'no,name\n1,เด็กชายใจดี\n2,"a,""b"""\n'


def test_a_file_out_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    before = folder.write(name="list.csv", columns=["no"], rows=[["1"]])

    def broken() -> list[list[str]]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        folder.write(name="list.csv", columns=["no"], rows=(row for part in [broken] for row in part()))
    assert sha256(tmp_path / "out" / "list.csv") == before


def test_a_formula_in_a_cell_is_neutralised(tmp_path: Path) -> None:
    Folder(tmp_path).write(name="list.csv", columns=["name"], rows=[["=cmd|' /C calc'!A0"]])
    assert "\n=" not in (tmp_path / "out" / "list.csv").read_text("utf-8")


def test_a_file_that_is_not_there_is_asked_for_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"schools\.csv") as refused:
        Folder(tmp_path).need("schools.csv")
    assert refused.value.exit_code == 2


def test_links_and_folders_do_not_count_as_incoming_files(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "b.csv").write_text("b")
    (tmp_path / "registers" / "a.csv").write_text("a")
    (tmp_path / "registers" / "c.csv").symlink_to(tmp_path / "registers" / "a.csv")
    (tmp_path / "registers" / "d.csv").mkdir()
    assert [path.name for path in Folder(tmp_path).incoming("registers/*.csv")] == ["a.csv", "b.csv"]


def test_files_that_belong_together_have_a_name_of_their_own_that_changes_with_either(tmp_path: Path) -> None:
    one, two = tmp_path / "forms.csv", tmp_path / "form_members.csv"
    one.write_text("a")
    two.write_text("b")
    names = {sha256(one), sha256(two), sha256(one, two), sha256(two, one)}
    two.write_text("c")
    assert len(names | {sha256(one, two)}) == 5
    assert {len(name) for name in names} == {64}
