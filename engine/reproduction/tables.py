"""Every table and figure of the paper's section 4 that compares something: its rows, and the published figures.

Published figures are given where they could be verified; NOT_AVAILABLE stands for the others.
"""

from dataclasses import dataclass, replace

from engine.reproduction.scale import Scale
from engine.reproduction.variants import Variant
from engine.request import Extent

SIDES = ("left", "right", "up", "down")
NOT_AVAILABLE = "not available"


@dataclass(frozen=True)
class Experiment:
    """What is compared. sides: where pictures are continued. wide: wide pictures from nothing.

    words: whether they are made from captions. longer: bits of wider windows as well, to four times the learned ones.
    """

    what: str
    title: str
    published: str
    variants: tuple[Variant, ...]
    sides: tuple[str, ...] = ("right",)
    wide: bool = False
    words: bool = False
    longer: bool = False
    shipped: bool = False


OURS = Variant("NUWA-Infinity")
DIVIDED = Variant("divide and conquer", caches=False)
SLIDING = Variant("sliding window", kind="window", sides=("right", "down"))  # raster order sees only what lies before
CACHED = replace(SLIDING, name="sliding window, cached", cached=True, trained_as="sliding window")
MASKED = Variant("mask-predict window", kind="window", local="mask_predict")
_BASELINES = (SLIDING, CACHED, MASKED, DIVIDED)


def _with_words(variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
    return tuple(replace(variant, words=True) for variant in variants)


def experiments(scale: Scale) -> dict[str, Experiment]:
    """All experiments by name, for the sizes of a scale."""
    side, window = scale.decoder.side, scale.decoder.window
    layers, dim = scale.decoder.layers, scale.decoder.dim
    outpainting = replace(
        OURS, name="NUWA-Infinity, no text", paper=dict(zip(SIDES, (6.71, 6.43, 8.03, 11.47), strict=True))
    )
    found = (
        Experiment(
            "table2", "Unconditional pictures, wider than in training (RQF)", "FID and Block-FID",
            (OURS, *_BASELINES), sides=(), wide=True,
        ),
        Experiment(
            "table3", "Pictures from words (LHQC)", "Block-FID, IS and CLIP-SIM",
            _with_words((replace(OURS, paper={"wide": 9.71}), *_BASELINES)), sides=(), wide=True, words=True,
        ),
        Experiment(
            "table4", "Outpainting to four sides (LHQC)", "Block-FID for each side",
            (outpainting, *_BASELINES), sides=SIDES, shipped=True,
        ),
        Experiment(
            "table5", "Where the position embedding enters", "FID",
            (
                replace(OURS, name="pre-feeding (key)", paper={"right": 10.05}),
                Variant("post-feeding (output)", changes={"feeding": "post"}, paper={"right": 10.47}),
            ),
        ),
        Experiment(
            "table6", "With and without the Nearby Context Pool", "FID",
            (
                replace(OURS, name="with caches", paper={"right": 10.21}),
                replace(DIVIDED, name="without caches", paper={"right": 15.80}),
            ),
            longer=True,
        ),
        Experiment(
            "table7a", "How the tokens of a patch are sampled", "FID, and speed: P-NAR 15×, NAR 95× that of AR",
            (
                replace(OURS, name="AR"),
                Variant("P-NAR (mask-predict)", local="mask_predict"),
                Variant("NAR (all at once)", local="parallel", trained_as="P-NAR (mask-predict)"),
            ),
        ),
        Experiment(
            "table7b", "Sizes of the decoder", "FID",
            tuple(
                Variant(f"{max(1, round(layers * by))} layers, {round(dim * by)} wide", changes={
                    "layers": max(1, round(layers * by)), "dim": round(dim * by),
                })
                for by in (0.5, 1.0, 1.5)
            ),
        ),
        Experiment(
            "table7c", "Patch loss or accumulated loss", "FID after 50 epochs (patch) and 70 (accumulated)",
            (
                Variant("patch loss", patch_loss=True, paper={"right": 10.05}),
                replace(OURS, name="accumulated loss", paper={"right": 11.62}),
            ),
        ),
        Experiment(
            "fig16", "How far the context reaches", "curves",
            tuple(
                Variant(f"extent ({reach}, {reach})", changes={"extent": Extent(reach, reach, 0)}) for reach in (1, 2)
            ),
            longer=True,
        ),
        Experiment(
            "fig17", "How large a patch is", "curves",
            tuple(
                Variant(f"patches of {s}×{s} tokens", changes={"side": s, "window": w})
                for s, w in ((side // 2, 2 * window), (side, window), (2 * side, max(2, window // 2)))
            ),
        ),
    )  # fmt: skip
    return {experiment.what: experiment for experiment in found}


NAMES = ("table2", "table3", "table4", "table5", "table6", "table7a", "table7b", "table7c", "fig16", "fig17")
