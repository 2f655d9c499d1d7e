"""The sky of a still is found whole, with what stands before it at rest."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.inference.sky import sky_of_still

HEIGHT, WIDTH, HORIZON = 192, 288, 110
LIBRARY = Path(__file__).parents[3] / "resources" / "library"


def landscape(ridge: np.ndarray | None = None) -> np.ndarray:
    """A blue sky with pale clouds over a rough dark ground, whose upper edge is a row for each column."""
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    clouds = np.sin(columns / 23 + np.sin(rows / 9)) * np.cos(rows / 14) > 0.3
    sky = np.where(clouds[..., None], (225, 222, 214), (120, 150, 195)) + rng.integers(-4, 5, (HEIGHT, WIDTH, 1))
    ground = np.array((70, 66, 38)) + rng.integers(-30, 31, (HEIGHT, WIDTH, 1))
    below = rows >= (np.full(WIDTH, HORIZON) if ridge is None else ridge)
    return np.where(below[..., None], ground, sky).clip(0, 255).astype(np.uint8)


def of(pixels: np.ndarray) -> np.ndarray:
    share = sky_of_still(pixels)
    assert share is not None and share.dtype == np.float32 and share.shape == pixels.shape[:2]
    return share


def test_sky_goes_down_to_the_horizon_and_no_further() -> None:
    share = of(landscape())
    assert (share[: HORIZON - 4] > 0.95).mean() > 0.99
    assert share[HORIZON + 3 :].max() == 0


def test_the_edge_follows_a_ridge_of_hills() -> None:
    """No steps of a coarse grid are left in it; slivers of sky between a cloud and the ridge may rest with it."""
    ridge = (HORIZON - 40 * np.exp(-(((np.arange(WIDTH) - 120) / 35.0) ** 2))).round().astype(int)
    depth = (of(landscape(ridge)) > 0.5).sum(0)
    assert (depth <= ridge + 1).all() and np.abs(depth - ridge).max() <= 8 and np.abs(depth - ridge).mean() < 1


def test_a_glow_without_an_edge_belongs_to_the_sky() -> None:
    """Above the horizon it has colours that are nowhere else in the sky."""
    rows = np.clip(np.arange(HEIGHT) / HORIZON, 0, 1)[:, None, None]
    glow = (np.array((90, 110, 150)) * (1 - rows) + np.array((250, 190, 90)) * rows).repeat(WIDTH, 1)
    picture = np.where((np.arange(HEIGHT) >= HORIZON)[:, None, None], landscape(), glow.astype(np.uint8))
    share = of(picture)
    assert share[: HORIZON - 4].min() > 0.95 and share[HORIZON + 3 :].max() == 0


@pytest.mark.parametrize("paint", [(45, 35, 25), (215, 180, 90)])
def test_masts_rest_whole_and_what_is_beside_them_drifts(paint: tuple[int, int, int]) -> None:
    """Upright, oblique and thin ones, of a colour of the ground or of one that is nowhere else."""
    picture = landscape()
    for row in range(40, HORIZON):
        picture[row, 60:63] = picture[row, 150 + (HORIZON - row) // 2 :][:2] = paint
    share = of(picture)
    masts = np.zeros((HEIGHT, WIDTH), bool)
    for row in range(46, HORIZON):
        masts[row, 61] = masts[row, 150 + (HORIZON - row) // 2] = True
    assert share[masts].max() < 0.1
    assert share[50:95, 70:140].min() > 0.9 and share[50:95, 200:].min() > 0.9


def test_birds_drift_with_the_sky() -> None:
    picture = landscape()
    picture[30:33, 100:108] = (30, 28, 25)
    assert of(picture)[25:40, 95:115].min() > 0.95


def test_a_sky_that_is_nearly_all_of_a_still_is_found() -> None:
    share = of(landscape(np.full(WIDTH, HEIGHT * 5 // 6)))
    assert share[: HEIGHT * 5 // 6 - 4].mean() > 0.98 and share[HEIGHT * 5 // 6 + 3 :].max() == 0


@pytest.mark.parametrize("upper", [0, 60])
def test_pictures_without_a_sky_have_none(upper: int) -> None:
    """Nothing but rough ground, of one colour or of two."""
    rough = np.random.default_rng(1).integers(0, 90, (HEIGHT, WIDTH, 1)) + np.array((60, 70, 30))
    rough[:upper] += 4
    assert sky_of_still(rough.astype(np.uint8)) is None


@pytest.mark.parametrize(
    ("title", "drifts", "rests"),
    [
        ("Kalme zee", [(0.2, 0.2), (0.8, 0.1), (0.5, 0.4)], [(0.588, 0.36), (0.59, 0.45), (0.6, 0.72), (0.3, 0.9)]),
        ("Whaler", [(0.1, 0.1), (0.6, 0.3), (0.97, 0.25)], [(0.373, 0.23), (0.869, 0.352), (0.2, 0.6), (0.8, 0.8)]),
        ("Worcester Cathedral", [(0.2, 0.3), (0.9, 0.2), (0.5, 0.1)], [(0.627, 0.25), (0.95, 0.45), (0.5, 0.9)]),
    ],
)
def test_paintings(title: str, drifts: list[tuple[float, float]], rests: list[tuple[float, float]]) -> None:
    """Places, in shares of width and height, that an eye can tell."""
    rows = csv.DictReader((LIBRARY / "index.csv").read_text("utf-8").splitlines())
    name = next(row["file"] for row in rows if row["title"].startswith(title))
    picture = Image.open(LIBRARY / name).convert("RGB")
    picture.thumbnail((512, 512))
    share = of(np.asarray(picture))
    at = [[share[int(y * picture.height), int(x * picture.width)] for x, y in some] for some in (drifts, rests)]
    assert min(at[0]) > 0.9 and max(at[1]) < 0.1
