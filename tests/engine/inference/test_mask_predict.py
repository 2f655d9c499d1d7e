"""Previews (paper, Table 7a): all tokens of a patch at once, in rounds or in one; never the default."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from engine.config import PRESETS
from engine.inference.mask_predict import ROUNDS, draw_at_once
from engine.inference.paint import paint, paint_all, paint_frames
from engine.models.checkpoint import ImageModel, load_model
from engine.models.vqgan import VOID
from engine.planning.windows import window_plan
from engine.request import Box, Extent, KnownPicture, Order, PaintedPatch, PaintRequest, PatchPainted, Prompt, UserError
from engine.training.recipe import train_recipe
from engine.training.teacher_forcing import IGNORE_INDEX, mask_all, mask_random, teacher_forcing

TINY = PRESETS["tiny"]
M = TINY.decoder.tokens
TARGET = Box(0, 0, 3 * TINY.patch_px, 2 * TINY.patch_px)
LOCALS: tuple[Literal["mask_predict", "parallel"], ...] = ("mask_predict", "parallel")


@pytest.fixture(scope="module")
def masked(shaken: Callable[..., ImageModel]) -> ImageModel:
    config = replace(TINY, decoder=replace(TINY.decoder, extent=Extent(1, 1, 1), masked=True))
    return shaken(5, dtype=torch.float64, config=config)


def asked(local: Literal["ar", "mask_predict", "parallel"], frames: int = 1) -> PaintRequest:
    pixels = np.random.default_rng(1).integers(0, 256, (TINY.patch_px, TINY.patch_px, 3), dtype=np.uint8)
    return PaintRequest(TARGET, (KnownPicture(Box(0, 0, *pixels.shape[1::-1]), pixels),), frames=frames, local=local)


def test_a_masked_decoder_sees_all_that_is_not_hidden(masked: ImageModel) -> None:
    """Whatever token changes, the logits at all places do; a hidden one has no value to change."""
    tokens, orders = torch.randint(16, (1, M)), torch.zeros(1, dtype=torch.int64)
    before, _ = masked.decoder(tokens, orders)
    for place in (0, M - 1):
        other = tokens.clone()
        other[0, place] = (tokens[0, place] + 1) % 16
        assert ((masked.decoder(other, orders)[0] - before).abs().amax(-1) > 0).all()
        other[0, place] = VOID
        assert ((masked.decoder(other, orders)[0] - before).abs().amax(-1) > 0).all()


@pytest.mark.parametrize("local", LOCALS)
def test_previews_are_the_same_under_any_schedule_and_after_a_stop(masked: ImageModel, local) -> None:
    request = asked(local, frames=2)
    whole = paint_frames(request, masked)
    assert np.array_equal(paint_frames(request, masked, width=1), whole)
    done = [PaintedPatch(e.patch, e.tokens) for e in paint(request, masked) if isinstance(e, PatchPainted)]
    assert np.array_equal(paint_frames(replace(request, painted=tuple(done[:4])), masked), whole)
    known = request.known[0]
    assert np.array_equal(whole[0][known.box.slices(TARGET)], known.pixels)


def test_rounds_matter_and_words_do(masked: ImageModel) -> None:
    pictures = [paint_all(asked(local), masked) for local in LOCALS]
    assert (pictures[0] != pictures[1]).any()
    worded = replace(asked("mask_predict"), prompts=(Prompt("winter"),))
    guided = paint_all(replace(worded, guidance=4.0), masked)
    assert (paint_all(worded, masked) != pictures[0]).any() and (guided != pictures[0]).any()


@pytest.mark.parametrize("local", LOCALS)
def test_forced_tokens_stay_and_none_is_left_hidden(masked: ImageModel, local) -> None:
    forced = torch.full((2, M), VOID)
    forced[0, :5], forced[1] = 3, 7
    noise = torch.rand(2, M, 16, dtype=torch.float64)
    orders, rounds = torch.tensor([0, 2]), []
    tokens, nats = draw_at_once(
        masked.decoder, orders, None, None, forced, noise, ROUNDS[local], 1.0, (1.0, 0, 1.0, 0.0),
        lambda: rounds.append(1),
    )  # fmt: skip
    assert (tokens[0, :5] == 3).all() and (tokens[1] == 7).all() and (tokens >= 0).all()
    assert len(rounds) == ROUNDS[local] and (nats > 0).all()


def test_each_kind_of_model_refuses_what_it_did_not_learn(
    masked: ImageModel, shaken: Callable[..., ImageModel]
) -> None:
    assert PaintRequest(TARGET).local == "ar"
    with pytest.raises(UserError, match="previews alone"):
        paint_all(asked("ar"), masked)
    with pytest.raises(UserError, match="one token after another"):
        paint_all(asked("parallel"), shaken(5))


def test_what_is_shown_is_no_target(masked: ImageModel) -> None:
    grid = torch.randint(16, (2, 2 * TINY.decoder.side, 2 * TINY.decoder.side))
    window = window_plan(2, Extent(1, 1, 1), Order.OMEGA)
    targets = torch.cat([t for _, _, t in teacher_forcing(masked.decoder, window, grid)])
    assert (targets == IGNORE_INDEX).any() and (targets != IGNORE_INDEX).any(1).all()
    assert all((t != IGNORE_INDEX).all() for _, _, t in teacher_forcing(masked.decoder, window, grid, mask_fn=mask_all))
    hidden = (mask_random(torch.zeros(4000, M, dtype=torch.int64)) == VOID).sum(1)
    assert hidden.min() == 1 and hidden.max() == M


def test_what_is_shown_tells_what_is_hidden() -> None:
    """Patches of one token each: with all hidden it is a guess among 16 (4 bits), with one shown it is known."""
    decoder = ImageModel.fresh(replace(TINY, decoder=replace(TINY.decoder, text=None, masked=True)), seed=1).decoder
    learning, window = torch.optim.AdamW(decoder.parameters(), 1e-2), window_plan(1, TINY.decoder.extent, Order.OMEGA)

    def nats(veil: Callable[[Tensor], Tensor]) -> Tensor:
        grid = torch.randint(16, (32, 1, 1)).expand(-1, TINY.decoder.side, TINY.decoder.side)
        [(_, logits, targets)] = teacher_forcing(decoder, window, grid, mask_fn=veil)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())

    for _ in range(200):
        loss = nats(mask_random)
        learning.zero_grad()
        loss.backward()
        learning.step()
    one_shown = nats(lambda tokens: tokens.index_fill(1, torch.arange(1, M), VOID))
    assert one_shown < 0.3 and nats(mask_all) > 2.5


def test_a_recipe_teaches_previews(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for n in range(3):
        pixels = np.random.default_rng(n).integers(0, 256, (96, 96, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(data / f"{n}.png")
    (data / "manifest.csv").write_text("file,split\n0.png,train\n1.png,train\n2.png,test\n")
    recipe = tmp_path / "preview.toml"
    recipe.write_text(
        'name = "preview"\npreset = "tiny"\n[decoder]\nmasked = true\n'
        '[[stage]]\nkind = "decoder"\nsteps = 2\nbatch = 2\nheld_out = 2\nreport_every = 1\nsheet_every = 1\n'
    )
    model = load_model(str(train_recipe(recipe, tmp_path / "run", data, "cpu")), "cpu")
    assert model.config.decoder.masked
    assert paint_all(asked("parallel"), model).shape == (TARGET.height, TARGET.width, 3)
