"""`handscroll train`: train a tokenizer, a decoder, or a whole model as a recipe file describes it."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import Any

from app.cli import options
from app.cli.cpu_threads import THREADS
from app.cli.options import Commands, Parser
from engine.config import PRESETS
from engine.request import UserError

GPUS = ("a100", "h100", "h200", "rtx4090")


def add(commands: Commands) -> None:
    parser = commands.add_parser("train", help="train a model on a folder of pictures", description=__doc__)
    kinds = parser.add_subparsers(title="what to train", metavar="WHAT", required=True)
    _add_tokenizer(kinds.add_parser("tokenizer", help="the part that turns pictures into tokens and back"))
    _add_decoder(kinds.add_parser("decoder", help="the part that paints tokens"))
    _add_vqgan(kinds.add_parser("import-vqgan", help="convert a published VQGAN, to train a decoder for it"))
    _add_recipe(kinds.add_parser("recipe", help="a whole model, stage by stage, as a recipe file says"))


def _add_tokenizer(parser: Parser) -> None:
    _add_common(parser)
    parser.set_defaults(run=_tokenizer)


def _add_decoder(parser: Parser) -> None:
    _add_common(parser)
    parser.add_argument(
        "--tokenizer",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="a model, or the output of train tokenizer or import-vqgan",
    )
    parser.add_argument(
        "--loss",
        choices=("patch", "accumulated"),
        default="patch",
        help="update the weights after each patch, or once per picture (default patch)",
    )
    parser.set_defaults(run=_decoder)


def _add_common(parser: Parser) -> None:
    options.add_data(parser, "pictures to learn from")
    options.add_output(parser, "FOLDER", "where to write; an unfinished run there is continued")
    parser.add_argument(
        "--preset", choices=tuple(PRESETS), default="starter", help="size of the model (default starter)"
    )
    budget = parser.add_mutually_exclusive_group(required=True)
    options.add_value(budget, "--minutes", options.above_zero, "M", "how long to train")
    options.add_value(budget, "--steps", options.positive, "N", "how many steps to train")
    options.add_device(parser)
    options.add_tensorboard(parser)
    options.add_seed(parser)


def _add_vqgan(parser: Parser) -> None:
    parser.add_argument(
        "weights", type=Path, metavar="FILE", help="weights of taming-transformers, as .safetensors or as a checkpoint"
    )
    options.add_output(parser, "FOLDER", "output for train decoder")
    parser.set_defaults(run=_import_vqgan)


def _add_recipe(parser: Parser) -> None:
    parser.add_argument("recipe", type=Path, metavar="FILE", help="a recipe, such as resources/recipes/starter.toml")
    place = "where to write; an unfinished run there is continued (default runs/NAME)"
    options.add_output(parser, "FOLDER", place, required=False)
    options.add_data(parser, "pictures to learn from, instead of those in the recipe", required=False)
    options.add_device(parser)
    options.add_tensorboard(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="train nothing; print parameters, memory, tokens per step and time of the decoder stages",
    )
    options.add_value(parser, "--devices", options.positive, "N", "for --dry-run: number of graphics cards", 1)
    parser.add_argument(
        "--gpu", choices=GPUS, default="h100", help="for --dry-run: type of graphics card (default h100)"
    )
    options.add_json(parser)
    parser.set_defaults(run=_recipe)


def _tokenizer(args: argparse.Namespace) -> int:
    options.check_folder(args.data)
    from engine.training.recipe import train_tokenizer_command
    from engine.training.trainer import Budget

    budget = Budget(args.minutes, args.steps)
    asked = args.data, args.output, args.preset, budget, args.device, args.seed
    return _work(lambda: train_tokenizer_command(*asked), args.tensorboard)


def _decoder(args: argparse.Namespace) -> int:
    options.check_folder(args.data)
    options.check_folder(args.tokenizer)
    from engine.training.recipe import train_decoder_command
    from engine.training.trainer import Budget

    budget = Budget(args.minutes, args.steps)
    asked = args.data, args.output, args.tokenizer, args.preset, budget, args.device, args.seed, args.loss
    return _work(lambda: train_decoder_command(*asked), args.tensorboard)


def _recipe(args: argparse.Namespace) -> int:
    if not args.recipe.is_file():
        raise UserError(f"{args.recipe} is not a recipe file; check its name and folder.")
    if args.data:
        options.check_folder(args.data)
    if args.dry_run:
        return _dry_run(args)
    from engine.training.recipe import train_recipe

    output = args.output or Path("runs") / args.recipe.stem
    return _work(lambda: train_recipe(args.recipe, output, args.data, args.device), args.tensorboard)


def _dry_run(args: argparse.Namespace) -> int:
    from engine.training.dry_run import dry_run

    found = dry_run(args.recipe, args.devices, args.gpu)
    print(options.as_json(found) if args.json else _estimated(found))
    return 0


def _estimated(found: dict[str, Any]) -> str:
    lines = [
        f"{found['model']} on {found['devices']} × {found['gpu']} ({found['gpu_gib']} GiB), "
        f"estimated at {found['busy']:.0%} of their peak:"
    ]
    for stage in found["stages"]:
        lines += [
            f"{stage['stage']}: {stage['parameters']:,} parameters, "
            f"{stage['text_parameters']:,} of them in the text encoder",
            f"  {stage['tokens_per_step']:,} tokens per step ({stage['patches']} patches), {stage['steps']:,} steps",
            f"  {stage['gib']:.1f} GiB per device{'' if stage['fits'] else ' (too much)'}: "
            f"{stage['states'] / 2**30:.1f} weights and states, {stage['activations'] / 2**30:.1f} activations, "
            f"{stage['caches'] / 2**30:.1f} caches",
            f"  about {stage['hours']:,.1f} hours",
        ]
    return "\n".join(lines)


def _import_vqgan(args: argparse.Namespace) -> int:
    if args.output.exists() and any(args.output.iterdir()):
        raise UserError(f"{args.output} is not empty. Give another folder with -o.")
    from engine.models.import_taming import import_vqgan

    import_vqgan(args.weights, args.output)
    return 0


def _work(train: Callable[[], object], tensorboard: bool) -> int:
    """Train with progress on stderr; SIGTERM ends it as gently as Ctrl-C does."""
    THREADS.begin()
    from engine.training.distributed import joined
    from engine.training.event_files import want_event_files

    want_event_files(tensorboard)
    with redirect_stdout(sys.stderr), _termination_as_interrupt(), joined():
        train()
    return 0


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
