"""Pictures encoded once: their tokens at several scales and offsets in 10 bits each, with words, to train from alone.

A decoder that learns from a pack needs no pixels, no encoder and no loader: windows are cut out of token maps in
memory. Half of the windows are to show forms as sketches are painted (heights of 256 to 576 px), half brushwork.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from engine.datasets.captions import SEEN, Caption
from engine.models.checkpoint import load_tensors, save_tensors
from engine.request import UserError

BITS = 10
NAMES, TOKENS = "pack.json", "tokens"
KINDS = ("brush", "sketch", "lone")  # brushwork; large forms; most of a picture in a single patch


@dataclass(frozen=True)
class PackedPicture:
    """name: of its file. weight: how often it is drawn, in proportion."""

    name: str
    caption: Caption
    weight: float


@dataclass(frozen=True)
class PackedWindow:
    """A window of a map: its upper left token, its size in patches, how much of the picture's shorter side it shows.

    seen: words that were seen in its pixels, as bits of a number over SEEN.
    """

    map: int
    row: int
    column: int
    rows: int
    columns: int
    shown: float
    seen: int

    @property
    def words(self) -> list[str]:
        return [word for index, word in enumerate(SEEN) if self.seen >> index & 1]


@dataclass(eq=False)
class TokenPack:
    """Token maps of pictures, and the windows of them that are learned from.

    maps: int16 (height, width) each. pictures_of, kinds: the picture and the kind of each map, a row of KINDS.
    """

    pictures: list[PackedPicture]
    maps: list[np.ndarray]
    pictures_of: list[int]
    kinds: list[int]
    views: list[PackedWindow]
    side: int
    _groups: dict[tuple[str, int, int], "_Group"] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for number, view in enumerate(self.views):
            found[KINDS[self.kinds[view.map]], view.rows, view.columns].append(number)
        self._groups = {key: _Group.of(self, numbers) for key, numbers in found.items()}

    @property
    def tokens(self) -> int:
        return sum(tokens.size for tokens in self.maps)

    def shapes(self, kind: str) -> dict[tuple[int, int], float]:
        """Rows and columns in patches of the windows of a kind, and how often they are drawn."""
        weights = {key[1:]: group.weight for key, group in self._groups.items() if key[0] == kind}
        return {shape: weight / sum(weights.values()) for shape, weight in weights.items()}

    def drawn_shape(self, rng: np.random.Generator, kind: str) -> tuple[int, int]:
        shapes = self.shapes(kind)
        if not shapes:
            raise UserError(f"The token pack has no windows of the kind “{kind}”.")
        return list(shapes)[rng.choice(len(shapes), p=list(shapes.values()))]

    def draw(
        self, rng: np.random.Generator, count: int, kind: str, shape: tuple[int, int]
    ) -> tuple[np.ndarray, list[str]]:
        """Token maps int64 (count, height, width) of windows, and what is said of each.

        A window is moved by up to a sixth of its side, so that a pack is never learned by heart: its words still hold.
        """
        views = [self._moved(rng, self.views[n]) for n in self._groups[(kind, *shape)].draw(rng, count)]
        words = [self.caption_of(v).said(rng, v.words, v.shown) for v in views]
        return np.stack([self.window(v) for v in views]).astype(np.int64), words

    def described(self, kind: str, shape: tuple[int, int], count: int) -> tuple[np.ndarray, list[str]]:
        """As `draw`, from one picture after another and with all that is said: what a decoder is judged by."""
        numbers = self._groups[(kind, *shape)].in_turn(count)
        views = [self.views[n] for n in numbers]
        words = [", ".join((*self.caption_of(view).phrases, *view.words)) for view in views]
        return np.stack([self.window(v) for v in views]).astype(np.int64), words

    def caption_of(self, view: PackedWindow) -> Caption:
        return self.pictures[self.pictures_of[view.map]].caption

    def _moved(self, rng: np.random.Generator, view: PackedWindow) -> PackedWindow:
        place = []
        for start, count, length in zip(
            (view.row, view.column), (view.rows, view.columns), self.maps[view.map].shape, strict=True
        ):
            most = count * self.side // 6
            first, last = max(0, start - most), min(length - count * self.side, start + most)
            place.append(int(rng.integers(first, last + 1)))
        return replace(view, row=place[0], column=place[1])

    def window(self, view: PackedWindow) -> np.ndarray:
        rows = slice(view.row, view.row + view.rows * self.side)
        return self.maps[view.map][rows, view.column : view.column + view.columns * self.side]

    def joined(self, other: "TokenPack") -> "TokenPack":
        """Both packs in one; the pictures need not be the same."""
        if other.side != self.side:
            raise UserError("These token packs were made with different models.")
        views = [replace(view, map=view.map + len(self.maps)) for view in other.views]
        return TokenPack(
            [*self.pictures, *other.pictures],
            [*self.maps, *other.maps],
            [*self.pictures_of, *(n + len(self.pictures) for n in other.pictures_of)],
            [*self.kinds, *other.kinds],
            [*self.views, *views],
            self.side,
        )


@dataclass(frozen=True, eq=False)
class _Group:
    """Windows of one kind and shape, by their pictures. weight: of the pictures, once for each map."""

    numbers: list[list[int]]
    shares: np.ndarray
    weight: float

    @classmethod
    def of(cls, pack: TokenPack, numbers: Sequence[int]) -> "_Group":
        by_picture: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            by_picture[pack.pictures_of[pack.views[number].map]].append(number)
        weights = np.array([pack.pictures[picture].weight for picture in by_picture])
        maps = {pack.views[number].map for number in numbers}
        total = sum(pack.pictures[pack.pictures_of[each]].weight for each in maps)
        return cls(list(by_picture.values()), weights / weights.sum(), total)

    def draw(self, rng: np.random.Generator, count: int) -> Iterator[int]:
        for picture in rng.choice(len(self.numbers), count, p=self.shares):
            yield self.numbers[picture][rng.integers(len(self.numbers[picture]))]

    def in_turn(self, count: int) -> list[int]:
        """The first of each picture, then the second; of fewer than there are pictures, evenly spread over them."""
        if count < len(self.numbers):
            return [self.numbers[place * len(self.numbers) // count][0] for place in range(count)]
        longest = max(map(len, self.numbers))
        turns = [numbers[turn] for turn in range(longest) for numbers in self.numbers if turn < len(numbers)]
        return turns[:count]


def save_pack(pack: TokenPack, folder: Path) -> None:
    """Write `pack.json`, names and words, and `tokens.safetensors`: tokens in 10 bits, sizes, windows."""
    stream = np.concatenate([tokens.ravel() for tokens in pack.maps])
    maps = [(p, k, *m.shape) for p, k, m in zip(pack.pictures_of, pack.kinds, pack.maps, strict=True)]
    views = [(v.map, v.row, v.column, v.rows, v.columns, round(v.shown * 1000), v.seen) for v in pack.views]
    tensors = {
        "tokens": torch.from_numpy(packed(stream)),
        "maps": torch.tensor(maps, dtype=torch.int32),
        "views": torch.tensor(views, dtype=torch.int32),
    }
    save_tensors(tensors, folder, TOKENS)
    pictures = [[p.name, p.weight, p.caption.scene, p.caption.hand] for p in pack.pictures]
    names = {"side": pack.side, "seen": SEEN, "pictures": pictures}
    (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def load_pack(*folders: Path) -> TokenPack:
    """Read packs and join them; raises UserError where one is missing or damaged."""
    packs = [_read_pack(folder) for folder in folders]
    pack = packs[0]
    for other in packs[1:]:
        pack = pack.joined(other)
    return pack


def _read_pack(folder: Path) -> TokenPack:
    try:
        names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
        tensors = load_tensors(folder, TOKENS)
        if tuple(names["seen"]) != SEEN:
            raise UserError(f"{folder} was made with an older vocabulary; make it again.")
        pictures = [PackedPicture(n, Caption(tuple(s), tuple(h)), w) for n, w, s, h in names["pictures"]]
        maps = tensors["maps"].tolist()
        sizes = [height * width for *_, height, width in maps]
        stream = unpacked(tensors["tokens"].numpy(), sum(sizes))
        parts = np.split(stream, np.cumsum(sizes)[:-1])
        grids = [part.reshape(height, width) for part, (*_, height, width) in zip(parts, maps, strict=True)]
        views = [PackedWindow(m, y, x, h, w, shown / 1000, b) for m, y, x, h, w, shown, b in tensors["views"].tolist()]
        return TokenPack(pictures, grids, [m[0] for m in maps], [m[1] for m in maps], views, names["side"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UserError(f"{folder} contains no readable token pack ({error}). Make it again.") from None


def packed(tokens: np.ndarray) -> np.ndarray:
    """Tokens below 1024, any integers, as uint8 in 10 bits each: four tokens in five bytes."""
    if tokens.size and not 0 <= int(tokens.min()) <= int(tokens.max()) < 1 << BITS:
        raise UserError(f"Tokens of more than {BITS} bits cannot be packed.")
    four = np.pad(tokens.astype(np.uint64), (0, -tokens.size % 4)).reshape(-1, 4)
    number = four[:, 0] | four[:, 1] << 10 | four[:, 2] << 20 | four[:, 3] << 30
    return number.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :5].ravel().copy()


def unpacked(stream: np.ndarray, count: int) -> np.ndarray:
    """The inverse of `packed`, int16 (count,)."""
    number = np.zeros((stream.size // 5, 8), np.uint8)
    number[:, :5] = stream.reshape(-1, 5)
    number = number.view("<u8")
    four = np.concatenate([number >> (BITS * place) & 1023 for place in range(4)], 1)
    return four.ravel()[:count].astype(np.int16)
