"""From arguments to an exit code: 0, 2 for wrong usage, 1 for a failure with one line that says what to do."""

import os
import sys
import time
from collections.abc import Sequence

from app.cli import evaluate, export, models, outpaint, plan, train
from app.cli.options import Parser, WrongUsage, one_line, program_version
from app.cli.progress import say
from app.cli.signals import Interrupted
from engine.request import UserError

NO_WINDOW = "The window is not built yet; until it is, these commands do the work in a terminal."
TRACEBACK = "HANDSCROLL_TRACEBACK"  # set to 1, unexpected errors are shown in full
SIGNED = ("--at", "--region")  # their values may begin with a minus without being a number: argparse needs the =


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    started = time.monotonic()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without ω gets a ?
    try:
        args = _parser().parse_args(_joined(sys.argv[1:] if argv is None else argv))
    except SystemExit as end:  # argparse has said what there was to say
        return end.code if isinstance(end.code, int) else 2
    args.started = started
    try:
        code = args.run(args)
        sys.stdout.flush()
        return code
    except (WrongUsage, UserError, Interrupted) as told:
        return _told(told)
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


def _told(told: Exception) -> int:
    say(str(told))
    if isinstance(told, Interrupted):
        return 128 + told.signal
    return 2 if isinstance(told, WrongUsage) else 1


def _unexpected(error: Exception) -> str:
    name, text = type(error).__name__, one_line(str(error))
    if isinstance(error, MemoryError) or name == "OutOfMemoryError" or "can't allocate memory" in text:
        return "The memory does not suffice. Ask for a smaller target, close other programs, or try --device cpu."
    return f"Something unexpected went wrong ({name}: {text}). With {TRACEBACK}=1 before the command it tells where."


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--at -256,0` as `--at=-256,0`."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in SIGNED and argument[:1] == "-" and argument[1:2].isdigit():
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> Parser:
    parser = Parser(prog="handscroll", description="Extends a painting on any side, patch by patch.")
    parser.add_argument("--version", action="version", version=f"handscroll {program_version()}")
    parser.set_defaults(run=lambda args: _without_command(parser))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in (outpaint, export, plan, train, evaluate, models):
        module.add(commands)
    return parser


def _without_command(parser: Parser) -> int:
    print(NO_WINDOW + "\n\n" + parser.format_help(), end="")
    return 0
