"""``takhai``: finds the command by its words, gives it what it needs, and turns every error into a sentence.

Nothing is imported before it is known what the command needs: ``intake check`` touches neither
Django nor a database.
"""

import contextlib
import importlib
import os
import secrets
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import FrameType
from typing import Any, Final

import typer

from takhai.platform import home
from takhai.platform.problems import Refusal
from takhai.site import scrub
from takhai.site.mounts import DJANGO, MOUNTS, NOTHING, Mount

REFUSED: Final = 2
INTERRUPTED: Final = 130
_HELP: Final = ("--help", "-h")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Never raises, but for the interpreter's own end."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    _heed_signals()
    try:
        return _run(words)
    except Refusal as refusal:
        _say(refusal)
        return refusal.exit_code
    except typer.TyperException as wrong:
        _say(Refusal("wrong_usage", why=wrong.format_message(), command=" ".join(_group(words))))
        return REFUSED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; a second complaint at exit would be a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last wall: a user gets a sentence, the log the frames
        unexpected = Refusal("unexpected", kind=type(error).__name__, id=_note(error))
        _say(unexpected)
        return unexpected.exit_code


def _run(words: list[str]) -> int:
    mount = _find(words)
    if mount is None:
        return _overview(words)
    rest = words[len(mount.words) :]
    given = min(mount.needs, DJANGO) if any(word in _HELP for word in rest) else mount.needs
    with contextlib.ExitStack() as stack:
        if given is not NOTHING:
            stack.enter_context(importlib.import_module("takhai.site.needs").given(given))
        command = typer.main.get_command(_app(_target(mount)))
        answer = command.main(args=rest, prog_name=f"takhai {' '.join(mount.words)}", standalone_mode=False)
    return answer if isinstance(answer, int) else 0


def _find(words: Sequence[str]) -> Mount | None:
    fitting = [mount for mount in MOUNTS if tuple(words[: len(mount.words)]) == mount.words]
    return max(fitting, key=lambda mount: len(mount.words), default=None)


def _group(words: Sequence[str]) -> tuple[str, ...]:
    """The leading words that begin some command."""
    known = {mount.words[:size] for mount in MOUNTS for size in range(1, len(mount.words) + 1)}
    size = max((n for n in range(1, len(words) + 1) if tuple(words[:n]) in known), default=0)
    return tuple(words[:size])


def _overview(words: list[str]) -> int:
    """List the commands; without words or with ``--help`` that is the answer, else a refusal."""
    group = _group(words)
    wrong = [word for word in words[len(group) :] if word not in _HELP]
    if wrong:
        raise Refusal("wrong_usage", why=" ".join([*group, wrong[0]]), command=" ".join(group))
    shown = [mount for mount in MOUNTS if mount.words[: len(group)] == group]
    width = max(len(" ".join(mount.words)) for mount in shown)
    for mount in shown:
        typer.echo(f"takhai {' '.join(mount.words):<{width}}  {mount.th} | {mount.en}")
    return 0


def _target(mount: Mount) -> Any:
    module, _, name = mount.target.partition(":")
    return getattr(importlib.import_module(module), name)


def _app(target: typer.Typer | Callable[..., Any]) -> typer.Typer:
    if isinstance(target, typer.Typer):
        return target
    app = typer.Typer(add_completion=False)
    app.command()(target)
    return app


def _say(refusal: Refusal) -> None:
    for line in (refusal.th, refusal.en, f"→ {refusal.mend_th}", f"→ {refusal.mend_en}"):
        typer.echo(f"[{refusal.code}] {line}" if line in (refusal.th, refusal.en) else line, err=True)


def _note(error: Exception) -> str:
    """Keep where the error arose, without values, under a number the user can quote."""
    number = secrets.token_hex(4)
    text = f"{datetime.now(UTC).isoformat(timespec='seconds')} {number}\n{scrub.frames(error)}\n"
    # A disk that is full must not turn the sentence into a traceback.
    with contextlib.suppress(OSError):
        home.write_private(home.folder("log") / f"error-{number}.log", text.encode())
    return number


def _heed_signals() -> None:
    """Ctrl-C is heard even where a script started us in the background; nohup stays nohup."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _leave)


def _prepare_streams() -> None:
    """Thai on a terminal that calls itself something else than UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _interrupt(number: int, _frame: FrameType | None) -> None:
    """A second Ctrl-C must not cut short the cleaning up that the first one began."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _leave(number: int, _frame: FrameType | None) -> None:
    """End by way of every ``finally``, so that the embedded server is not left behind."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)
