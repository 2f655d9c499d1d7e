"""From arguments to an exit code: 0, 2 for wrong usage, 1 for a failure, which one line on stderr explains.

Without a command, or with the name of a document or a picture, the window opens; Qt is imported for that alone.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from app import version
from app.cli.options import Parser, WrongUsage, one_line
from app.cli.progress import say
from app.cli.signals import Interrupted
from engine.media.formats import suffixes
from engine.request import UserError

ABOUT = (
    "Extend paintings beyond their edges with a model on this machine. Without a command, or with the name of a "
    "document or picture, the window opens. handscroll COMMAND --help lists the options of a command."
)
TRACEBACK = "HANDSCROLL_TRACEBACK"  # set to 1, unexpected errors are shown in full
OPENED = (".handscroll", ".svg", *suffixes())
SIGNED = ("--at", "--region", "--prompt-at")  # values that may begin with a minus: argparse needs the =


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    started = time.monotonic()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without ω gets a ?
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if not arguments or _is_file(arguments):
            return _window(arguments)
        args = _parser().parse_args(_joined(arguments))
    except SystemExit as end:  # argparse has said what there was to say
        return end.code if isinstance(end.code, int) else 2
    args.started = started
    try:
        code = args.run(args)
        sys.stdout.flush()
        return code
    except (WrongUsage, UserError, Interrupted) as error:
        return _report_error(error)
    except KeyboardInterrupt:
        say("Interrupted.")
        return 130
    except BrokenPipeError:  # whoever read the output has closed it, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        say(_unexpected(error))
        return 1


def _is_file(arguments: Sequence[str]) -> bool:
    """Whether this asks for the window with one file: by its ending, or because it is there and is no command."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return False
    path = Path(arguments[0])
    return path.suffix.lower() in OPENED or (path.is_file() and arguments[0] not in _commands())


def _window(arguments: Sequence[str]) -> int:
    from app.launch import NoWindow, launch

    try:
        return launch(Path(arguments[0]) if arguments else None)
    except NoWindow as error:
        say(str(error))
        print("These commands do the work in a terminal.\n\n" + _parser().format_help(), end="")
        return 1
    except UserError as error:
        return _report_error(error)


def _report_error(error: Exception) -> int:
    say(str(error))
    if isinstance(error, Interrupted):
        return 128 + error.signal
    return 2 if isinstance(error, WrongUsage) else 1


def _unexpected(error: Exception) -> str:
    from engine.device import short_of_memory

    name, text = type(error).__name__, one_line(str(error))
    if short_of_memory(error):
        return "The memory does not suffice. Ask for a smaller target, close other programs, or try --device cpu."
    return f"Something unexpected went wrong ({name}: {text}). Put {TRACEBACK}=1 before the command to see where."


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--at -256,0` as `--at=-256,0`."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in SIGNED and argument[:1] == "-" and argument[1:2].isdigit():
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _commands() -> dict[str, ModuleType]:
    """The modules of all commands by name; the window is there sooner without them."""
    from app.cli import (
        animate,
        bench,
        dataset,
        engine,
        evaluate,
        export,
        generate,
        models,
        outpaint,
        plan,
        reproduce,
        study,
        train,
        video,
    )

    return {
        "outpaint": outpaint,
        "generate": generate,
        "animate": animate,
        "video": video,
        "export": export,
        "study": study,
        "plan": plan,
        "dataset": dataset,
        "train": train,
        "evaluate": evaluate,
        "reproduce": reproduce,
        "bench": bench,
        "models": models,
        "engine": engine,
    }


class _Version(argparse.Action):
    """Prints the version, which takes a while to be found, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        print(f"handscroll {version()}")
        parser.exit()


def _parser() -> Parser:
    parser = Parser(prog="handscroll", description=ABOUT)
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _commands().values():
        module.add(commands)
    return parser
