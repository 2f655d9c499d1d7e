"""Damaged pictures, documents, models, recipes, requests and messages of the pipe: each is read, or told in a sentence.

    python -m tests.driven.fuzz                      # ten thousand of each kind
    python -m tests.driven.fuzz --count 1 --only models --seed 4711   # one of them again

Ends with 1 where anything else came of one, and names the number that makes it again.
"""

import argparse
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.cli.journal import Journal
from app.document import Document
from app.jobs.protocol import Paint
from app.jobs.request_codec import from_dict, to_dict
from app.jobs.scheduler import Scheduler
from app.jobs.wire import HEAD, encode
from engine.config import PRESETS, read_config
from engine.media.images import picture_size, read_picture
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.request import Area, Box, KnownPicture, PaintedPatch, PaintRequest, Patch, PatchPainted, Prompt, Update
from engine.request import UserError as Told
from engine.training.recipe import configured, packed_settings, read_recipe
from tests.app.inline_engines import FlatPainter
from tests.driven.fuzz_pipe import PipeEnds

ROOT = Path(__file__).parent.parent.parent
LONGEST = 60  # s that one trial may take
MOST = 2048  # px to the side of what is painted of a request that was read
VALUES: tuple[Any, ...] = (None, True, -1, 0, 1e308, 2**70, "", "x", "冬", [], [[]], {}, {"box": [0, 0, 1, 1]}, 0.5)
Random = np.random.Generator


# ---- how things are damaged


def damaged(data: bytes, random: Random) -> bytes:
    """Bits that differ, a part that is lost, repeated or blank, or an end that never came."""
    changed = bytearray(data)
    low, high = sorted(int(place) for place in random.integers(0, len(data) + 1, 2))
    kind = random.integers(6)
    if kind < 2:
        for place in random.integers(0, len(data), int(random.choice([1, 3, 30]))):
            changed[place] ^= 1 << int(random.integers(8))
    elif kind == 2:
        del changed[low:]
    elif kind == 3:
        del changed[low : min(high, low + 64)]
    elif kind == 4:
        changed[low:low] = changed[low : min(high, low + 64)]
    else:
        changed[low : min(high, low + 512)] = bytes(min(high, low + 512) - low)
    return bytes(changed)


def altered(value: Any, random: Random) -> Any:
    """A value of JSON with a part of it exchanged, left out or repeated."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = list(value)[int(random.integers(len(value)))]
        if random.random() < 0.1:
            return {name: each for name, each in value.items() if name != key}
        return {**value, key: altered(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.8:
        place = int(random.integers(len(value)))
        if random.random() < 0.2:
            return value[:place] + value[place + 1 :]
        return [*value[:place], altered(value[place], random), *value[place + 1 :]]
    return VALUES[int(random.integers(len(VALUES)))]


# ---- what is damaged; each takes a folder of its own and returns the trial of a random number


def pictures(folder: Path) -> Callable[[Random], None]:
    pixels = np.random.default_rng(0).integers(0, 256, (24, 33, 4), dtype=np.uint8)
    made = []
    for kind, mode in (
        ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("WEBP", "RGBA"),
        ("GIF", "RGB"), ("TIFF", "RGB"), ("BMP", "RGB"), ("TGA", "RGB"), ("ICO", "RGBA"),
        ("PPM", "RGB"), ("AVIF", "RGB"),
    ):  # fmt: skip
        packed = io.BytesIO()
        with suppress(OSError, KeyError):  # a format that this Pillow does not write
            Image.fromarray(pixels).convert(mode).save(packed, kind)
            made.append((kind.lower(), packed.getvalue()))

    def trial(random: Random) -> None:
        ending, data = made[int(random.integers(len(made)))]
        path = folder / f"in.{ending}"
        path.write_bytes(damaged(data, random))
        with suppress(Told):
            picture_size(path)
        read_picture(path, placing=bool(random.integers(2)))

    return trial


def documents(folder: Path) -> Callable[[Random], None]:
    pixels = np.random.default_rng(0).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    document = Document.new()
    layer = document.layers.put(pixels, -20, -30)
    document.layers.paint(layer.id, Box(5, 5, 50, 40), pixels[:40, :50])
    request = to_dict(PaintRequest(Box(280, 0, 256, 128), seed=7, exemplar=1.0), "starter")
    job = document.jobs.add(request, Box(280, 0, 256, 128), (KnownPicture(Box(0, 0, 300, 200), pixels),))
    tokens = np.zeros((16, 16), np.int32)
    document.jobs.keep(job.id, PatchPainted(Patch(0, 0), (Update(Box(280, 0, 20, 20), pixels[:20, :20]),), tokens, 2.0))
    document.save_as(folder / "whole")
    document.close()
    data = (folder / "whole.handscroll").read_bytes()

    def trial(random: Random) -> None:
        path = folder / "in.handscroll"
        for old in folder.glob("in.handscroll*"):
            old.unlink()
        path.write_bytes(damaged(data, random))
        document = Document.open(path)
        try:
            box = document.bounds
            document.read(box._replace(width=min(box.width, 300), height=min(box.height, 300)))
            document.history.entries()
            for each in document.jobs.all():
                from_dict(each.request, document.jobs.known(each.id), document.jobs.painted(each.id))
            for look in (document.thumbnail, document.preview, document.timeline.clips):
                look()
        finally:
            document.close()

    return trial


def models(folder: Path) -> Callable[[Random], None]:
    """With the hashes of their files and without: without, it is the readers that have to find out."""
    whole, other = folder / "whole", folder / "other"
    save_model(ImageModel.fresh(PRESETS["tiny"], seed=5), whole)
    config = json.loads((whole / "config.json").read_text())
    config.pop("files")
    names = [path.name for path in whole.iterdir()]

    def trial(random: Random) -> None:
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(whole, other)
        values = dict(config)
        if random.random() < 0.3:
            values = altered(values, random)
        else:
            name = names[int(random.integers(len(names)))]
            (other / name).write_bytes(damaged((whole / name).read_bytes(), random))
            if name == "config.json":
                values = None
        if values is not None and random.random() < 0.7:
            (other / "config.json").write_text(json.dumps(values))
        read_config(other)
        load_model(str(other), "cpu")

    return trial


def recipes(folder: Path) -> Callable[[Random], None]:
    texts = [path.read_bytes() for path in sorted((ROOT / "resources/recipes").glob("*.toml"))]

    def trial(random: Random) -> None:
        path = folder / "in.toml"
        path.write_bytes(damaged(texts[int(random.integers(len(texts)))], random))
        plan = read_recipe(path)
        configured(plan)
        packed_settings(path)

    return trial


def messages(folder: Path) -> Callable[[Random], None]:
    """Requests as a document keeps them, painted where they can be, and the journals of the command line."""
    mask = np.tri(40, 50, dtype=bool)
    known = KnownPicture(Box(0, 0, 128, 128), np.full((128, 128, 3), 90, np.uint8))
    request = PaintRequest(
        Box(0, 0, 256, 128), (known,), 3, top_p=0.9, anchor=(0, 0), prompts=(Prompt("winter", (3, 4)),), exemplar=1.0,
        not_from=(Area(Box(0, 0, 50, 40), mask),), replaced=(Area(Box(9, 9, 9, 9)),), feather=4, wrap=256,
    )  # fmt: skip
    values = to_dict(request, "starter")
    journal = Journal(folder / "out.png", "a painting")
    journal.append([PaintedPatch(Patch(n, 0), np.full((16, 16), n, np.int32)) for n in range(3)])
    journal.close()
    lines = journal.path.read_bytes()

    def paint(read: PaintRequest) -> None:
        replies: list[object] = []
        turns = Scheduler(FlatPainter(64), replies.append)
        turns.take(Paint(1, read, "starter", "cpu"))
        for _ in range(40):
            if not turns.idle:
                turns.step()

    def trial(random: Random) -> None:
        if random.random() < 0.3:
            journal.path.write_bytes(damaged(lines, random))
            Journal(folder / "out.png", "a painting").resume(16, 512)
            return
        read, _ = from_dict(json.loads(json.dumps(altered(values, random))), (known,))
        if 0 < read.target.width <= MOST and 0 < read.target.height <= MOST and read.frames == 1:
            paint(read)

    return trial


def pipe(folder: Path) -> Callable[[Random], None]:
    """Messages between window and engine, either way."""
    ends = PipeEnds(folder)

    def trial(random: Random) -> None:
        messages, end = ends.sides[int(random.integers(2))]
        data = b"".join(encode(messages[int(n)]) for n in random.integers(0, len(messages), 2))
        body = int(random.integers(2)) * HEAD.size  # in half of the trials the first head stays as it is
        end(data[:body] + damaged(data[body:], random))

    return trial


KINDS = {each.__name__: each for each in (pictures, documents, models, recipes, messages, pipe)}


# ---- the trials


def fuzz(kind: str, count: int, folder: Path, seed: int = 0) -> tuple[int, list[tuple[int, str]]]:
    """How many of so many trials were told in a sentence, and of what else happened the number and what it was."""
    trial, told, found = KINDS[kind](folder), 0, []
    for number in range(seed, seed + count):
        random = np.random.default_rng([number, *kind.encode()])
        try:
            signal.alarm(LONGEST)
            trial(random)
        except Told as error:
            told += 1
            if not str(error).rstrip().endswith((".", "?")):
                found.append((number, f"no sentence: {error}"))
        except Exception:
            found.append((number, traceback.format_exc(limit=-4)))
        finally:
            signal.alarm(0)
    return told, found


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {LONGEST} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first trial")
    args = parser.parse_args()
    signal.signal(signal.SIGALRM, _too_long)
    every = 0
    for kind in [args.only] if args.only else KINDS:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HANDSCROLL_DATA"] = folder
            told, found = fuzz(kind, args.count, Path(folder), args.seed)
        print(f"{kind}: {args.count} tried, {told} told in a sentence, {len(found)} fell", flush=True)
        for number, what in found[:20]:
            print(f"  {number}: {what.strip()}".replace("\n", "\n    "))
        every += len(found)
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
