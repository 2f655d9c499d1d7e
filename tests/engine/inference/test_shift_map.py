"""Pieces that fit together: a landscape of a sky over a ground, with a tower that stands on it."""

import numpy as np

from engine.inference.coarse_to_fine import all_set, means
from engine.inference.patch_match import STEP
from engine.inference.shift_candidates import closer
from engine.inference.shift_costs import IN_VIEW, REFERENCES, SMALLER, Charges, Source, Tokens
from engine.inference.shift_map import ShiftMap
from engine.inference.verbatim import verbatim
from tests.engine.inference import towers
from tests.engine.inference.towers import GROUND, SKY, TOWER

HEIGHT, WIDTH, NEW = 256, 640, 320  # what lies right of NEW is free
STANDING = slice(96, 160)  # rows of the tower


def landscape() -> np.ndarray:
    return towers.landscape(HEIGHT, WIDTH, (STANDING, slice(100, 140)))


def arranged(
    sketch: np.ndarray, known: np.ndarray | None = None, begun: int = -NEW, charges: Charges = IN_VIEW
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """What a sketch becomes, and the shifts of its blocks.

    begun: the columns that they are moved by at first, where these lead to what is known.
    """
    known = landscape() if known is None else known
    fixed = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW
    free = ~fixed[::STEP, ::STEP]
    shifts = np.zeros((*free.shape, 2), np.int64)
    shifts[..., 1] = np.where(np.arange(0, WIDTH, STEP) + begun < NEW - STEP, begun, -NEW) * free
    offsets = ShiftMap(known, fixed, least=16, charges=charges).arrange(sketch, fixed, free, shifts)
    y, x = (axis * STEP + offset for axis, offset in zip(np.nonzero(free), offsets[free].T, strict=True))
    assert y.min() >= 0 and x.min() >= 0 and y.max() <= HEIGHT - STEP and x.max() <= NEW - STEP
    picture = sketch.copy()
    for row, column, from_row, from_column in zip(*np.nonzero(free), y, x, strict=True):
        target = slice(row * STEP, row * STEP + STEP), slice(column * STEP, column * STEP + STEP)
        picture[target] = known[from_row : from_row + STEP, from_column : from_column + STEP]
    return picture, offsets


def test_a_piece_that_floats_is_gone() -> None:
    sketch = landscape()
    sketch[32:48, 470:486] = TOWER  # with no ground below it
    whole, _ = arranged(sketch)
    assert np.abs(whole[32:48, 470:486] - SKY).mean() < 6


def test_what_the_border_cuts_goes_on() -> None:
    sketch = landscape()
    sketch[STANDING, NEW - 20 : NEW] = TOWER  # half of a tower, and sky beside it
    whole, _ = arranged(sketch)
    assert np.abs(whole[104:152, NEW : NEW + 12] - TOWER).mean() < 40


def test_no_piece_is_a_copy() -> None:
    _, offsets = arranged(landscape())  # as it stands, it is one piece of the known picture
    tokens = offsets[::SMALLER, ::SMALLER]
    copied, _ = verbatim(
        tokens, np.arange(tokens.shape[1])[None].repeat(len(tokens), 0) >= NEW // STEP // SMALLER, IN_VIEW.most
    )
    assert copied.mean() < 0.05


def test_one_token_and_one_row_of_tokens_have_no_neighbours_in_some_direction() -> None:
    known, fixed = landscape(), np.ones((HEIGHT, WIDTH), bool)
    free = np.zeros((HEIGHT // STEP, WIDTH // STEP), bool)
    pieces = ShiftMap(known, fixed, least=16)
    for many in (2, 8):
        free[16:18, 40 : 40 + many] = True
        offsets = pieces.arrange(known, ~free.repeat(STEP, 0).repeat(STEP, 1), free, np.zeros((*free.shape, 2), int))
        assert (offsets[free] != 0).any(1).all() and not offsets[~free].any()


def test_nothing_free_and_nothing_to_take_change_nothing() -> None:
    every, begun = np.ones((HEIGHT, WIDTH), bool), np.full((HEIGHT // STEP, WIDTH // STEP, 2), 7)
    pieces = ShiftMap(landscape(), every, least=16)
    assert (pieces.arrange(landscape(), every, np.zeros(begun.shape[:2], bool), begun) == begun).all()
    pieces = ShiftMap(landscape(), ~every, least=16)
    assert (pieces.arrange(landscape(), ~every, np.ones(begun.shape[:2], bool), begun) == begun).all()


def test_what_stands_beside_does_not_come_again() -> None:
    planks = 40.0 * (np.arange(40) % 16 < 8)[None, :, None]  # of a fence, close to the border
    known = landscape()
    known[STANDING, NEW - 60 : NEW - 20] -= planks
    sketch = known.copy()
    sketch[STANDING, NEW + 60 : NEW + 100] -= planks  # the model has painted another one
    spread = {}
    for charges in (IN_VIEW, REFERENCES):
        whole, _ = arranged(sketch, known, -120, charges)
        spread[charges] = whole[104:152, NEW + 60 : NEW + 100].std()
    assert spread[REFERENCES] > 15, "what nobody sees beside it may be shown again"
    assert spread[IN_VIEW] < 6


def test_of_two_that_show_the_same_the_one_inside_is_charged() -> None:
    fixed, picture = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW, landscape()
    picture[:, 20:60] -= 40.0 * (np.arange(40) % 16 < 8)[None, :, None]
    known = Source(picture, fixed, 16, IN_VIEW)
    free = ~fixed[:: STEP * SMALLER, :: STEP * SMALLER]
    tokens = Tokens(known, means(picture, SMALLER), all_set(fixed, SMALLER), free)
    far = tokens.columns >= (NEW + 100) // STEP // SMALLER
    shifts = np.zeros((len(far), 2), np.int64)
    shifts[:, 1] = np.where(far, -NEW - 80, -NEW + 20) // SMALLER  # both beginnings show the planks
    charged = tokens.twice(shifts, np.zeros((*free.shape, 2), np.int64))
    place = tokens.x + shifts[:, 1]
    planks = (place >= 20 // SMALLER) & (place < 56 // SMALLER)
    assert charged[far & planks].min() > 100
    assert charged[~far & planks].max() < 5  # as plain ground is


def test_a_single_place_at_odd_pixels_is_no_trouble() -> None:
    usable = np.zeros((HEIGHT, WIDTH), bool)
    usable[34:42, 66:74] = True  # a block of the smaller size, at 17 and 33
    fixed, free = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW, np.zeros((HEIGHT // STEP, WIDTH // STEP), bool)
    free[:, NEW // STEP :] = True
    offsets = ShiftMap(landscape(), usable, least=16).arrange(landscape(), fixed, free, np.zeros((*free.shape, 2), int))
    assert (offsets[~free] == 0).all()


def test_shifts_that_lead_nowhere_are_no_trouble() -> None:
    usable = np.zeros((HEIGHT, WIDTH), bool)
    usable[:16, :16] = True
    fixed, free = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW, np.zeros((HEIGHT // STEP, WIDTH // STEP), bool)
    free[:, NEW // STEP :] = True
    for begun in (-2 * WIDTH, 2 * WIDTH):
        offsets = ShiftMap(landscape(), usable, least=16).arrange(
            landscape(), fixed, free, np.full((*free.shape, 2), begun)
        )
        assert offsets.shape == (*free.shape, 2)


def test_where_pieces_part_a_place_is_found_that_goes_over() -> None:
    picture, columns = np.full((HEIGHT, WIDTH, 3), SKY, np.float32), np.arange(WIDTH)
    picture[np.arange(HEIGHT)[:, None] >= np.interp(columns, [96, 144], [160, 112])] = GROUND  # a slope leads up
    fixed = np.arange(WIDTH)[None].repeat(HEIGHT, 0) < NEW
    free = ~fixed[:: STEP * SMALLER, :: STEP * SMALLER]
    tokens = Tokens(Source(picture, fixed, 16, IN_VIEW), means(picture, SMALLER), all_set(fixed, SMALLER), free)
    cliff = NEW // SMALLER + 80
    found = np.zeros((*free.shape, 2), np.int64)
    found[free, 1] = np.where(tokens.x < cliff, -NEW // SMALLER - 60, -NEW // SMALLER + 40)  # low land, then high land
    parted = tokens.parted(found)
    assert (parted > 5000).any() and (np.abs(tokens.x[parted > 300] - cliff) <= STEP).all()
    at_foot = np.flatnonzero((parted > 5000) & (tokens.x < cliff))
    column = (tokens.x[at_foot, None] + closer(tokens, found)[at_foot, :, 1]) * SMALLER
    assert ((column >= 88) & (column < 152)).any(1).all(), "each may try a place on the slope"
    assert not ((column[:, 0] >= 88) & (column[:, 0] < 152)).any(), "which it did not come from"
