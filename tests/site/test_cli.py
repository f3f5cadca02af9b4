"""The command line: every end is a status and a sentence, in Thai and in English."""

import importlib
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from takhai.platform import problems
from takhai.platform.problems import Refusal
from takhai.site import cli
from takhai.site.mounts import MOUNTS, NOTHING, Mount
from tests.site.conftest import TAKHAI, run

SECRET = "1101700230708"


def plain() -> None:
    """An answer."""
    typer.echo("done")


def refuse() -> None:
    raise Refusal("port_taken", port=80)


def lose() -> None:
    raise RuntimeError(f"the pupil {SECRET} is in this message")


def lose_deep() -> None:
    try:
        lose()
    except RuntimeError as error:
        raise ValueError(f"again {SECRET}") from error


def interrupt() -> None:
    raise KeyboardInterrupt


def abort() -> None:
    raise typer.Abort


def status(code: int) -> int:
    return code


def leave(code: int) -> None:
    raise typer.Exit(code)


def echo(words: list[str]) -> None:
    typer.echo("|".join(words))


group = typer.Typer()
group.command("one")(plain)
group.command("two")(status)

TARGETS = {
    ("plain",): plain,
    ("refuse",): refuse,
    ("lose",): lose,
    ("lose-deep",): lose_deep,
    ("interrupt",): interrupt,
    ("abort",): abort,
    ("status",): status,
    ("leave",): leave,
    ("echo",): echo,
    ("echo", "echo"): plain,
}
MADE_UP = (
    *(
        Mount(words, f"tests.site.test_cli:{target.__name__}", NOTHING, "ทดสอบ", "a test")
        for words, target in TARGETS.items()
    ),
    Mount(("group",), "tests.site.test_cli:group", NOTHING, "ทดสอบ", "a test"),
    Mount(("gone",), "tests.site.test_cli:no_such_name", NOTHING, "ทดสอบ", "a test"),
)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Commands of this test, and a home of its own; the test runner keeps its signals."""
    monkeypatch.setattr(cli, "MOUNTS", MADE_UP)
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    monkeypatch.setattr(cli, "_heed_signals", lambda: None)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plain", 0),
        ("refuse", 2),
        ("lose", 1),
        ("interrupt", 130),
        ("abort", 130),
        ("status 0", 0),
        ("status 3", 3),
        ("leave 4", 4),
        ("group one", 0),
        ("group two 3", 3),
        ("group three", 2),
        ("status many", 2),
        ("status", 2),
        ("plain --nonsense", 2),
        ("nonsense", 2),
        ("plain --help", 0),
        ("--help", 0),
        ("", 0),
        ("gone", 1),
    ],
)
def test_every_end_has_its_status(
    made_up: Path, words: str, expected: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words.split()) == expected
    out, error = capfd.readouterr()
    assert "Traceback" not in out + error
    if expected in (1, 2):
        assert any("ก" <= letter <= "๛" for letter in error), "no Thai sentence"
        assert "→" in error


def test_a_refusal_shows_its_number_both_sentences_and_how_to_mend_it(
    made_up: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cli.main(["refuse"])
    problem = problems.find("port_taken")
    _, error = capfd.readouterr()
    for text in (problem.th, problem.en, problem.mend_th, problem.mend_en):
        assert text.format(port=80) in error
    assert f"[{problem.code}]" in error


@pytest.mark.parametrize("word", ["lose", "lose-deep"])
def test_an_unexpected_error_keeps_its_places_and_none_of_its_values(
    made_up: Path, word: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([word]) == 1
    out, error = capfd.readouterr()
    (log,) = (made_up / "log").iterdir()
    text = log.read_text()
    number = log.stem.removeprefix("error-")
    assert number in error
    assert number in text
    assert "RuntimeError" in text
    assert "test_cli.py" in text
    assert SECRET not in text + out + error
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_an_error_on_a_full_disk_is_still_a_sentence(
    made_up: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli.home, "write_private", full)
    assert cli.main(["lose"]) == 1
    assert "8020" in capfd.readouterr().err


def test_the_longest_words_win_and_the_rest_are_arguments(
    made_up: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["echo", "a", "b"]) == 0
    assert cli.main(["echo", "echo"]) == 0
    assert capfd.readouterr().out == "a|b\ndone\n"


def test_help_lists_every_command_in_both_languages(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli._overview(["--help"]) == 0
    out = capfd.readouterr().out
    for mount in MOUNTS:
        assert f"takhai {' '.join(mount.words)} " in out
        assert mount.th in out
        assert mount.en in out


def test_help_of_a_group_lists_only_its_commands(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli._overview(["db"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == sum(mount.words[0] == "db" for mount in MOUNTS) > 1


@pytest.mark.parametrize("mount", MOUNTS, ids=lambda mount: " ".join(mount.words))
def test_every_command_is_where_the_list_says(mount: Mount) -> None:
    module, _, name = mount.target.partition(":")
    target = getattr(importlib.import_module(module), name)
    assert isinstance(target, typer.Typer) or callable(target)
    assert typer.main.get_command(cli._app(target)) is not None


def test_no_two_commands_have_the_same_words() -> None:
    assert len({mount.words for mount in MOUNTS}) == len(MOUNTS)


def test_help_and_refusals_touch_no_home(tmp_path: Path) -> None:
    for words in (["--help"], ["db"], ["nonsense"], ["policy", "show", "2563-2"]):
        run(*words, place=tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_checking_a_file_imports_neither_django_nor_a_driver(tmp_path: Path) -> None:
    script = (
        "import sys; import takhai.site.cli, takhai.site.outside;"
        "print([name for name in ('django', 'psycopg', 'tink') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert [mount.needs for mount in MOUNTS if mount.words == ("intake",)] == [NOTHING]


def test_a_terminal_that_is_not_utf_8_gets_no_traceback(tmp_path: Path) -> None:
    done = run("db", "nonsense", place=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "คำสั่งไม่ถูกต้อง" in done.stderr


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{TAKHAI} policy show 2563-2 | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_real_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = run("db", "verify", place=tmp_path, DATABASE_URL="postgresql://app:secret@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "8003" in done.stderr
    assert "secret" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize("ignored", [False, True])
def test_a_signal_ends_a_command_by_way_of_its_last_words(number: int, status: int, ignored: bool) -> None:
    """A shell hands its background jobs an ignored SIGINT, nohup an ignored SIGHUP: only the latter is meant."""
    script = (
        f"import signal, sys; signal.signal({int(signal.SIGHUP)}, signal.SIG_DFL)\n"
        f"if {ignored}: signal.signal({int(number)}, signal.SIG_IGN)\n"
        "from takhai.site import cli\ncli._heed_signals()\n"
        "try:\n print('up', flush=True); sys.stdin.read()\n"
        "except KeyboardInterrupt: status = 130\n"
        "except SystemExit as end: status = end.code\n"
        "else: status = 0\n"
        "print('last words'); sys.exit(status)"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert command.stdout is not None
    command.stdout.readline()
    command.send_signal(number)
    heard = not (ignored and number == signal.SIGHUP)
    if heard:
        command.wait(timeout=20)
    out, _ = command.communicate(timeout=20)
    assert out == "last words\n"
    assert command.returncode == (status if heard else 0)
