"""The guide of PG-VQGAN: what a fresh one leaves alone, how far it sees, and what it may never keep."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.config import PRESETS, GuideConfig
from engine.datasets.video_clips import ClipSampler, TrainingFilm
from engine.models.checkpoint import ImageModel
from engine.models.pg_vqgan import Guide, GuideEncoder, decode_guided
from engine.models.vqgan import VOID, VQGAN
from engine.training.pg_vqgan import GuideTraining, train_guide
from engine.training.trainer import Budget

TINY = replace(PRESETS["tiny"], guide=GuideConfig(tuple(8 for _ in PRESETS["tiny"].tokenizer.widths)))
SIDE = 24  # tokens


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    return shaken(3, dtype=torch.float64, config=TINY)


@pytest.fixture
def parts(model: ImageModel) -> tuple[VQGAN, GuideEncoder]:
    assert isinstance(model.tokenizer, VQGAN) and model.guide
    torch.manual_seed(1)
    return model.tokenizer, GuideEncoder(GuideConfig((8, 8)), TINY.tokenizer, len(TINY.tokenizer.levels)).double()


@pytest.fixture
def frames(parts: tuple[VQGAN, GuideEncoder]) -> tuple[Tensor, Guide]:
    rng, c = np.random.default_rng(2), TINY.tokenizer.compression
    tokens, before = (torch.from_numpy(rng.integers(0, 40, (1, SIDE, SIDE))) for _ in range(2))
    pixels = torch.from_numpy(rng.uniform(-1, 1, (1, 3, SIDE * c, SIDE * c)))
    return tokens, Guide(pixels, before)


def shake(guide: GuideEncoder) -> None:
    for parameter in guide.parameters():
        parameter.data.add_(0.1 * torch.randn_like(parameter))


@torch.no_grad()
def test_a_fresh_guide_changes_nothing_to_the_bit(
    parts: tuple[VQGAN, GuideEncoder], frames: tuple[Tensor, Guide]
) -> None:
    net, guide = parts
    tokens, before = frames
    assert torch.equal(decode_guided(net, guide, tokens, before), net.decode(tokens))


@torch.no_grad()
def test_a_part_with_both_halos_equals_the_whole(
    parts: tuple[VQGAN, GuideEncoder], frames: tuple[Tensor, Guide]
) -> None:
    net, guide = parts
    shake(guide)
    tokens, before = frames
    c, halo, side = net.config.compression, net.halo + guide.halo, 2
    first = (SIDE - side) // 2
    assert halo <= first
    part, inner = slice(first - halo, first + side + halo), slice(halo * c, (halo + side) * c)
    wide = slice(part.start * c, part.stop * c)
    cut = Guide(before.pixels[..., wide, wide], before.tokens[:, part, part])
    whole = decode_guided(net, guide, tokens, before)[
        ..., first * c : (first + side) * c, first * c : (first + side) * c
    ]
    assert (decode_guided(net, guide, tokens[:, part, part], cut)[..., inner, inner] - whole).abs().max() < 1e-9


@torch.no_grad()
def test_pixels_are_kept_only_where_both_frames_are_known(
    parts: tuple[VQGAN, GuideEncoder], frames: tuple[Tensor, Guide]
) -> None:
    net, guide = parts
    guide.keep.bias.data.fill_(1.0)  # type: ignore[union-attr]
    tokens, before = frames
    known, c = before.tokens.clone(), net.config.compression
    known[:, :, : SIDE // 2] = VOID
    painted = decode_guided(net, guide, tokens, Guide(before.pixels, known))
    edge = SIDE // 2 * c
    assert torch.equal(painted[..., :edge], net.decode(tokens)[..., :edge])
    assert torch.allclose(painted[..., edge:], before.pixels[..., edge:])


def test_learning_ends_with_less_flicker_and_goes_on_where_it_was(
    tmp_path: Path, shaken: Callable[..., ImageModel]
) -> None:
    rng = np.random.default_rng(4)
    noise = rng.integers(0, 256, (2, 1, 64, 64, 3), dtype=np.uint8)
    films = [TrainingFilm(f"{n}", noise[n].repeat(5, 0)) for n in range(2)]
    clips = ClipSampler((), films, 32, 3)
    training = GuideTraining(crop=32, frames=3, held_out=12, report_every=10, shaken=1.0)
    model = shaken(5, config=TINY)
    curve = []
    for steps in (10, 40):
        for run in train_guide(tmp_path, model, training, clips, clips, Budget(steps=steps), torch.device("cpu")):
            curve = run.curve
    assert [point["step"] for point in curve] == [10, 20, 30, 40]
    assert curve[-1]["loss"] < curve[0]["loss"]
    assert curve[-1]["flicker_guided"] < curve[-1]["flicker_plain"]
