"""Reads the command line, chooses language, day and profile, runs one command, and turns errors into exit statuses."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from rmdesk import __version__
from rmdesk.base import clock, log, paths, text
from rmdesk.base.errors import Cancelled, Known, Refused, Trouble
from rmdesk.base.system import reason_of
from rmdesk.base.text import N_, _
from rmdesk.cli.context import Context
from rmdesk.cli.output import STOPPED, Output, day_given

# Which file of this package knows a command.
GROUPS = {
    "init": "profile",
    "doctor": "profile",
    "key": "key",
    "escrow": "escrow",
    "backup": "backup",
    "archive": "archive",
    "demo": "demo",
    "open": "opening",
    "import": "imports",
    "clients": "clients",
    "show": "clients",
    "today": "care",
    "score": "care",
    "segments": "care",
    "churn": "churn",
    "campaign": "campaigns",
    "man": "strategy",
    "specialists": "strategy",
    "insights": "insights",
    "fairness": "fairness",
    "capacity": "fairness",
    "club": "clubs",
    "benefits": "benefits",
    "points": "benefits",
    "gatherings": "clubs",
    "products": "products",
    "maturities": "products",
    "suggest": "products",
    "groups": "groups",
    "visits": "visits",
    "log": "visits",
    "promises": "visits",
    "review": "team",
    "team": "team",
    "report": "report",
    "pinyin": "clients",
    "gifts": "gifts",
    "profile": "portrait",
    "complaints": "records",
    "journals": "records",
    "playbook": "records",
    "find": "records",
    "relations": "relations",
    "introduce": "relations",
    "brief": "brief",
    "route": "brief",
    "occasions": "occasions",
    "hub": "hub",
    "lunar": "occasions",
    "join": "sync",
    "rejoin": "sync",
    "leave": "sync",
    "sync": "sync",
    "differences": "differences",
    "audit": "audit",
    "privacy": "privacy",
    "travel": "travel",
    "update": "update",
}
# Rows come by the hundred thousand and hold no circles: looking for those at every few hundred costs a fifth.
RARELY = (100_000, 50, 1000)
WITH_VALUE = ("--profile", "--lang", "--date", "--key-file")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 done, 2 refused, 3 trouble outside, 1 a bug."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    output = Output(as_json="--json" in _before_dashes(given))
    try:
        status = _run(given, output)
        output.out.flush()
    except Known as error:
        return output.known(error)
    except (KeyboardInterrupt, Cancelled):
        return output.fail("stopped", _("Stopped. Nothing was changed."), "", STOPPED)
    except BrokenPipeError:  # the reader had enough, as in `rmdesk clients | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return output.known(_outside(error))
    except SystemExit as done:  # argparse after --help
        return int(done.code or 0)
    except Exception as error:
        return output.bug(error)
    return status


def language(asked: str | None) -> str:
    """The language asked for, else English on an English computer, else Chinese."""
    if asked:
        if asked not in (*text.LANGUAGES, "pseudo"):
            raise Refused(
                N_("There is no language {name}."), do=N_("Use zh_CN or en."), field="lang", code="usage", name=asked
            )
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "en" if os.environ[name].lower().startswith("en") else "zh_CN"
    return "zh_CN"


def _run(given: list[str], output: Output) -> int:
    text.use(language(None))
    asked = _value_of(given, "--lang")
    text.use(language(asked))
    command = _command_in(given)
    groups = _groups(command, helped=bool({"-h", "--help"} & set(given)))
    args = _parser(groups).parse_args(given)
    log.to_stderr()
    day = day_given(getattr(args, "date", None), "date")
    if day is not None:
        clock.fix(day)
    folder: str | None = getattr(args, "profile", None)
    if folder == "":
        # An empty variable of a script must not lead to the user's own profile.
        raise Refused(
            N_("--profile names no folder."), do=N_("Write --profile FOLDER, or leave it out for your own."),
            field="profile", code="usage",
        )  # fmt: skip
    key_file: str | None = getattr(args, "key_file", None)
    context = Context(
        folder=Path(folder) if folder else paths.profile(),
        given=folder is not None,
        language=asked,
        key_file=Path(key_file) if key_file else None,
        output=output,
    )
    if command is None:
        return _window(context)
    gc.set_threshold(*RARELY)
    run: Callable[[argparse.Namespace, Context], int] = groups[0].run
    return run(args, context)


def _window(context: Context) -> int:
    if context.json:
        raise Refused(N_("--json needs a command."), do=N_("Run rmdesk --help for the commands."), code="usage")
    from rmdesk.ui.shell import screen

    screen.check()
    gc.disable()  # importing leaves no garbage behind; from the first paint on, ui/tasks/tidy.py collects
    try:
        from rmdesk import app

        return app.run(context.folder, language=context.language)
    finally:
        gc.enable()


class _Help(argparse.HelpFormatter):
    """Help in the language in use."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Takes the general options before and after the command, and refuses in words instead of leaving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"allow_abbrev": False, "add_help": False, "formatter_class": _Help}
        super().__init__(*args, **kwargs)
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and end"))
        # Without defaults: else those of the command's parser would cover what stood before the command.
        unset = argparse.SUPPRESS
        general = self.add_argument_group(_("general options"))
        general.add_argument("--profile", metavar="DIR", default=unset, help=_("folder of the profile"))
        general.add_argument("--lang", metavar="LANG", default=unset, help=_("language: zh_CN or en"))
        general.add_argument("--date", metavar="YYYY-MM-DD", default=unset, help=_("take this day as today"))
        general.add_argument("--key-file", metavar="FILE", default=unset, help=_("open the profile with this key file"))
        general.add_argument("--json", action="store_true", default=unset, help=_("answer with one JSON document"))

    def error(self, message: str) -> NoReturn:
        from rmdesk.cli import reasons

        raise Refused(
            N_("The command line was not understood: {reason}"),
            do=N_("Run rmdesk --help for the commands."),
            code="usage",
            reason=reasons.said(message, self._words()),
        )

    def _words(self) -> dict[str, str]:
        """What may be written for an argument that takes one of a few words and has no name that users know."""
        return {
            action.dest: " | ".join(str(word) for word in action.choices)
            for action in self._get_positional_actions()
            if action.choices is not None and action.metavar is None
        }


def _parser(groups: list[ModuleType]) -> argparse.ArgumentParser:
    parser = _Parser(prog="rmdesk", description=_("The desk of a bank relationship manager."))
    version = f"rmdesk {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("show the version and end"))
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=_("commands"), description=_("Without a command the window opens.")
    )
    for group in groups:
        group.register(commands)
    return parser


def _groups(command: str | None, *, helped: bool) -> list[ModuleType]:
    """The modules to load: that of the command alone, all of them for the help, none for the window."""
    names = dict.fromkeys(GROUPS.values() if helped else ()) if command is None else {GROUPS[command]: None}
    return [import_module(f"rmdesk.cli.{name}") for name in names]


def _command_in(given: list[str]) -> str | None:
    """The command among the words, refused in words when there is no such command."""
    words = iter(given)
    for word in words:
        if word in WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            if word not in GROUPS:
                raise Refused(
                    N_("There is no command {name}."),
                    do=N_("The commands are: {commands}."),
                    code="unknown_command",
                    name=word,
                    commands=", ".join(GROUPS),
                )
            return word
    return None


def _before_dashes(given: list[str]) -> list[str]:
    return given[: given.index("--")] if "--" in given else given


def _value_of(given: list[str], option: str) -> str | None:
    """The value of an option before the line is parsed, so that refusals speak the right language."""
    found = None
    for place, word in enumerate(_before_dashes(given)):
        if word == option and place + 1 < len(given):
            found = given[place + 1]
        elif word.startswith(option + "="):
            found = word.partition("=")[2]
    return found


def _outside(error: OSError) -> Trouble:
    return Trouble(
        N_("The computer refused: {reason}."),
        do=N_("Check that the file or folder exists, is readable and has space, then try again."),
        code="system",
        reason=reason_of(error),
    )
