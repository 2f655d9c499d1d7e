"""Motion compensation: what wanders by whole tokens is found and carried along, what rests stays, bounded in reach."""

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.models.motion_compensation import BORDER, REACH, WAYS, came_from, carried

SIDE = 24
ALL = torch.ones(1, 1, SIDE, SIDE, dtype=torch.bool)


def latents(seed: int = 0) -> Tensor:
    return torch.from_numpy(np.random.default_rng(seed).choice([-1.5, -0.5, 0.5, 1.5], (1, 4, SIDE, SIDE)))


@pytest.mark.parametrize("way", WAYS)
def test_what_wanders_is_found_and_its_pixels_go_along(way: tuple[int, int]) -> None:
    before, pixels = latents(), torch.rand(1, 3, 4 * SIDE, 4 * SIDE)
    ways = came_from(before.roll(way, (2, 3)), before, ALL, ALL)
    inner = slice(REACH, SIDE - REACH)
    assert (ways[:, inner, inner] == WAYS.index(way)).all()
    wide = slice(4 * REACH, -4 * REACH)
    moved = pixels.roll((4 * way[0], 4 * way[1]), (2, 3))
    assert torch.equal(carried(pixels, ways, 4)[..., wide, wide], moved[..., wide, wide])


def test_some_wrong_tokens_change_nothing() -> None:
    before = latents()
    now = torch.where(torch.rand(1, 1, SIDE, SIDE) < 0.3, latents(1), before.roll(-1, 3))
    inner = slice(REACH, SIDE - REACH)
    assert (came_from(now, before, ALL, ALL)[:, inner, inner] == WAYS.index((0, -1))).float().mean() > 0.95


def test_where_all_is_alike_nothing_moves() -> None:
    plain = torch.full((1, 4, SIDE, SIDE), 0.5)
    assert (came_from(plain, plain, ALL, ALL) == 0).all()
    assert (came_from(latents(1), latents(2), ALL, torch.zeros_like(ALL)) == 0).all(), "nothing is known before"


def test_nothing_goes_where_it_rests_or_comes_from_there() -> None:
    before = latents()
    now, rests = before.roll(1, 3), torch.zeros(1, SIDE, SIDE, dtype=torch.bool)
    rests[..., : SIDE // 2] = True
    ways = came_from(now, before, ALL, ALL, rests)
    assert (ways[rests] == 0).all()
    beside = SIDE // 2 + BORDER + 1
    assert (ways[..., SIDE // 2 : beside] != WAYS.index((0, 1))).all()
    assert (ways[:, REACH:-REACH, beside:-REACH] == WAYS.index((0, 1))).all()
    back = came_from(before.roll(-1, 3), before, ALL, ALL, rests)
    assert (back[:, REACH:-REACH, SIDE // 2 : -REACH] == WAYS.index((0, -1))).all(), "what goes towards it may"


def test_what_lies_where_a_picture_ends_is_not_carried_away_from_there() -> None:
    """It was painted beside nothing: gone on with, its edge would come again with every token."""
    before, known = latents(), ALL.clone()
    known[..., SIDE // 2 :] = False
    ways = came_from(before.roll(-1, 3), before, known, known)
    edge = SIDE // 2 - BORDER - 1
    assert (ways[..., edge:] == 0).all()
    assert (ways[:, REACH:-REACH, REACH:edge] == WAYS.index((0, -1))).all()


def test_it_depends_on_the_reach_alone() -> None:
    before, now = latents(), latents(3)
    part = slice(2, SIDE - 3)
    known = ALL[..., part, part]
    whole = came_from(now, before, ALL, ALL)[:, part, part]
    cut = came_from(now[..., part, part], before[..., part, part], known, known)
    inner = slice(REACH, -REACH)
    assert torch.equal(cut[:, inner, inner], whole[:, inner, inner])
