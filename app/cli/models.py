"""`handscroll models`: the sizes that there are, the models that came with the program, and those of one's own."""

import argparse
import json
from pathlib import Path
from typing import Any

from app.cli import options
from app.cli.options import Commands
from app.cli.progress import say
from app.jobs.models import own_models


def add(commands: Commands) -> None:
    parser = commands.add_parser("models", help="list presets and models", description=__doc__)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    listing = {"presets": _presets(), "models": _models()}
    print(options.as_json(listing) if args.json else _drawn(listing))
    return 0


def _presets() -> list[dict[str, Any]]:
    from engine.checkpoint import parameter_counts
    from engine.config import PRESETS

    listed = []
    for name, config in PRESETS.items():
        tokenizer, decoder = parameter_counts(config)
        listed.append({"name": name, "tokenizer": tokenizer, "decoder": decoder, "total": tokenizer + decoder})
    return listed


def _models() -> list[dict[str, Any]]:
    from engine.checkpoint import MODELS, shipped

    own = sorted(path.parent for path in own_models().glob("*/config.json"))
    entries = [(MODELS / name, True) for name in shipped()] + [(folder, False) for folder in own]
    return [entry for folder, ours in entries if (entry := _entry(folder.name, folder, ours))]


def _entry(name: str, folder: Path, ours: bool) -> dict[str, Any] | None:
    from engine.checkpoint import disk_mib
    from engine.config import ModelConfig

    try:
        config = ModelConfig.from_dict(json.loads((folder / "config.json").read_text()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        say(f"{folder / 'config.json'} does not describe a model; install it again.")
        return None
    cards = sorted(folder.glob("*.md"))
    return {
        "name": name,
        "shipped": ours,
        "words": config.decoder.text is not None,
        "mib": round(disk_mib(folder), 2),
        "compression": config.tokenizer.compression,
        "patch_px": config.patch_px,
        "codebook": config.decoder.vocabulary,
        "extent": list(config.decoder.extent),
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
    return "\n".join(lines)
