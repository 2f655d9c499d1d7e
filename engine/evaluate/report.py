"""All figures of a model on the held-out pictures of a folder, with fixed seeds, as one JSON-able report."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.datasets.images import TrainingPicture, load_folder
from engine.device import describe
from engine.evaluate import foreign_networks as foreign
from engine.evaluate.borders import seam_score_real, seam_scores
from engine.evaluate.drift import drift
from engine.evaluate.films import video_distance
from engine.evaluate.following import following_figures
from engine.evaluate.foreign_networks import ForeignFiles
from engine.evaluate.frechet import NOT_COMPUTED, SMALLEST, FeatureSpace, block_frechet, measured
from engine.evaluate.likelihood import likelihood
from engine.evaluate.memorization import memorization
from engine.evaluate.samples import blocks_around, draw_crops, picture_crops, tiles
from engine.evaluate.text_alignment import text_alignment
from engine.evaluate.tokenizer import tokenizer_figures
from engine.inference.contact_sheet import extended
from engine.models.checkpoint import ImageModel
from engine.planning.windows import margin_px
from engine.request import Box, UserError

LEFT_OUT = ("monet256",)  # small pictures of a foreign set: nothing to continue in them
_KNOWN = 3  # patches to the side of the crops that are continued

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How many samples each figure is taken from."""

    windows: int = 8  # for bits per token
    wide: int = 2  # the same, four times as wide
    crops: int = 64  # for the tokenizer
    paintings: int = 6  # continued on all sides
    strips: int = 16  # crops continued to four times their width, for Block-FD
    chains: int = 3
    links: int = 20  # extensions to a chain
    copies: bool = True  # whether copies of training pictures are looked for
    captions: int = 40  # windows that are judged under several texts
    followed: int = 6  # pictures painted with and without the exemplar
    clips: int = 16  # stills that are animated, for FVD


FULL = Effort()
QUICK = Effort(2, 1, 16, 2, strips=0, chains=1, links=4, copies=False, captions=10, followed=1, clips=4)


@dataclass(frozen=True, eq=False)
class Continuation:
    """A finished painting uint8 with `known` inside, where it should equal `crop`, of the held-out picture `name`."""

    name: str
    crop: np.ndarray
    known: Box
    pixels: np.ndarray

    @property
    def unchanged(self) -> bool:
        return bool((self.pixels[self.known.slices(Box(0, 0, 0, 0))] == self.crop).all())

    def painted_blocks(self, size: int) -> Iterator[np.ndarray]:
        """The blocks without a known pixel, as `blocks_around` has them."""
        return blocks_around(self.pixels, self.known, size)


def evaluate(
    model: ImageModel,
    folder: Path,
    quick: bool = False,
    tell: Tell = lambda _: None,
    files: ForeignFiles = ForeignFiles(),  # noqa: B008 - frozen
    films: Path | None = None,
) -> dict[str, Any]:
    """Every figure of the specification that the given files allow; raises UserError without pictures.

    quick: fewer samples, for a look in between; its numbers are noisier and not for comparison with full ones.
    files: networks for FID, IS, CLIP-SIM and FVD; without them these are not computed.
    films: a folder with held-out films, for FVD; by default the folder of the pictures.
    """
    files.check()
    begun, effort = time.perf_counter(), QUICK if quick else FULL
    size = model.config.patch_px
    held_out = load_folder(folder, "test", smallest=max(_KNOWN, model.config.decoder.window) * size, leave_out=LEFT_OUT)
    report: dict[str, Any] = {
        "model": model.config.name,
        "device": describe(model.device),
        "quick": quick,
        "held_out_pictures": len(held_out),
        "patch_px": size,
    }
    seconds: dict[str, float] = {}

    def timed(name: str, figure: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        tell(f"{name.replace('_', ' ')} …")
        result = figure()
        seconds[name] = round(time.perf_counter() - start, 2)
        return result

    report["bits_per_token"] = timed("bits_per_token", lambda: _likelihood(model, held_out, effort))
    report["words"] = timed("words", lambda: text_alignment(model, held_out, effort.captions))
    report["tokenizer"] = timed("tokenizer", lambda: _tokenizer(model, held_out, effort))
    continued = timed("painting", lambda: _continuations(model, held_out, effort, tell))
    report["seams"] = timed("seams", lambda: _seams(continued, held_out))
    compared = _compared(model, continued, held_out)
    wide = timed("strips", lambda: _strips(model, held_out, effort, tell))
    report["frechet"] = timed("frechet", lambda: _frechet(model, wide, compared))
    report |= timed("foreign_networks", lambda: _foreign(model, continued, wide, compared, held_out, files))
    report["fvd"] = timed("fvd", lambda: video_distance(model, films or folder, files, effort.clips, tell))
    starts = draw_crops(held_out, 2 * size, 2 * size, effort.chains, seed=5)
    report["colour_drift"] = timed("colour_drift", lambda: drift(model, starts, effort.links, tell))
    report["following"] = timed(
        "following", lambda: following_figures(model, held_out, effort.followed, starts, effort.links, tell)
    )
    report["copying"] = timed("copying", lambda: _copying(model, continued, held_out, folder, effort))
    return report | {"seconds": {**seconds, "all": round(time.perf_counter() - begun, 2)}}


def block_px(model: ImageModel) -> int:
    """The side of painted and real blocks that are compared: 256 px, or two patches where these are small."""
    return max(SMALLEST, min(256, 2 * model.config.patch_px))


def _likelihood(model: ImageModel, held_out: Sequence[TrainingPicture], effort: Effort) -> dict[str, Any]:
    side = model.config.decoder.window * model.config.patch_px
    margin = margin_px(model.config)
    square = draw_crops(held_out, side, side, effort.windows, seed=1, margin=margin)
    wide = draw_crops(held_out, 4 * side, side, effort.wide, seed=2, margin=margin)
    return likelihood(model, square, wide)


def _tokenizer(model: ImageModel, held_out: Sequence[TrainingPicture], effort: Effort) -> dict[str, Any]:
    """On crops of 256 px, or as large as the smallest picture allows."""
    compression = model.config.tokenizer.compression
    side = min(256, *(min(picture.pixels.shape[:2]) for picture in held_out)) // compression * compression
    return tokenizer_figures(model, draw_crops(held_out, side, side, effort.crops, seed=3))


def _continuations(
    model: ImageModel, held_out: Sequence[TrainingPicture], effort: Effort, tell: Tell
) -> list[Continuation]:
    """Crops of 3×3 patches continued on all sides, as far as a block of `block_px` needs."""
    size = model.config.patch_px
    side, margin = _KNOWN * size, -(-block_px(model) // size) * size
    result = []
    for number, (picture, crop) in enumerate(picture_crops(held_out, side, side, effort.paintings, seed=4)):
        tell(f"painting around crop {number + 1} of {effort.paintings}")
        pixels = extended(model, crop, Box(0, 0, side, side).grow(margin), seed=number)
        result.append(Continuation(picture.name, crop, Box(margin, margin, side, side), pixels))
    return result


def _seams(continued: Sequence[Continuation], held_out: Sequence[TrainingPicture]) -> dict[str, Any]:
    """Mean scores per side, and what lines inside the held-out pictures score."""
    scores = [seam_scores(painting.pixels, painting.known) for painting in continued]
    sides = {side: [score for each in scores if (score := each[side]) is not None] for side in scores[0]}
    real = np.concatenate([seam_score_real(picture.pixels, 16, continued[0].known.width) for picture in held_out])
    return {
        "paintings": len(continued),
        "known_unchanged": all(painting.unchanged for painting in continued),
        **{side: float(np.mean(values)) for side, values in sides.items()},
        "worst": {side: float(np.max(values)) for side, values in sides.items()},
        "real": float(real.mean()),
        "real_deviation": float(real.std()),
        "real_lines": len(real),
    }


@dataclass(frozen=True, eq=False)
class Compared:
    """Blocks (size, size, 3): painted ones, real ones of the continued pictures, and those of other pictures.

    Painted and real ones go with the same few pictures, and differ in nothing but that one is painted.
    """

    painted: list[np.ndarray]
    real: list[np.ndarray]
    reference: list[np.ndarray]

    @property
    def enough(self) -> bool:
        return min(map(len, (self.painted, self.real, self.reference))) >= 2


def _compared(model: ImageModel, continued: Sequence[Continuation], held_out: Sequence[TrainingPicture]) -> Compared:
    size = block_px(model)
    painted = [block for painting in continued for block in painting.painted_blocks(size)]
    names = {painting.name for painting in continued}
    same = tiles([picture for picture in held_out if picture.name in names], size)
    others = tiles([picture for picture in held_out if picture.name not in names], size)
    if not others:  # all were continued
        same, others = same[::2], same[1::2]
    same = [same[number] for number in np.random.default_rng(6).permutation(len(same))[: len(painted)]]
    return Compared(painted, same, others)


def _strips(model: ImageModel, held_out: Sequence[TrainingPicture], effort: Effort, tell: Tell) -> np.ndarray:
    """Crops of one block continued to the right by three: what is new, uint8 (count, block, 3 blocks, 3)."""
    size, painted = block_px(model), []
    for number, crop in enumerate(draw_crops(held_out, size, size, effort.strips, seed=8)):
        tell(f"painting strip {number + 1} of {effort.strips}")
        painted.append(extended(model, crop, Box(0, 0, 4 * size, size), seed=number)[:, size:])
    return np.stack(painted) if painted else np.empty((0, size, 3 * size, 3), np.uint8)


def _frechet(model: ImageModel, wide: np.ndarray, compared: Compared) -> dict[str, Any] | str:
    """FD-EffLite0 of painted blocks against real ones of other pictures, and Block-FD of pictures 4 times as wide."""
    space, size = FeatureSpace.load(), block_px(model)
    if space is None:
        return NOT_COMPUTED
    if not compared.enough:
        return "not computed (too few blocks)"
    parts = compared.reference, compared.painted, compared.real
    reference, painted, real = (space.features(part) for part in parts)
    return {
        **measured(reference, painted, real),
        "block_px": size,
        "block": block_frechet(space, wide, reference, size),
    }


def _foreign(
    model: ImageModel, continued: Sequence[Continuation], wide: np.ndarray, compared: Compared,
    held_out: Sequence[TrainingPicture], files: ForeignFiles,
) -> dict[str, Any]:  # fmt: skip
    """FID, KID, IS, Block-FID and CLIP-SIM, where the files of their networks were given."""
    found = foreign.picture_distances(files, compared.reference, compared.painted)
    found["block_fid"] = foreign.block_fid(files, compared.reference, wide, block_px(model))
    captions = {picture.name: ", ".join(picture.caption.scene) for picture in held_out}
    captioned = [painting for painting in continued if captions.get(painting.name)]
    texts = [captions[painting.name] for painting in captioned]
    found["clip_sim"] = foreign.clip_similarity(files, [painting.pixels for painting in captioned], texts)
    return found


def _copying(
    model: ImageModel,
    continued: Sequence[Continuation],
    held_out: Sequence[TrainingPicture],
    folder: Path,
    effort: Effort,
) -> dict[str, Any] | str:
    if not effort.copies:
        return "not computed (quick)"
    try:
        training = load_folder(folder, "train", leave_out=LEFT_OUT)
    except UserError:
        return "not computed (no training pictures)"
    if {picture.name for picture in training} & {picture.name for picture in held_out}:
        return "not computed (the held-out picture is the training picture)"
    painted = [block for painting in continued for block in painting.painted_blocks(block_px(model))]
    return memorization(painted, [picture.pixels for picture in held_out], [picture.pixels for picture in training])
