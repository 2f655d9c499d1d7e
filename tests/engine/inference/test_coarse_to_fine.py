"""Forms made whole: a landscape of a sky over a ground, with towers that stand on it."""

import numpy as np

from engine.inference.coarse_to_fine import CoarseToFine
from engine.inference.patch_match import STEP

HEIGHT, WIDTH, NEW = 96, 240, 120  # what lies right of NEW is free
SKY, GROUND, TOWER = 200.0, 60.0, 120.0


def landscape() -> np.ndarray:
    picture = np.full((HEIGHT, WIDTH, 3), SKY, np.float32)
    picture[64:] = GROUND
    picture[40:64, 40:52] = TOWER
    return picture + np.random.default_rng(0).normal(0, 2, picture.shape).astype(np.float32)


def made_whole(sketch: np.ndarray, offset: tuple[int, int] = (0, -NEW)) -> tuple[np.ndarray, np.ndarray]:
    known = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW
    free = ~known[::STEP, ::STEP]
    offsets = np.zeros((*free.shape, 2), np.int64)
    offsets[free] = offset
    forms = CoarseToFine(landscape(), known, known, least=16)
    return forms.make_whole(sketch, np.where(known, 4, 1).astype(np.float32), free, offsets, seed=1)


def test_a_piece_that_floats_is_gone() -> None:
    sketch = landscape()
    sketch[16:28, 176:188] = TOWER  # with no ground below it
    whole, offsets = made_whole(sketch)
    assert np.abs(whole[12:32, 170:194] - SKY).mean() < 6
    rows, columns = np.mgrid[:HEIGHT:STEP, :WIDTH:STEP]
    to = np.stack([rows, columns], 2) + offsets
    assert to[:, NEW // STEP :, 1].max() <= NEW - STEP and to.min() >= 0  # from what is known alone


def test_what_the_border_cuts_goes_on() -> None:
    sketch = landscape()
    sketch[40:64, NEW - 6 : NEW] = TOWER  # half of a tower, and sky beside it
    whole, _ = made_whole(sketch)
    assert np.abs(whole[44:60, NEW : NEW + 4] - TOWER).mean() < 40


def test_what_has_its_like_stays_as_it_was_sketched() -> None:
    sketch = landscape()
    sketch[40:64, NEW + 40 : NEW + 52] = TOWER
    whole, _ = made_whole(sketch)
    assert np.abs(whole - sketch).mean() < 4 and np.abs(whole[44:60, NEW + 42 : NEW + 50] - TOWER).mean() < 20
    assert (whole[:, :NEW] == sketch[:, :NEW]).all()


def test_nothing_free_changes_nothing() -> None:
    sketch = landscape()
    forms = CoarseToFine(sketch, np.ones((HEIGHT, WIDTH), bool), np.ones((HEIGHT, WIDTH), bool), least=16)
    none = np.zeros((HEIGHT // STEP, WIDTH // STEP), bool)
    offsets = np.zeros((*none.shape, 2), np.int64)
    whole, found = forms.make_whole(sketch, np.ones((HEIGHT, WIDTH), np.float32), none, offsets, seed=1)
    assert (whole == sketch).all() and (found == 0).all()
