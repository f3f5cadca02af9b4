"""What the embedded server is: closed to strangers, silent about rows, durable unless told otherwise."""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest

from takhai.platform.problems import Refusal
from takhai.site import database, embedded
from takhai.site.embedded import places
from takhai.site.embedded.server import Server
from tests.site.embedded.conftest import kill_tree, postmaster


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running server for the tests that only look."""
    server = Server(places=places.of(tmp_path_factory.mktemp("shared")))
    with server.using():
        yield server


def setting(server: Server, name: str, role: str = places.APP) -> str:
    with psycopg.connect(server.places.url(role=role)) as link:
        row = link.execute("select current_setting(%s)", (name,)).fetchone()
        assert row is not None
        return str(row[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("shared_buffers", "512MB"),
        ("work_mem", "64MB"),
        ("max_wal_size", "4GB"),
        ("checkpoint_timeout", "15min"),
        ("wal_level", "replica"),
        ("jit", "off"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "Asia/Bangkok"),
    ],
)
def test_the_server_runs_with(shared: Server, name: str, value: str) -> None:
    assert setting(shared, name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_messages", "log"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_statement", "none"),
    ],
)
def test_the_server_log_is_told_to_keep_no_values(shared: Server, name: str, value: str) -> None:
    assert setting(shared, name) == value


def test_a_refused_row_leaves_no_value_in_the_log(shared: Server) -> None:
    secret = "1101700230708"
    with psycopg.connect(shared.places.url(role=places.OWNER), autocommit=True) as link:
        link.execute("create temp table numbers (number text unique check (number <> '1101700230716'))")
        link.execute("insert into numbers values (%s)", (secret,))
        for statement, value in (
            ("insert into numbers values (%s)", secret),
            ("insert into numbers values (%s)", "1101700230716"),
            ("select (%s || 'x')::int", secret),
        ):
            with pytest.raises(psycopg.Error):
                link.execute(statement, (value,))
        with pytest.raises(psycopg.Error), link.cursor().copy("copy numbers from stdin") as copy:
            copy.write(f"{secret}\n{secret}\n".encode())
    log = shared.places.log.read_text("utf-8", "replace")
    assert "ready to accept connections" in log
    assert secret not in log
    assert "1101700230716" not in log


def test_only_the_owner_of_the_home_may_look_in(shared: Server) -> None:
    for folder in (shared.places.data, shared.places.socket_folder, shared.places.pgpass.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in (shared.places.pgpass, shared.places.log):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_address_holds_no_password(shared: Server) -> None:
    words = {line.split(":")[4] for line in shared.places.pgpass.read_text().splitlines()}
    assert len(words) == 3
    for role in (places.ROOT, places.OWNER, places.APP):
        assert not any(word in shared.places.url(role=role) for word in words)
    command = " ".join(psutil.Process(postmaster(shared)).cmdline())
    assert not any(word in command for word in words)


@pytest.mark.parametrize("role", [places.ROOT, places.OWNER, places.APP, "postgres"])
def test_nobody_comes_in_without_a_password(shared: Server, role: str) -> None:
    folder = quote(str(shared.places.socket_folder), safe="")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            f"postgresql://{role}@/{places.DATABASE}?host={folder}&passfile=%2Fdev%2Fnull", connect_timeout=5
        )


def test_neither_role_is_a_superuser_and_only_the_owner_may_make_databases(shared: Server) -> None:
    with psycopg.connect(shared.places.url(role=places.APP)) as link:
        rights = {
            name: rest
            for name, *rest in link.execute(
                "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
                " from pg_roles where rolname in (%s, %s)",
                (places.OWNER, places.APP),
            )
        }
    assert rights == {
        places.OWNER: [False, True, False, False, False],
        places.APP: [False, False, False, False, False],
    }


def test_thai_text_has_upper_lower_and_length_without_icu(shared: Server) -> None:
    with psycopg.connect(shared.places.url(role=places.APP)) as link:
        row = link.execute("select upper('é'), char_length('เด็ก'), 'ก' < 'ข'").fetchone()
    assert row == ("É", 4, True)


def test_the_server_is_in_a_session_of_its_own_so_that_ctrl_c_does_not_reach_it(shared: Server) -> None:
    pid = postmaster(shared)
    assert os.getsid(pid) == pid
    assert os.getsid(pid) != os.getsid(0)


def test_its_process_is_written_down(shared: Server) -> None:
    assert int(shared.places.run_pid.read_text()) == postmaster(shared)


def test_a_second_use_finds_it_up(shared: Server) -> None:
    before = postmaster(shared)
    with shared.using():
        assert postmaster(shared) == before
    assert shared.alive()


def test_a_home_too_deep_for_a_socket_gets_a_private_folder_elsewhere(
    make: Callable[..., Server], tmp_path: Path
) -> None:
    deep = tmp_path / "/".join(["โฟลเดอร์ลึก"] * 5)
    server = make(home=deep)
    assert deep not in server.places.socket_folder.parents
    with server.using():
        assert stat.S_IMODE(server.places.socket_folder.stat().st_mode) == 0o700
        assert setting(server, "fsync") == "on"


def test_a_socket_folder_that_somebody_else_made_is_not_used(
    make: Callable[..., Server], tmp_path: Path
) -> None:
    server = make(home=tmp_path / "/".join(["very-deep-folder"] * 8))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    server.places.socket_folder.symlink_to(elsewhere)
    with pytest.raises(Refusal) as refused:
        server.ensure()
    assert refused.value.name == "socket_folder_unsafe"
    server.places.socket_folder.unlink()
    server.places.socket_folder.mkdir(mode=0o755)
    with pytest.raises(Refusal):
        server.ensure()


def test_two_homes_too_deep_do_not_share_a_socket_folder(tmp_path: Path) -> None:
    folders = {places.of(tmp_path / ("x" * 120) / name).socket_folder for name in ("a", "b")}
    assert len(folders) == 2


def test_lost_passwords_are_one_sentence_and_come_back(make: Callable[..., Server]) -> None:
    server = make()
    server.ensure()
    server.stop()
    kept = server.places.pgpass.read_text()
    for wrong in (
        None,
        "",
        "*:*:*:takhai_app\n",
        kept.replace(":takhai_", ":other_"),
        kept.replace("\n", "x\n"),
    ):
        if wrong is None:
            server.places.pgpass.unlink()
        else:
            server.places.pgpass.write_text(wrong)
            server.places.pgpass.chmod(0o600)
        with pytest.raises(Refusal) as refused:
            server.ensure()
        assert refused.value.name == "server_password_missing"
    server.places.pgpass.write_text(kept)
    with server.using():
        assert setting(server, "fsync") == "on"


@pytest.mark.parametrize("name", database.DURABLE)
def test_a_server_that_could_forget_money_is_refused(make: Callable[..., Server], name: str) -> None:
    server = make(**{name: "off"})
    with server.using(), pytest.raises(Refusal) as refused:
        database.verify(url=server.places.url(role=places.APP))
    assert refused.value.name == "server_not_durable"
    assert name in refused.value.th
    assert name in refused.value.en


def test_a_durable_server_is_accepted(shared: Server) -> None:
    database.verify(url=shared.places.url(role=places.APP))


def test_durability_taken_from_the_role_is_noticed_too(make: Callable[..., Server]) -> None:
    server = make()
    with server.using():
        with psycopg.connect(server.places.url(role=places.APP), autocommit=True) as link:
            link.execute(f"alter role {places.APP} set synchronous_commit = off")
        with pytest.raises(Refusal) as refused:
            database.verify(url=server.places.url(role=places.APP))
    assert refused.value.name == "server_not_durable"


def test_an_older_server_is_refused_in_a_sentence(shared: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST", 19)
    with pytest.raises(Refusal) as refused:
        database.verify(url=shared.places.url(role=places.APP))
    assert refused.value.name == "server_too_old"
    assert "18" in refused.value.en


def test_a_server_that_does_not_answer_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        database.verify(url=places.of(tmp_path).url(role=places.APP))
    assert refused.value.name == "database_unreachable"


@pytest.mark.parametrize("url", ["postgresql://%zz", "nonsense", "host"])
def test_an_address_that_cannot_be_read_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        database.django(url=url)
    assert refused.value.name == "database_url_unreadable"


def test_a_real_server_replaces_the_embedded_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@db.example:6543/grants?sslmode=require")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with embedded.using() as urls:
        assert urls == embedded.ensure()
        assert urls.owner is None
    embedded.stop()
    assert not (tmp_path / "home").exists()
    entry = database.django(url=urls.app, max_age=60)
    assert entry | {"ENGINE": ""} == {
        "ENGINE": "",
        "NAME": "grants",
        "USER": "app",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": "6543",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require"},
    }
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example/grants")
    assert embedded.urls().owner == "postgresql://owner@db.example/grants"


def test_the_api_serves_the_home_of_the_moment(home: Path) -> None:
    with embedded.using() as urls:
        assert urls.owner is not None
        for url, role in ((urls.owner, places.OWNER), (urls.app, places.APP)):
            with psycopg.connect(url) as link:
                assert link.info.user == role
    assert embedded.ensure() == urls
    embedded.stop()
    assert places.of(home).data.is_dir()


def test_an_overgrown_log_is_begun_anew(make: Callable[..., Server]) -> None:
    server = make()
    with server.places.log.open("wb") as log:
        log.truncate(20 * 1024 * 1024)
    with server.using():
        assert server.places.log.stat().st_size < 1024 * 1024


def test_a_kill_of_the_whole_tree_reaches_the_server(make: Callable[..., Server]) -> None:
    server = make()
    server.ensure()
    pid = postmaster(server)
    assert pid in {child.pid for child in psutil.Process().children(recursive=True)}
    kill_tree(pid)
    assert subprocess.run(["kill", "-0", str(pid)], capture_output=True, check=False).returncode != 0
