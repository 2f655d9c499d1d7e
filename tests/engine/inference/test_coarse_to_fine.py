"""Forms made whole: a landscape of a sky over a ground, with a tower that stands on it."""

import numpy as np

from engine.inference.coarse_to_fine import CoarseToFine
from engine.inference.patch_match import STEP
from tests.engine.inference import towers
from tests.engine.inference.towers import SKY, TOWER

HEIGHT, WIDTH, NEW = 384, 960, 480  # what lies right of NEW is free
STANDING = slice(160, 256)  # rows of the tower


def landscape() -> np.ndarray:
    return towers.landscape(HEIGHT, WIDTH, (STANDING, slice(160, 208)))


def made_whole(sketch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    known = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW
    free = ~known[::STEP, ::STEP]
    offsets = np.zeros((*free.shape, 2), np.int64)
    offsets[free] = (0, -NEW)
    forms = CoarseToFine(landscape(), known, known, least=16)
    return forms.make_whole(sketch, np.where(known, 4, 1).astype(np.float32), free, offsets, seed=1)


def test_a_piece_that_floats_is_gone() -> None:
    sketch = landscape()
    sketch[64:112, 704:752] = TOWER  # with no ground below it
    whole, offsets = made_whole(sketch)
    assert np.abs(whole[48:128, 680:776] - SKY).mean() < 6
    rows, columns = np.mgrid[:HEIGHT:STEP, :WIDTH:STEP]
    to = np.stack([rows, columns], 2) + offsets
    assert to[:, NEW // STEP :, 1].max() <= NEW - STEP and to.min() >= 0  # from what is known alone


def test_what_the_border_cuts_goes_on() -> None:
    sketch = landscape()
    sketch[STANDING, NEW - 24 : NEW] = TOWER  # half of a tower, and sky beside it
    whole, _ = made_whole(sketch)
    assert np.abs(whole[176:240, NEW : NEW + 16] - TOWER).mean() < 40


def test_what_has_its_like_stays_as_it_was_sketched() -> None:
    sketch = landscape()
    sketch[STANDING, NEW + 160 : NEW + 208] = TOWER
    whole, _ = made_whole(sketch)
    assert np.abs(whole - sketch).mean() < 4 and np.abs(whole[176:240, NEW + 168 : NEW + 200] - TOWER).mean() < 20
    assert (whole[:, :NEW] == sketch[:, :NEW]).all()


def test_nothing_free_changes_nothing() -> None:
    sketch, every = landscape(), np.ones((HEIGHT, WIDTH), bool)
    none = np.zeros((HEIGHT // STEP, WIDTH // STEP), bool)
    offsets = np.zeros((*none.shape, 2), np.int64)
    forms = CoarseToFine(sketch, every, every, least=16)
    whole, found = forms.make_whole(sketch, every.astype(np.float32), none, offsets, seed=1)
    assert (whole == sketch).all() and (found == 0).all()
