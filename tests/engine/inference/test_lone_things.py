"""Lone things of small pictures: a ship on the sea is found, the sea is not, nor is a ship that the border cuts."""

import numpy as np
import pytest

from engine.inference.lone_things import lone_things
from engine.models.vqgan import VOID

ROWS, COLUMNS, TOKEN = 16, 25, 8  # of a picture of 200×128 px
SHIP = np.s_[56:96, 64:136]


def at_sea(ship: tuple[slice, slice] | None = SHIP) -> np.ndarray:
    """Waves that grow darker downwards, and a ship of many colours on them, uint8 (128, 200, 3)."""
    rng = np.random.default_rng(3)
    tone = np.linspace(150, 90, ROWS * TOKEN)[:, None, None]
    picture = tone + rng.normal(0, 8, (ROWS * TOKEN, COLUMNS * TOKEN, 1)) + np.array([-20, 0, 20])
    if ship:
        planks = rng.integers(0, 255, (ROWS, COLUMNS, 3)).repeat(TOKEN, 0).repeat(TOKEN, 1)
        picture[ship] = planks[ship]
    return picture.clip(0, 255).astype(np.uint8)


def found(picture: np.ndarray, beyond: np.ndarray | None = None) -> np.ndarray:
    """What is found where it is painted on to the right; latents are mean colours. beyond: tokens not known."""
    mean = picture.reshape(ROWS, TOKEN, COLUMNS, TOKEN, 3).mean((1, 3)).reshape(-1, 3)
    table = np.pad((mean - 128) / 64, ((0, 0), (0, 1))).astype(np.float32)
    tokens = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
    usable = np.ones((ROWS, COLUMNS), bool)
    if beyond is not None:
        tokens, usable = np.where(beyond, VOID, tokens), ~beyond
    painted = np.zeros((ROWS, COLUMNS), bool)
    painted[:, -1] = True
    return lone_things(picture, tokens, usable, painted, table)


def test_a_ship_is_found_and_the_sea_farther_off_is_not() -> None:
    lone = found(at_sea())
    assert lone.shape == (128, 200)
    assert lone[SHIP].mean() > 0.95
    around = np.ones(lone.shape, bool)
    around[SHIP[0].start - 16 : SHIP[0].stop + 16, SHIP[1].start - 16 : SHIP[1].stop + 16] = False
    assert not lone[around].any()


@pytest.mark.parametrize("ship", [None, np.s_[56:96, 136:200], np.s_[8:120, 16:184]])
def test_nothing_is_found_where_it_has_to_go_on_or_is_the_picture(ship: tuple[slice, slice] | None) -> None:
    """Plain sea; a ship that the border cuts; a ship that is nearly all there is."""
    assert not found(at_sea(ship)).any()


def test_what_is_not_known_is_no_thing() -> None:
    beyond = np.zeros((ROWS, COLUMNS), bool)
    beyond[4:9, 3:8] = True
    assert not found(at_sea(None), beyond).any()
