"""A frozen network beside the tokenizer's training: what it measures, what it pulls, and that runs resume."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.config import PRESETS
from engine.datasets.images import CropSampler, TrainingPicture
from engine.models.efficientnet_lite import weights_file
from engine.models.vqgan import VOID, VQGAN, FiniteScalar, LearnedCodebook
from engine.training.hue_anchor import WIDE, HueAnchor, mosaic, moved_tokens
from engine.training.perceptual import (
    CHANNELS,
    FrozenFeatures,
    Perceptual,
    ProjectedCritic,
    detail,
    lattice,
    lattice_penalty,
    perceptual_distance,
    shifted,
)
from engine.training.reconstruction import hue_loss
from engine.training.tokenizer import TokenizerTraining, train_tokenizer
from engine.training.trainer import Budget

CPU = torch.device("cpu")
needs_weights = pytest.mark.skipif(weights_file() is None, reason="needs handscroll[metrics]")


def smooth(seed: int, batch: int = 2, side: int = 40) -> torch.Tensor:
    """Coloured noise without fine detail, (batch, 3, side, side) in [-1, 1]."""
    noise = torch.rand(batch, 3, side + 8, side + 8, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    return (5 * torch.nn.functional.avg_pool2d(noise, 9, 1)).clamp(-1, 1)


@pytest.fixture(scope="module")
def features() -> FrozenFeatures:
    features = FrozenFeatures()
    features.measure(torch.cat([smooth(seed) for seed in range(4)]))
    return features


def test_edges_that_stand_on_a_lattice_are_told_from_others() -> None:
    """Every fourth column a step: all of the unevenness there can be; noise has next to none."""
    rng = torch.Generator().manual_seed(0)
    noise = torch.rand(1, 3, 64, 64, generator=rng)
    steps = torch.arange(16).repeat_interleave(4).expand(1, 3, 64, 64).float() / 16
    both = steps + steps.mT
    assert lattice(noise, 4) < 0.05 and lattice(both, 4) > 1.5
    assert lattice_penalty(noise, noise, 4) == 0
    true = smooth(3, 1, 64)
    assert lattice_penalty(true + 4 * both, true, 4) > lattice_penalty(true + both, true, 4) > 0.01


def test_the_penalty_pulls_a_lattice_out_of_a_picture() -> None:
    true = smooth(0, 1, 64)
    lined = true.clone()
    lined[..., ::4] += 0.5
    lined[..., ::4, :] += 0.5
    painted = lined.clone().requires_grad_()
    optimizer = torch.optim.Adam([painted], 0.02)
    for _ in range(60):
        optimizer.zero_grad()
        lattice_penalty(painted, true, 4).backward()
        optimizer.step()
    assert lattice(painted.detach(), 4) < 0.4 * lattice(lined, 4)


def test_what_is_seen_begins_at_any_pixel_of_a_stride() -> None:
    rng, pixels = np.random.default_rng(0), torch.zeros(1, 3, 32, 40)
    windows = [shifted(rng, pixels.shape[2:]) for _ in range(400)]
    assert {pixels[window].shape for window in windows} == {(1, 3, 24, 32)}
    assert len({(rows.start, columns.start) for _, rows, columns in windows}) == 64


def test_a_pull_moves_detail_and_no_colour_of_a_place() -> None:
    pull = torch.randn(2, 3, 24, 20, generator=torch.Generator().manual_seed(0)) + 5
    left = detail(pull)
    means = torch.nn.functional.avg_pool2d(left, 8, ceil_mode=True)
    assert left.shape == pull.shape and means.abs().max() < 1e-5
    assert torch.allclose(detail(left), left, atol=1e-5)


def test_a_tint_over_a_wide_place_costs_and_one_that_evens_out_does_not() -> None:
    true = smooth(0, 1, 64)
    blue = torch.tensor([0.0, 0.0, 0.1]).view(1, 3, 1, 1)
    green = torch.tensor([0.0, 0.1, 0.0]).view(1, 3, 1, 1)
    checks = (torch.arange(64) // 8 % 2 * 2.0 - 1) * (torch.arange(64) // 8 % 2 * 2.0 - 1).view(-1, 1)
    assert float(hue_loss(true + blue, true, WIDE)) == pytest.approx(0.2)
    assert float(hue_loss(true + green, true, WIDE)) == pytest.approx(0.2)
    assert float(hue_loss(true + blue * checks, true)) == pytest.approx(0.2)
    assert float(hue_loss(true + blue * checks, true, WIDE)) == pytest.approx(0, abs=1e-5)


def test_moved_tokens_have_the_forms_of_a_map_and_colours_of_any_other() -> None:
    quantizer, rng = FiniteScalar((4, 3)), np.random.default_rng(0)
    tokens = torch.full((400, 4, 4), 7)
    tokens[:, 0] = VOID
    strange = moved_tokens(quantizer, rng, tokens)
    assert (strange[:, 0] == VOID).all()
    assert set(strange[:, 1:].unique().tolist()) == set(range(12))
    alike = (strange[:, 1:] == strange[:, 1:2, :1]).flatten(1).float().mean(1)
    assert alike.median() > 0.6 and alike.min() < 0.3  # most are moved as a whole, of some nothing is left
    learned = moved_tokens(LearnedCodebook(16, 4), rng, tokens)
    assert 0.2 < (learned[:, 1:] != 7).float().mean() < 0.5


def test_a_mosaic_has_squares_of_any_token() -> None:
    maps = mosaic(30, np.random.default_rng(0), torch.zeros(200, 16, 12))
    assert maps.shape == (200, 16, 12) and set(maps.unique().tolist()) == set(range(30))
    squares = maps.view(200, 4, 4, 3, 4)
    assert (squares == squares[:, :, :1, :, :1]).all()
    assert {len(each.unique()) for each in maps} >= {1}  # one square is all that is seen


def test_the_anchor_pulls_hues_back_to_what_they_were() -> None:
    torch.manual_seed(0)
    net, rng = VQGAN(PRESETS["tiny"].tokenizer), np.random.default_rng(0)
    anchor, tokens = HueAnchor(net), torch.randint(0, net.vocabulary, (2, 8, 8))
    assert anchor.loss(net, rng, tokens, net.decode(tokens)).item() == pytest.approx(0, abs=1e-6)
    with torch.no_grad():
        net.colour_out.weight[2] += 0.2  # tokens are bluer, or less so
    bluer = anchor.loss(net, rng, tokens, net.decode(tokens)).item()
    optimizer = torch.optim.Adam(net.colour_out.parameters(), 0.02)
    for _ in range(40):
        optimizer.zero_grad()
        anchor.loss(net, rng, tokens, net.pixels_of(net.latents_of(tokens))).backward()
        optimizer.step()
    assert anchor.loss(net, rng, tokens, net.decode(tokens)).item() < 0.3 * bluer


def test_colours_are_given_back_in_the_end_and_strokes_are_kept() -> None:
    torch.manual_seed(0)
    net = VQGAN(PRESETS["tiny"].tokenizer)
    anchor, tokens = HueAnchor(net), torch.randint(0, net.vocabulary, (2, 8, 8))
    with torch.no_grad():
        net.colour_out.weight[2] += 0.2
        dict(net.named_parameters())["decoder.7.bias"].add_(0.1 * torch.randn(12))  # as strokes in each cell
    before, off = net.decode(tokens), anchor.colours_off(net)
    anchor.settle(net, lambda rng: smooth(int(rng.integers(99)), 2, 64), 300)
    after = net.decode(tokens)
    assert anchor.colours_off(net).mean() < 0.3 * off.mean()
    stroke, kept = (
        each - torch.nn.functional.avg_pool2d(each, 2).repeat_interleave(2, 2).repeat_interleave(2, 3)
        for each in (before, after)
    )
    assert (stroke - kept).abs().mean() < 0.2 * stroke.abs().mean()


@needs_weights
def test_the_distance_is_nothing_for_the_same_and_grows_with_blur(features: FrozenFeatures) -> None:
    true = smooth(7)
    maps = features(true)
    assert [m.shape[1] for m in maps[1:]] == list(CHANNELS)
    assert perceptual_distance(maps, maps) == 0
    blurred = [torch.nn.functional.avg_pool2d(true, size, 1, size // 2) for size in (3, 5, 9)]
    apart = [float(perceptual_distance(features(x), maps)) for x in blurred]
    assert 0 < apart[0] < apart[1] < apart[2]


@needs_weights
def test_each_pull_is_as_strong_as_asked_beside_the_reconstruction(features: FrozenFeatures) -> None:
    torch.manual_seed(0)
    perceptual = Perceptual(features, ProjectedCritic(), weight=1.5, critic_weight=0.0)
    true = smooth(1)
    painted = (true + 0.1 * torch.randn_like(true)).requires_grad_()
    plain = (painted - true).abs().mean()
    loss, ours, maps = perceptual.pull(np.random.default_rng(0), 0, 0.0, painted, true, plain)
    (pull,) = torch.autograd.grad(loss, painted)
    (reconstruction,) = torch.autograd.grad(plain, painted)
    assert float(pull.norm() / reconstruction.norm()) == pytest.approx(1.5, rel=0.01)
    assert perceptual.critic_loss(ours, maps) > 0


def tokenizer_run(folder: Path, steps: int, stop: int | None = None, seed: int = 0) -> dict[str, torch.Tensor]:
    """The weights after a run; seed: of those that it is given, which only count where it begins."""
    torch.manual_seed(seed)
    net = VQGAN(PRESETS["tiny"].tokenizer)
    rng = np.random.default_rng(0)
    pictures = [TrainingPicture(str(n), rng.integers(0, 256, (64, 64, 3), dtype=np.uint8)) for n in range(3)]
    crops = CropSampler(pictures, 40)
    training = TokenizerTraining(
        batch=2, crop=40, report_every=3, discriminator_from=0.2, keep_codes=True, ema_decay=0.5,
        perceptual_weight=1.5, projected_weight=2.5, lattice_weight=0.25, anchor_weight=1.0,
    )  # fmt: skip
    for run in train_tokenizer(folder, net, training, crops, crops, Budget(steps=steps), CPU):
        run.stopping = run.step == stop
    return dict(net.state_dict())


@needs_weights
def test_a_run_with_both_resumes_bit_for_bit_and_leaves_tokens_alone(tmp_path: Path) -> None:
    whole = tokenizer_run(tmp_path / "whole", 8)
    tokenizer_run(tmp_path / "parts", 8, stop=5)
    again = tokenizer_run(tmp_path / "parts", 8, seed=1)
    assert all(torch.equal(again[name], value) for name, value in whole.items())
    torch.manual_seed(0)
    begun = VQGAN(PRESETS["tiny"].tokenizer).state_dict()
    assert all(torch.equal(whole[name], value) for name, value in begun.items() if name.startswith("encoder"))
    assert any(not torch.equal(whole[name], value) for name, value in begun.items() if name.startswith("decoder"))
