"""The figures: each is right where the answer is known, and the report of a tiny model holds them all."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.datasets.images import load_folder
from engine.evaluate import following, report
from engine.evaluate.borders import seam_score_real, seam_scores
from engine.evaluate.drift import drift
from engine.evaluate.frechet import frechet_distance
from engine.evaluate.likelihood import EvalWindow, bits_by_order, encode, orders_bits, sides_bits
from engine.evaluate.memorization import memorization
from engine.evaluate.samples import draw_crops
from engine.evaluate.tokenizer import peak_signal_to_noise, perplexity, structural_similarity, tokenizer_figures
from engine.inference.prefill import patch_tokens
from engine.models.checkpoint import ImageModel
from engine.request import Box, Order, UserError

SIDES = ("left", "right", "up", "down")
KNOWN = Box(60, 50, 150, 100)


def clouds(width: int, height: int, seed: int = 0, cell: int = 4) -> np.ndarray:
    """A smooth picture without any seam: small noise, enlarged; uint8 (height, width, 3)."""
    small = np.random.default_rng(seed).integers(0, 256, (height // cell + 2, width // cell + 2, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


def test_even_ground_that_goes_on_without_painting_is_in_what_is_measured(
    model: ImageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MARGIN", 16)
    pixels = np.full((48, 64, 3), 250, np.uint8)
    pixels[16:-16, 16:-16] = clouds(32, 16)
    painted = following.painted_around(model, pixels, 1.0, seed=0)
    assert painted.known == Box(16, 16, 64, 48) and (painted.pixels[:16] == 250).all()


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    """Random weights of which every one matters."""
    return shaken(2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    rows = ["file,split"]
    for number in range(5):
        Image.fromarray(clouds(200, 80, number)).save(folder / f"{number}.png")
        rows.append(f"{number}.png,{'train' if number > 2 else 'test'}")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    return folder


# --- seams ------------------------------------------------------------------------------------------------------------


def test_a_picture_without_seam_scores_one() -> None:
    pixels = np.random.default_rng(0).normal(128, 20, (400, 600, 3)).clip(0, 255).astype(np.uint8)
    scores = seam_scores(pixels, Box(150, 100, 300, 200))
    assert all(score == pytest.approx(1, abs=0.2) for score in scores.values())
    assert seam_score_real(clouds(600, 400)).mean() == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("shift", [(12, 12, 12), (9, 0, -9), (0, 0, 20)])
def test_a_step_in_tone_or_colour_is_seen_on_its_own_side(shift: tuple[int, int, int]) -> None:
    smooth = clouds(300, 200, cell=24).astype(int) // 2 + 64
    stepped = smooth.copy()
    stepped[:, KNOWN.right :] += shift
    before, after = seam_scores(smooth.astype(np.uint8), KNOWN), seam_scores(stepped.astype(np.uint8), KNOWN)
    assert after["right"] is not None and after["right"] > 1.3
    assert all(after[side] == before[side] for side in ("left", "up", "down"))


def test_a_side_without_painted_pixels_has_no_score() -> None:
    pixels = clouds(100, 80)
    assert seam_scores(pixels, Box(0, 0, 100, 50)).keys() == set(SIDES)
    found = seam_scores(pixels, Box(0, 0, 100, 50))
    assert found["down"] is not None and [found[side] for side in ("left", "right", "up")] == [None] * 3
    beside = seam_scores(pixels[20:60, 20:90], Box(0, 0, 40, 40))
    assert beside["right"] is not None and beside["left"] is beside["up"] is beside["down"] is None
    assert set(seam_scores(pixels, Box(0, 0, 100, 80)).values()) == {None}


def test_faint_steps_in_flat_areas_do_not_explode() -> None:
    flat = np.full((64, 64, 3), 90, np.uint8)
    assert set(seam_scores(flat, Box(16, 16, 32, 32)).values()) == {0}
    flat[:, :32] += 1
    assert seam_scores(flat, Box(0, 0, 32, 64))["right"] == pytest.approx(2)  # one grey level over the floor of half


# --- likelihood -------------------------------------------------------------------------------------------------------


def test_the_first_patch_has_no_caches_and_the_others_gain_or_lose_by_them(model: ImageModel) -> None:
    grid = encode(model, draw_crops_of(model, 2))
    alone = bits_by_order(model.decoder, grid, EvalWindow(1, 1).plan(model, Order.ZETA))
    assert alone == bits_by_order(model.decoder, grid, EvalWindow(1, 1).plan(model, Order.ZETA, caches=False))
    bits = orders_bits(model, grid, EvalWindow(2, 2))
    assert set(bits) == {order.value for order in Order}
    assert all(found["with_caches"] != found["without_caches"] for found in bits.values())


def test_without_caches_every_patch_is_judged_by_itself(model: ImageModel) -> None:
    grid, side = encode(model, draw_crops_of(model, 1)), model.config.decoder.side
    whole = bits_by_order(model.decoder, grid, EvalWindow(2, 2).plan(model, Order.OMEGA, caches=False))
    patches = [p.patch for p in EvalWindow(2, 2).plan(model, Order.OMEGA).new]
    one = EvalWindow(1, 1).plan(model, Order.OMEGA)
    single = [
        bits_by_order(model.decoder, patch_tokens(grid, patch, side).view(1, side, side), one)[Order.OMEGA]
        for patch in patches
    ]
    assert whole[Order.OMEGA] == pytest.approx(np.mean(single), rel=1e-5)


def test_every_side_of_an_outpainting_is_measured_three_ways(model: ImageModel) -> None:
    bits = sides_bits(model, encode(model, draw_crops_of(model, 1)), EvalWindow(3, 3))
    assert set(bits) == set(SIDES)
    for found in bits.values():
        assert set(found) == {"recache_order", "recache_none", "without_caches"}
        assert all(np.isfinite(value) for value in found.values())
    assert any(found["recache_order"] != found["recache_none"] for found in bits.values())


def draw_crops_of(model: ImageModel, count: int) -> np.ndarray:
    size = 3 * model.config.patch_px
    return np.stack([clouds(size, size, number) for number in range(count)])


# --- tokenizer, features, copying, drift ------------------------------------------------------------------------------


def test_tokenizer_figures(model: ImageModel) -> None:
    found = tokenizer_figures(model, np.stack([clouds(64, 64, number) for number in range(2)]))
    assert found["tokens"] == 2 * 16 * 16
    assert 1 <= found["perplexity"] <= found["entries_used"] <= found["entries"] == 16
    same = clouds(40, 40)
    assert structural_similarity(same, same) == pytest.approx(1)
    assert structural_similarity(same, clouds(40, 40, 1)) < 0.5
    assert peak_signal_to_noise(same, same) == 99
    assert peak_signal_to_noise(np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)) == pytest.approx(0)
    assert perplexity(np.array([5, 5, 0, 5, 5])) == pytest.approx(4)


def test_frechet_distance_of_known_gaussians() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0, 1, (20_000, 2)), rng.normal(3, 2, (20_000, 2))
    assert frechet_distance(a, b) == pytest.approx(2 * (9 + 1), rel=0.03)  # |Δμ|² + (σa - σb)², twice
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-9)


def test_a_copy_is_nearer_to_the_training_pictures_than_a_real_picture_is() -> None:
    training, real = [clouds(160, 128, n) for n in range(3)], [clouds(128, 128, 7)]
    stolen = memorization([training[1][16:112, 32:128]], real, training)
    assert stolen["painted"] < 1e-3 and stolen["ratio"] < 0.01
    honest = memorization([clouds(96, 96, 8)], real, training)
    assert honest["ratio"] == pytest.approx(1, abs=0.3)
    assert memorization([np.zeros((64, 64, 3), np.uint8)], real, training)["ratio"] is None


def test_drift_is_told_per_channel(model: ImageModel) -> None:
    told: list[str] = []
    starts = np.stack([clouds(32, 32, 1)])
    found = drift(model, starts, 2, told.append)
    assert len(found["mean_shift"]) == len(found["deviation_shift"]) == 3 and told
    assert found == drift(model, starts, 2, told.append)
    assert np.abs(found["mean_shift"]) == pytest.approx(np.array(found["mean_shift_absolute"]))


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_report_is_whole_and_goes_through_json(
    model: ImageModel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MARGIN", 32)
    monkeypatch.setattr(following, "BLOCK", 32)
    monkeypatch.setattr(
        report, "QUICK", replace(report.QUICK, windows=1, paintings=1, links=1, crops=2, copies=True, strips=16)
    )
    told: list[str] = []
    found = json.loads(json.dumps(report.evaluate(model, folder, quick=True, tell=told.append), allow_nan=False))
    assert {"bits_per_token", "tokenizer", "seams", "frechet", "colour_drift", "copying", "seconds"} <= set(found)
    assert found["quick"] and found["held_out_pictures"] == 3 and told
    assert set(found["bits_per_token"]["four_times_wide"]["orders"]) == {order.value for order in Order}
    assert found["seams"]["known_unchanged"] and found["seams"]["real"] == pytest.approx(1, abs=0.3)
    frechet = found["frechet"]
    assert frechet["features"].startswith("FD-EffLite0") and frechet["value"] > 0 and frechet["real"] >= 0
    assert frechet["confidence"][0] <= frechet["value"] <= frechet["confidence"][1]
    assert frechet["count"]["painted"] > 1 and found["fvd"] == "not computed (not a model for films)"
    assert frechet["block"]["pictures"] == 16 and frechet["block"]["places"] == 3 and frechet["block"]["value"] > 0
    assert found["copying"]["training_pictures"] == 2
    assert all(found["following"][way]["frechet"] > 0 for way in ("with", "without"))
    for name in ("fid", "kid", "inception_score", "block_fid", "clip_sim"):
        assert found[name] == "not computed (needs weight files)"


def test_a_folder_without_large_enough_pictures_is_told(model: ImageModel, tmp_path: Path) -> None:
    Image.fromarray(clouds(40, 40)).save(tmp_path / "small.png")
    with pytest.raises(UserError, match="48 px"):
        report.evaluate(model, tmp_path)


def test_crops_come_from_all_pictures_and_are_the_same_every_time(folder: Path) -> None:
    pictures = load_folder(folder, "test")
    crops = draw_crops(pictures, 50, 30, 6, seed=1)
    assert crops.shape == (6, 30, 50, 3)
    assert (crops == draw_crops(pictures, 50, 30, 6, seed=1)).all()
    assert draw_crops(pictures, 500, 30, 6).shape == (0, 30, 500, 3)
