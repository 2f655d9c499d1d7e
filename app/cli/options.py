"""What the commands' options share: how numbers, sizes and places are parsed, and how mistakes are reported."""

import argparse
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from app.jobs.model_registry import find
from engine.request import GUIDANCE, Area, Box, Extent, Order, PaintRequest, Prompt, UserError

Commands: TypeAlias = (
    "argparse._SubParsersAction[Parser]"  # what add_subparsers returns; a string, as only types see it
)
ORDERS = ("auto", *(order.value for order in Order))
DEVICES = ("auto", "cpu", "cuda")
PREVIEWS = ("mask-predict", "parallel")
SIDES = {"left": "on the left", "right": "on the right", "up": "above", "down": "below"}
LARGEST_SCALE = 32


class WrongUsage(Exception):
    """The command was put in a way that cannot be meant; ends with exit code 2."""


class Parser(argparse.ArgumentParser):
    """argparse with mistakes told in one line, and without abbreviations that a later option would break."""

    def __init__(self, **options: object):
        super().__init__(**{"allow_abbrev": False, **options})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message).removesuffix('.')}. See {self.prog} --help.\n")


def as_json(value: Any) -> str:
    """One line of JSON, which knows no NaN."""
    return json.dumps(_finite(value), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def one_line(text: str) -> str:
    return " ".join(text.split())


def not_negative(text: str, least: int = 0) -> int:
    if not re.fullmatch(r"\d{1,12}", text, re.ASCII) or int(text) < least:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of at least {least}")
    return int(text)


def positive(text: str) -> int:
    return not_negative(text, 1)


def grain(text: str) -> float:
    """At most 4, beyond which there is nothing but grain."""
    return up_to(4, text)


def _number(text: str) -> float:
    """NaN for what is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def above_zero(text: str) -> float:
    value = _number(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0")
    return value


def share(text: str) -> float:
    value = above_zero(text)
    if value > 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0 and up to 1")
    return value


def part(text: str) -> float:
    return up_to(1, text)


def scale(text: str) -> float:
    """0 for “auto”."""
    value = 0.0 if text == "auto" else _number(text)
    if text != "auto" and not 1 <= value <= LARGEST_SCALE:
        raise argparse.ArgumentTypeError(f"“{text}” is neither “auto” nor a number from 1 to {LARGEST_SCALE}")
    return value


def up_to(most: int, text: str) -> float:
    value = _number(text)
    if not 0 <= value <= most:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 0 to {most}")
    return value


def size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,12})[xX×](\d{1,12})", text, re.ASCII)
    if not found or not int(found[1]) or not int(found[2]):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size such as 1024x768")
    return int(found[1]), int(found[2])


def place(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?\d{1,12}),([+-]?\d{1,12})", text, re.ASCII)
    if not found:
        raise argparse.ArgumentTypeError(f"“{text}” is not a position such as 256,0")
    return int(found[1]), int(found[2])


def placed_words(text: str) -> Prompt:
    where, colon, words = text.partition(":")
    if not colon:
        raise argparse.ArgumentTypeError(f"“{text}” is not a position with a prompt such as 256,0:winter")
    return Prompt(words, place(where))


def extent(text: str) -> Extent:
    if not re.fullmatch(r"\d{1,6},\d{1,6}(,\d{1,6})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{text}” is not an extent such as 2,2,0")
    return Extent(*map(int, text.split(",")))


def region(text: str) -> Box:
    numbers = re.fullmatch(r"([+-]?\d{1,12}),([+-]?\d{1,12}),(\d{1,12}),(\d{1,12})", text, re.ASCII)
    if not numbers or not int(numbers[3]) or not int(numbers[4]):
        raise argparse.ArgumentTypeError(f"“{text}” is not a region such as 0,-128,1024,768")
    return Box(*map(int, numbers.groups()))


def check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"{folder} is not a folder; check its spelling.")


def add_value(
    parser: "argparse._ActionsContainer", name: str, kind: Callable[[str], Any], metavar: str, about: str,
    default: Any = None, default_text: str = "",
) -> None:  # fmt: skip
    """An option that takes one value; the help ends with its default, in other words where `default_text` has them."""
    default_text = default_text or ("" if default is None else f"{default:g}")
    shown = f" (default {default_text})" if default_text else ""
    parser.add_argument(name, type=kind, default=default, metavar=metavar, help=about + shown)


def add_output(
    parser: "argparse._ActionsContainer", metavar: str, about: str, required: bool = True, default: Path | None = None
) -> None:
    parser.add_argument("-o", "--output", type=Path, required=required, default=default, metavar=metavar, help=about)


def add_data(parser: Parser, about: str, required: bool = True) -> None:
    parser.add_argument("--data", type=Path, required=required, metavar="FOLDER", help=about)


def add_seed(parser: Parser) -> None:
    add_value(parser, "--seed", not_negative, "N", "random seed", 0)


def order_of(args: argparse.Namespace) -> Order | None:
    return None if args.order == "auto" else Order(args.order)


def add_geometry(parser: argparse.ArgumentParser) -> None:
    """How far the target reaches: by sides, or by its size and the picture's place inside."""
    group = parser.add_argument_group("size of the result, in pixels: what to add on each side, or the full size")
    for side, where in SIDES.items():
        add_value(group, f"--{side}", not_negative, "N", f"pixels to add {where}")
    add_value(group, "--size", size, "WxH", "width and height of the result")
    add_value(group, "--at", place, "X,Y", "with --size: where the picture lies in the result (default 0,0)")


def add_exemplar(parser: argparse.ArgumentParser) -> None:
    """How far the picture's own hand is followed, and what of it."""
    group = add_following(parser, "following the picture's own style", "the picture itself is")
    group.add_argument(
        "--exemplar-from", type=Path, nargs="+", default=[], metavar="FILE",
        help="other pictures to take style and details from as well",
    )  # fmt: skip
    group.add_argument(
        "--not-from", type=region, action="append", default=[], metavar="X,Y,W,H",
        help="do not reuse this part of the picture; can be repeated",
    )  # fmt: skip


def add_following(parser: argparse.ArgumentParser, title: str, they: str) -> "argparse._ArgumentGroup":
    """How far pictures are followed; `they` says which, with a verb."""
    group = parser.add_argument_group(title)
    closely = f"how closely {they} followed, 0 to 1"
    add_value(group, "--exemplar", part, "S", closely, 1.0, "1; 0: the model alone, as in the paper")
    sketch = "first paint a sketch F times smaller, then fill it in at full size; 1: no sketch"
    add_value(group, "--scale", scale, "auto|F", sketch, 0.0, "auto")
    lively = "0 to 1: from calm background to more things to see"
    add_value(group, "--lively", part, "L", lively, PaintRequest.lively)
    return group


def following(args: argparse.Namespace) -> dict[str, Any]:
    """The fields of a request that these options describe."""
    return {
        "exemplar": args.exemplar, "scale": args.scale, "lively": args.lively,
        "not_from": tuple(Area(box) for box in getattr(args, "not_from", ())),
    }  # fmt: skip


def add_order(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--order",
        choices=ORDERS,
        default="auto",
        help="direction of painting, for all patches (default: away from the picture)",
    )


def add_model(parser: argparse.ArgumentParser, default: str = "starter") -> None:
    about = "name of an included model or of your own, or a folder"
    add_value(parser, "--model", str, "NAME|FOLDER", about, default, default)
    add_device(parser)


def model_place(name: str) -> str:
    """The folder of a model that is known by name, one of the artist's own before a shipped one; else as it is."""
    found = find(name)
    return str(found.path) if found else name


def add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device",
        choices=DEVICES,
        default="auto",
        help="compute on the processor (cpu) or graphics card (cuda); auto takes the card if there is one",
    )


def add_networks(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Files of the networks that published figures are measured with; none is shipped or downloaded."""
    group = parser.add_argument_group(
        "networks for published metrics",
        "None is included. A metric without its file is not computed; resources/docs/reproduction.md names the files.",
    )
    add_value(group, "--inception", Path, "FILE", "Inception as TorchScript: FID, Block-FID, KID and IS")
    add_value(group, "--clip", Path, "FOLDER", "a CLIP model as safetensors: CLIP-SIM")
    return group


def add_tensorboard(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tensorboard", action="store_true", help="also write event files for TensorBoard into the folder of the run"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def add_sampling(parser: argparse.ArgumentParser) -> None:
    """Seed, temperature and the cuts; what the engine takes when nothing is said is what PaintRequest says."""
    default = PaintRequest
    add_value(parser, "--seed", int, "N", "random seed; another seed gives another picture", default.seed)
    wildness = "randomness: below 1 calmer, above 1 wilder"
    add_value(parser, "--temperature", above_zero, "T", wildness, default.temperature)
    few = "choose only among the K most likely tokens"
    add_value(parser, "--top-k", not_negative, "K", few, default.top_k, "0: all")
    likely = "choose only among the most likely tokens that together have probability P (1: all; default: the model's)"
    add_value(parser, "--top-p", share, "P", likely)
    unlikely = "drop tokens less than P times as likely as the most likely one (0: none; default: the model's)"
    add_value(parser, "--min-p", part, "P", unlikely)


def add_painting(parser: argparse.ArgumentParser, prompt: str) -> None:
    """What the commands for pictures are asked; `prompt` is what words are for."""
    add_output(parser, "OUT", "output file; .png keeps every pixel")
    add_value(parser, "--variants", positive, "N", "number of variants, each with the next seed", 1)
    add_how(parser, prompt)
    add_model(parser)


def add_how(parser: argparse.ArgumentParser, prompt: str) -> None:
    """What pictures and films are both asked: words, sampling, order, and what is told of the work."""
    _add_words(parser, prompt)
    add_sampling(parser)
    add_order(parser)
    parser.add_argument(
        "--preview", choices=PREVIEWS, help="paint faster, with a rougher result; needs a model trained for it"
    )
    parser.add_argument("--resume", action="store_true", help="continue work that was interrupted")
    add_json(parser)


def _add_words(parser: argparse.ArgumentParser, about: str) -> None:
    """What is said everywhere, or at several places of the result, and how strictly it is followed."""
    parser.add_argument("--prompt", default="", metavar="TEXT", help=about)
    parser.add_argument(
        "--prompt-at",
        type=placed_words,
        action="append",
        default=[],
        metavar="X,Y:TEXT",
        help="a prompt for the area around this pixel; can be repeated",
    )
    strictly = "how strictly the prompt is followed; above 1 takes twice the time"
    default = f"{GUIDANCE:g}; films {PaintRequest.guidance:g}"
    add_value(parser, "--guidance", above_zero, "G", strictly, default_text=default)


def request_of(args: argparse.Namespace, target: Box, frames: int = 1) -> PaintRequest:
    """The request that the options of sampling, order and words describe, with nothing known yet."""
    film = frames > 1
    return PaintRequest(
        target,
        seed=args.seed,
        temperature=args.temperature,
        top_k=args.top_k,
        top_p=args.top_p,
        min_p=args.min_p,
        order=order_of(args),
        prompts=_prompts(args),
        guidance=args.guidance or (PaintRequest.guidance if film else GUIDANCE),
        frames=frames,
        local=args.preview.replace("-", "_") if args.preview else "ar",
    )


def _prompts(args: argparse.Namespace) -> tuple[Prompt, ...]:
    if args.prompt and args.prompt_at:
        raise WrongUsage("Give either --prompt or --prompt-at, not both.")
    return tuple(args.prompt_at) or ((Prompt(args.prompt),) if args.prompt.strip() else ())
