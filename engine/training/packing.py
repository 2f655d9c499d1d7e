"""Makes a token pack of a folder of pictures: each is encoded at several scales and from several offsets."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from engine.datasets.captions import NOTHING_SAID, SEEN, read_captions, seen
from engine.datasets.images import files_of, with_margin
from engine.media.images import read_picture
from engine.models.checkpoint import ImageModel
from engine.models.pixels import encode
from engine.planning.windows import MARGIN, margin_px
from engine.request import UserError
from engine.training.token_pack import KINDS, PackedPicture, PackedWindow, TokenPack

SKETCH_HEIGHTS = (256, 576)  # px, about those at which sketches are painted
WHOLE_HEIGHTS = (256, 384, 512)  # and those among them that fill whole patches
BRUSH_HEIGHT, BRUSH_WIDTH = 720, 1080  # px of the largest piece that is encoded at once
MOST_PIECES = 16  # of one large picture
LOOSE = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class PackSettings:
    """What a pack holds of each picture.

    sketches, brushes, lone: maps of each kind, each with its own scale, offset and mirroring. half: words of file names
    whose pictures are drawn half as often. leave_out: words of those that are skipped, soft: of those that hold no
    brushwork. fixed: maps of held-out pictures, always the same and never mirrored.
    """

    sketches: int = 2
    brushes: int = 1
    lone: int = 1
    half: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    fixed: bool = False

    def held_out(self) -> "PackSettings":
        """Of held-out pictures: the same maps whatever is drawn of the others, and none of soft pictures."""
        return PackSettings(4, 2, 1, (), (*self.leave_out, *self.soft), (), fixed=True)


def make_pack(model: ImageModel, folder: Path, split: str, settings: PackSettings, seed: int = 0) -> TokenPack:
    """Encode the pictures of one split of a folder with a manifest."""
    captions, rows = read_captions(folder), _rows(folder, split, settings)
    weights, packing = _weights(rows, settings), _Packing(model, settings)
    for number, row in enumerate(rows):
        name = row["file"]
        try:
            pixels = read_picture(folder / name).pixels
        except UserError:
            continue  # one bad file must not end the work
        caption = captions.get(name, NOTHING_SAID)
        rng = np.random.default_rng((seed, number))
        packing.add(rng, PackedPicture(name, caption, weights[name]), pixels)
    pack = packing.pack
    if not pack.views:
        raise UserError(f"{folder} has no picture of at least {model.config.patch_px} px on each side.")
    return TokenPack(pack.pictures, pack.maps, pack.pictures_of, pack.kinds, pack.views, pack.side)


def _rows(folder: Path, split: str, settings: PackSettings) -> list[dict[str, str]]:
    """What a manifest tells of each picture of a split; without one only the names of the files."""
    manifest = folder / "manifest.csv"
    if manifest.is_file():
        with manifest.open(newline="", encoding="utf-8") as table:
            rows = [row for row in csv.DictReader(table) if row["split"] == split]
    else:
        rows = [{"file": path.relative_to(folder).as_posix()} for path in files_of(folder, split)]
    return [row for row in rows if not any(word in row["file"] for word in settings.leave_out)]


def _weights(rows: Sequence[dict[str, str]], settings: PackSettings) -> dict[str, float]:
    """How often each picture is drawn: less often the more there are of its artist and of its source.

    A painter of a hundred pictures out of one source is seen ten times as often as one of a single picture, not a
    hundred times. Within that a picture counts by the root of its pixels, since large ones show more, and half if it
    is of `half`.
    """
    artists = Counter(_artist(row) for row in rows)
    sources = Counter(_source(row) for row in rows)
    weights = {}
    for row in rows:
        pixels = int(row.get("width") or 1024) * int(row.get("height") or 512)
        common = artists[_artist(row)] * sources[_source(row)]
        weight = min(4.0, (pixels / 2**19) ** 0.5) / common**0.25
        weights[row["file"]] = weight * (0.5 if any(word in row["file"] for word in settings.half) else 1.0)
    return weights


def _artist(row: dict[str, str]) -> str:
    """The name of an artist whatever the order and the case of its words."""
    return " ".join(sorted(LOOSE.split(row.get("artist", "").lower())))


def _source(row: dict[str, str]) -> str:
    """Who gathered a picture: the owner of all collections that it may lie in."""
    return row.get("source_repo", "").split("/")[0]


class _Packing:
    """What makes maps and windows of one picture after another."""

    def __init__(self, model: ImageModel, settings: PackSettings):
        self.model, self.settings, config = model, settings, model.config
        self.side, self.token = config.decoder.side, config.tokenizer.compression
        self.window, self.unit = config.decoder.window, config.patch_px / 128  # of the starter's patch
        self.pack = TokenPack([], [], [], [], [], self.side)

    def add(self, rng: np.random.Generator, picture: PackedPicture, pixels: np.ndarray) -> None:
        before = len(self.pack.views)
        self.pack.pictures.append(picture)
        settings, height = self.settings, pixels.shape[0]
        for number in range(settings.sketches):
            target = self._sketch_height(rng, number)
            if target <= 1.1 * height:
                self._add_map(rng, "sketch", self._piece(rng, _to_height(pixels, min(target, height))))
        if not any(word in picture.name for word in settings.soft):
            pieces = round((pixels.size / 3 / (BRUSH_HEIGHT * BRUSH_WIDTH * self.unit**2)) ** 0.5)
            for _ in range(settings.brushes * min(MOST_PIECES, max(1, pieces))):
                scale = 1.0 if settings.fixed else max(1.0, rng.uniform(0.6, 1.3))
                self._add_map(rng, "brush", self._piece(rng, _to_height(pixels, round(height / scale))))
        shorter = min(pixels.shape[:2])
        for _ in range(settings.lone):
            wanted = 128 * self.unit * (1.0 if settings.fixed else np.exp(rng.uniform(0, np.log(3.0))))
            if wanted <= shorter:
                self._add_map(rng, "lone", _to_height(pixels, round(height * wanted / shorter)))
        if len(self.pack.views) == before:
            self.pack.pictures.pop()

    def _sketch_height(self, rng: np.random.Generator, number: int) -> int:
        if self.settings.fixed:
            return round(self.unit * WHOLE_HEIGHTS[1:][number % 2])
        if rng.random() < 0.4:
            return round(self.unit * WHOLE_HEIGHTS[rng.integers(len(WHOLE_HEIGHTS))])
        return round(self.unit * np.exp(rng.uniform(*np.log(SKETCH_HEIGHTS))))

    def _piece(self, rng: np.random.Generator, pixels: np.ndarray) -> np.ndarray:
        """At most the size of a piece, cut at random."""
        size = round(BRUSH_HEIGHT * self.unit), round(BRUSH_WIDTH * self.unit)
        top, left = (int(rng.integers(max(0, have - most) + 1)) for have, most in zip(pixels.shape, size, strict=False))
        return pixels[top : top + size[0], left : left + size[1]]

    def _add_map(self, rng: np.random.Generator, kind: str, pixels: np.ndarray) -> None:
        """Encode pixels from a random offset on; all sides are cut to whole tokens."""
        size = tuple(length // self.token * self.token for length in pixels.shape[:2])
        rows, columns = (min(self.window, length // self.model.config.patch_px) for length in size)
        rows, columns = (min(rows, 1), min(columns, 1)) if kind == "lone" else (rows, columns)
        if not rows or not columns or (kind != "lone" and rows * columns < 2):
            return
        offset = [int(rng.integers(have - want + 1)) for have, want in zip(pixels.shape, size, strict=False)]
        whole = pixels[offset[0] : offset[0] + size[0], offset[1] : offset[1] + size[1]]
        if not self.settings.fixed and rng.random() < 0.5:
            whole = whole[:, ::-1]
        tokens, pack = self._encode(whole), self.pack
        views = list(self._views(rng, tokens.shape, (rows, columns), whole))
        pack.maps.append(tokens)
        pack.pictures_of.append(len(pack.pictures) - 1)
        pack.kinds.append(KINDS.index(kind))
        pack.views.extend(views)

    def _views(
        self, rng: np.random.Generator, have: tuple[int, ...], shape: tuple[int, int], pixels: np.ndarray
    ) -> Iterator[PackedWindow]:
        """Two for each that would fit beside the others, at random places of the token grid; of fixed ones just one."""
        room = [length - count * self.side for length, count in zip(have, shape, strict=True)]
        fitting = have[0] * have[1] / (shape[0] * shape[1] * self.side**2)
        for _ in range(1 if self.settings.fixed else min(max(1, round(2 * fitting)), (room[0] + 1) * (room[1] + 1))):
            row, column = (int(rng.integers(length + 1)) for length in room)
            height, width = (count * self.side * self.token for count in shape)
            top, left = row * self.token, column * self.token
            words = seen(pixels[top : top + height, left : left + width])
            bits = sum(1 << SEEN.index(word) for word in words)
            shown = min(1.0, min(height, width) / min(pixels.shape[:2]))
            yield PackedWindow(len(self.pack.maps), row, column, *shape, shown, bits)

    def _encode(self, pixels: np.ndarray) -> np.ndarray:
        """Tokens int16 (height, width), with what lies around mirrored, so that none sees an edge."""
        around = with_margin(pixels, 0, 0, pixels.shape[:2], margin_px(self.model.config))
        batch = np.ascontiguousarray(around)[None]
        return encode(self.model.tokenizer, batch, self.model.device, MARGIN)[0].cpu().numpy().astype(np.int16)


def _to_height(pixels: np.ndarray, height: int) -> np.ndarray:
    if height == pixels.shape[0]:
        return pixels
    size = max(1, round(pixels.shape[1] * height / pixels.shape[0])), height
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))
