"""`handscroll models`: list all models and the sizes for training; export, import, rename and delete models."""

import argparse
import json
from pathlib import Path
from typing import Any

from app.cli import options
from app.cli.options import Commands
from app.cli.progress import say
from app.jobs import model_library as library
from app.jobs.model_registry import ModelInfo, find, models
from engine.request import UserError

DOING = {
    "show": "show all facts about a model, with the hash of its weights",
    "export": "write a model into one file",
    "import": "add a model from a file or folder, after checking that it is complete",
    "rename": "rename one of your own models",
    "delete": "delete one of your own models; this cannot be undone",
}


def add(commands: Commands) -> None:
    parser = commands.add_parser("models", help="list, export, import, rename and delete models", description=__doc__)
    options.add_json(parser)
    parser.set_defaults(run=run)
    doing = parser.add_subparsers(metavar="WHAT", title="other actions (without one, models are listed)")
    made = {name: doing.add_parser(name, help=about, description=about) for name, about in DOING.items()}
    for name, what in (("show", _show), ("export", _export), ("rename", _rename), ("delete", _delete)):
        made[name].add_argument("name", metavar="MODEL", help="name of the model")
        made[name].set_defaults(run=what)
    options.add_json(made["show"])
    options.add_output(made["export"], "FILE", "output file")
    made["rename"].add_argument("new", metavar="NAME", help="its new name")
    made["import"].add_argument(
        "path", type=Path, metavar="FILE|FOLDER", help="what export has written, or the folder of a model"
    )
    made["import"].add_argument("--name", help="name of the model here (default: the name it was saved with)")
    made["import"].set_defaults(run=_import)


def run(args: argparse.Namespace) -> int:
    listing = {"presets": _presets(), "models": _models()}
    print(options.as_json(listing) if args.json else _drawn(listing))
    return 0


def _presets() -> list[dict[str, Any]]:
    from engine.config import PARAMETERS

    listed = []
    for name, (tokenizer, decoder) in PARAMETERS.items():
        listed.append({"name": name, "tokenizer": tokenizer, "decoder": decoder, "total": tokenizer + decoder})
    return listed


def _models() -> list[dict[str, Any]]:
    return [entry for model in models() if (entry := _entry(model))]


def _entry(model: ModelInfo) -> dict[str, Any] | None:
    from engine.config import ModelConfig

    try:
        config = ModelConfig.from_dict(json.loads((model.path / "config.json").read_text()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        say(f"{model.path / 'config.json'} does not describe a model; install it again.")
        return None
    cards = sorted(model.path.glob("*.md"))
    return {
        "name": model.name,
        "shipped": model.shipped,
        "tasks": list(model.tasks),
        "words": model.words,
        "mib": round(model.mib, 2),
        "compression": config.tokenizer.compression,
        "patch_px": config.patch_px,
        "codebook": config.decoder.vocabulary,
        "extent": list(config.decoder.extent),
        "licence": model.licence or None,
        "card": str(cards[0]) if cards else None,
    }


def _drawn(listing: dict[str, Any]) -> str:
    lines = [f"{'preset':<10}{'tokenizer':>12}{'decoder':>14}{'total':>14}   parameters"]
    lines += [f"{p['name']:<10}{p['tokenizer']:>12,}{p['decoder']:>14,}{p['total']:>14,}" for p in listing["presets"]]
    lines += ["", "models" if listing["models"] else "No models are shipped with this copy of the program."]
    for m in listing["models"]:
        lines.append(
            f"{m['name']:<10}{m['mib']:.1f} MiB, compression {m['compression']}, patches of {m['patch_px']} px, "
            f"codebook {m['codebook']}, extent {','.join(map(str, m['extent']))}"
        )
        lines += [f"{'':<10}{m['card']}"] if m["card"] else []
    if listing["models"]:
        lines += ["", f"{sum(m['mib'] for m in listing['models']):.1f} MiB in all"]
    return "\n".join(lines)


def _known(name: str) -> ModelInfo:
    model = find(name)
    if model is None:
        known = ", ".join(model.name for model in models()) or "none"
        raise UserError(f"There is no model “{name}”. Available: {known}.")
    return model


def _show(args: argparse.Namespace) -> int:
    model = _known(args.name)
    facts = {**(_entry(model) or {}), "folder": str(model.path), "sha256": library.weights_hash(model.path)}
    if args.json:
        print(options.as_json(facts))
    else:
        print("\n".join(f"{name:<12}{value}" for name, value in facts.items()))
        print(f"\n{model.card}" if model.card else "", end="")
    return 0


def _export(args: argparse.Namespace) -> int:
    library.export_model(_known(args.name), args.output)
    say(f"{args.output} contains the model “{args.name}”.")
    return 0


def _import(args: argparse.Namespace) -> int:
    from engine.models.checkpoint import load_model

    incoming = library.receive(args.path)
    try:
        load_model(str(incoming), "cpu")
        name = library.settle(incoming, args.name or library.name_in(incoming))
    except UserError as error:
        raise UserError(str(error).replace(str(incoming), str(args.path))) from None
    finally:
        library.forget(incoming)
    say(f"“{name}” is ready: paint with --model {name}.")
    return 0


def _rename(args: argparse.Namespace) -> int:
    library.rename(args.name, args.new)
    return 0


def _delete(args: argparse.Namespace) -> int:
    library.delete(args.name)
    return 0
