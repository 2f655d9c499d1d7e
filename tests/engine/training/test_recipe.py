"""Training on the tiny preset: whole recipes, exact resume, the two losses, and what a run leaves on disk."""

import json
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from engine.config import PRESETS, GuideConfig
from engine.datasets.images import CropSampler, TrainingPicture, load_folder, with_margin
from engine.models.checkpoint import ImageModel, load_model, load_tensors, pack, save_model, unpack
from engine.models.vision_decoder import VisionDecoder
from engine.models.vqgan import VQGAN
from engine.planning.schedule import plan
from engine.planning.windows import window_plan
from engine.request import Extent, Order, Patch, UserError
from engine.training import recipe as recipe_module
from engine.training.data_loading import DecoderTraining, prefetch
from engine.training.decoder import train_decoder
from engine.training.optimizers import FloatMuon
from engine.training.recipe import begin, finish, train_recipe
from engine.training.teacher_forcing import teacher_forcing
from engine.training.tokenizer import TokenizerTraining, train_tokenizer
from engine.training.trainer import Budget, TrainingRun
from engine.training.validation import ValidationSet

TINY = PRESETS["tiny"]
SHAPES = ((24, 60), (60, 24), (32, 32))
CPU = torch.device("cpu")
RECIPES = Path(__file__).parents[3] / "resources" / "recipes"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of smooth coloured noise, large enough for windows of 3×3 tiny patches."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(21):
        small = rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)
        Image.fromarray(small).resize((96, 72), Image.Resampling.BICUBIC).save(folder / f"{number:02}.png")
    return folder


def sampler(pictures: Path, size: int) -> CropSampler:
    return CropSampler(load_folder(pictures, "train"), size)


def test_a_recipe_trains_a_model_that_loads_and_a_second_call_finds_it_done(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    model = load_model(str(train_recipe(RECIPES / "tiny.toml", out, pictures, "cpu")), "cpu")
    assert model.config.decoder.vocabulary == 16
    assert (out / "tokenizer" / "samples.png").exists() and (out / "decoder" / "curve.png").exists()
    before = (out / "model" / "decoder.safetensors").read_bytes()
    train_recipe(RECIPES / "tiny.toml", out, pictures, "cpu")
    assert (out / "model" / "decoder.safetensors").read_bytes() == before


def test_a_stage_that_dies_before_its_model_is_kept_keeps_it_when_it_is_called_again(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, recipe = tmp_path / "run", tmp_path / "tokenizer.toml"
    recipe.write_text("[[stage]]".join((RECIPES / "tiny.toml").read_text().split("[[stage]]")[:2]))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        begin(out, replace(TINY, name="tiny"))
        begun = (out / "model" / "tokenizer.safetensors").read_bytes()
        patch.setattr(recipe_module, "save_model", killed)
        with pytest.raises(KeyboardInterrupt):
            train_recipe(recipe, out, pictures, "cpu")
    assert (out / "tokenizer" / "done").exists() and (out / "model" / "tokenizer.safetensors").read_bytes() == begun
    whole = load_model(str(train_recipe(recipe, tmp_path / "whole", pictures, "cpu")), "cpu")
    kept = load_model(str(train_recipe(recipe, out, pictures, "cpu")), "cpu")
    for one, other in zip(kept.parts.values(), whole.parts.values(), strict=True):
        assert all(torch.equal(other.state_dict()[name], value) for name, value in one.state_dict().items())


def test_settings_for_a_graphics_card_hold_on_one_alone(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tmp_path / "both.toml"
    recipe.write_text((RECIPES / "tiny.toml").read_text() + "\n[stage.card]\nsteps = 2\nbatch = 1\n")
    stages: list[recipe_module.Stage] = []
    monkeypatch.setattr(recipe_module.Stage, "run", lambda stage: stages.append(stage))
    monkeypatch.setattr(recipe_module.Stage, "done", True)
    for device in ("cpu", "cuda"):
        monkeypatch.setattr(recipe_module, "choose_device", lambda wish: (torch.device(wish), ""))
        train_recipe(recipe, tmp_path / device, pictures, device)
    assert [(stage.budget.steps, stage.settings["batch"]) for stage in stages] == [
        *((6, 2), (4, 2), (4, 2)),
        *((6, 2), (4, 2), (2, 1)),
    ]


def test_settings_of_recipes_keep_their_old_names() -> None:
    old = {
        "rate": 1e-3,
        "average": 0.9,
        "spoiled": 0.5,
        "dreamt": True,
        "wordless": 0.1,
        "lone_share": 0.2,
        "of_start": 1,
    }
    assert recipe_module._settings(DecoderTraining, dict(old)) == DecoderTraining(
        learning_rate=1e-3, ema_decay=0.9, token_corruption=0.5, self_rollout=True, drop_text=0.1,
        single_patch_share=0.2, init_interpolation=1,
    )  # fmt: skip
    old = {
        "critic_rate": 1,
        "critic_from": 0.5,
        "critic_weight": 2,
        "critic_width": 8,
        "smooth_every": 4,
        "smooth_weight": 3,
    }
    assert recipe_module._settings(TokenizerTraining, dict(old)) == TokenizerTraining(
        discriminator_learning_rate=1, discriminator_from=0.5, discriminator_weight=2, discriminator_width=8,
        r1_every=4, r1_weight=3,
    )  # fmt: skip


def test_a_recipe_goes_on_from_the_weights_of_another_model(pictures: Path, tmp_path: Path) -> None:
    guided = replace(TINY, guide=GuideConfig(tuple(8 for _ in TINY.tokenizer.widths)))
    known = ImageModel.fresh(guided, seed=9)
    save_model(known, tmp_path / "known", bits=32)
    begin(tmp_path / "run", guided, str(tmp_path / "known"))
    begun = load_model(str(tmp_path / "run" / "model"), "cpu")
    for before, after in zip(known.parts.values(), begun.parts.values(), strict=True):
        assert all(torch.equal(after.state_dict()[name], value) for name, value in before.state_dict().items())


def test_every_file_of_a_run_stays_under_16_mib(tmp_path: Path) -> None:
    net = torch.nn.Linear(2000, 3000)
    optimizers: dict[str, torch.optim.Optimizer] = {"adamw": torch.optim.AdamW(net.parameters(), 1e-3)}
    run = TrainingRun(tmp_path, {"net": net}, optimizers, Budget(steps=1))
    for _ in run.steps():
        run.update(net(torch.ones(1, 2000)).sum(), "adamw")
    sizes = [p.stat().st_size for p in tmp_path.glob("state*.safetensors")]
    assert len(sizes) > 1
    single = 2000 * 3000 * 4  # one tensor is never cut
    assert max(sizes) < max(16 * 2**20, single + 2**20)


def tokenizer_run(folder: Path, pictures: Path, steps: int) -> dict[str, torch.Tensor]:
    training = TokenizerTraining(batch=2, crop=32, report_every=2, discriminator_from=0.2)
    crops = sampler(pictures, 32)
    torch.manual_seed(0)
    net = VQGAN(TINY.tokenizer).eval()
    finish(train_tokenizer(folder, net, training, crops, crops, Budget(steps=steps), CPU))
    return net.state_dict()


def decoder_run(folder: Path, pictures: Path, steps: int) -> dict[str, torch.Tensor]:
    training = DecoderTraining(batch=2, patch_loss=False, report_every=2, sheet_every=0)
    crops = sampler(pictures, 48)
    torch.manual_seed(0)
    model = ImageModel.fresh(TINY)
    finish(train_decoder(folder, model, training, crops, ValidationSet.drawn(crops, 2), Budget(steps=steps), CPU))
    return model.decoder.state_dict()


@pytest.mark.parametrize("trained", [tokenizer_run, decoder_run])
def test_an_interrupted_run_ends_bit_for_bit_as_one_that_was_not(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: Callable[..., dict[str, torch.Tensor]]
) -> None:
    whole = trained(tmp_path / "whole", pictures, 6)
    apply = TrainingRun.apply

    def interrupted(run: TrainingRun, *arguments: Any, **options: Any) -> None:
        apply(run, *arguments, **options)
        if run.step == 3:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(TrainingRun, "apply", interrupted)
    trained(tmp_path / "cut", pictures, 6)
    monkeypatch.setattr(TrainingRun, "apply", apply)
    assert json.loads((tmp_path / "cut" / "state.json").read_text())["step"] == 4
    resumed = trained(tmp_path / "cut", pictures, 6)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


@pytest.mark.parametrize("patch_loss", [True, False])
def test_the_decoder_learns_from_patch_and_from_accumulated_loss(
    pictures: Path, tmp_path: Path, patch_loss: bool
) -> None:
    model = ImageModel.fresh(TINY)
    training = DecoderTraining(batch=2, patch_loss=patch_loss, held_out=2, report_every=4, learning_rate=5e-3)
    crops = sampler(pictures, 48)
    folder = tmp_path / "run"
    finish(
        train_decoder(
            folder, model, training, crops, ValidationSet.drawn(crops, training.held_out), Budget(steps=16), CPU
        )
    )
    bits = [float(line.split("bits ")[1].split()[0]) for line in (folder / "log.txt").read_text().splitlines()]
    assert min(bits[1:]) < bits[0]


def test_a_share_of_the_weights_at_the_start_comes_back(pictures: Path, tmp_path: Path) -> None:
    ends, began = {}, ImageModel.fresh(TINY, 5).decoder.state_dict()
    for share in (0.0, 0.5):
        model, crops = ImageModel.fresh(TINY, 5), sampler(pictures, 48)
        training = DecoderTraining(batch=2, patch_loss=False, report_every=1, sheet_every=0, init_interpolation=share)
        run = train_decoder(
            tmp_path / f"{share}", model, training, crops, ValidationSet.drawn(crops, 2), Budget(steps=3), CPU
        )
        finish(run)
        ends[share] = model.decoder.state_dict()
    assert any(not torch.equal(ends[0.0][name], began[name]) for name in began)
    for name, value in began.items():
        assert torch.allclose(ends[0.5][name], (value + ends[0.0][name]) / 2, atol=1e-6), name


def test_single_patches_are_learned_with_words(pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, seen = ImageModel.fresh(TINY), []
    read = ImageModel.read
    monkeypatch.setattr(
        ImageModel,
        "read",
        lambda self, texts, rows=slice(None): (seen.append(tuple(texts)), read(self, texts, rows))[1],
    )
    training = DecoderTraining(batch=2, patch_loss=False, report_every=100, single_patch_share=1.0, drop_text=1.0)
    crops = sampler(pictures, 48)
    finish(train_decoder(tmp_path, model, training, crops, ValidationSet.drawn(crops, 2), Budget(steps=3), CPU))
    learned = [texts for texts in seen if len(texts) == 2 * 9]
    assert len(learned) == 3 and any(any(texts) for texts in learned)


def test_patch_and_accumulated_gradients_are_equal_at_learning_rate_zero() -> None:
    """The caches are detached in both, so the gradient of the sum is the sum of the gradients."""
    torch.manual_seed(0)
    net = VisionDecoder(TINY.decoder)
    for parameter in net.parameters():
        parameter.data.add_(0.1 * torch.randn_like(parameter))
    grid = torch.randint(16, (2, 12, 12))
    window = window_plan(3, Extent(1, 1), Order.ZETA)

    def loss(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())

    torch.stack([loss(logits, targets) for _, logits, targets in teacher_forcing(net, window, grid)]).sum().backward()
    accumulated = [p.grad.clone() for p in net.parameters() if p.grad is not None]
    net.zero_grad()
    for _, logits, targets in teacher_forcing(net, window, grid):
        loss(logits, targets).backward()
    patchwise = [p.grad for p in net.parameters() if p.grad is not None]
    assert all((a - b).abs().max() < 1e-6 for a, b in zip(accumulated, patchwise, strict=True))


def test_caches_lead_from_patches_two_hops_away() -> None:
    """Information travels through the caches: with extent 1 a patch still feels one that is two columns off."""
    torch.manual_seed(0)
    net = VisionDecoder(TINY.decoder)
    for parameter in net.parameters():
        parameter.data.add_(0.2 * torch.randn_like(parameter))
    grid = torch.randint(16, (1, 4, 12))
    changed = grid.clone()
    changed[0, 0, 0] = (changed[0, 0, 0] + 1) % 16
    row = plan([Patch(x, 0) for x in range(3)], [], Extent(1, 1), Order.OMEGA)
    last, other = ([logits for _, logits, _ in teacher_forcing(net, row, g)][-1] for g in (grid, changed))
    assert (last - other).abs().max() > 0


def test_eight_bit_storage_comes_back_within_half_a_step() -> None:
    weights = {"matrix": torch.randn(64, 64), "bias": torch.randn(64), "count": torch.tensor(3)}
    back = unpack(pack(weights))
    step = weights["matrix"].abs().amax(1, keepdim=True) / 127
    assert ((back["matrix"] - weights["matrix"]).abs() <= 0.51 * step).all()  # scales are rounded to bfloat16
    again = unpack(pack(back))
    assert torch.equal(again["matrix"], back["matrix"])
    assert back["count"] == 3 and (back["bias"] - weights["bias"]).abs().max() < 2e-3


def test_a_damaged_or_foreign_model_is_told(tmp_path: Path) -> None:
    save_model(ImageModel.fresh(TINY), tmp_path)
    whole = (tmp_path / "decoder.safetensors").read_bytes()
    (tmp_path / "decoder.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="damaged"):
        load_model(str(tmp_path), "cpu")
    (tmp_path / "decoder.safetensors").unlink()
    with pytest.raises(UserError, match="missing"):
        load_model(str(tmp_path), "cpu")
    other = replace(TINY, decoder=replace(TINY.decoder, dim=64))
    save_model(ImageModel.fresh(other), tmp_path)
    (tmp_path / "config.json").write_text((tmp_path / "config.json").read_text().replace('"dim": 64', '"dim": 32'))
    with pytest.raises(UserError, match="does not belong"):
        load_model(str(tmp_path), "cpu")
    assert load_tensors(tmp_path, "decoder")


def test_crops_are_drawn_by_pixels_and_have_the_asked_size() -> None:
    large = TrainingPicture("large", np.full((300, 400, 3), 200, np.uint8))
    small = TrainingPicture("small", np.full((40, 50, 3), 10, np.uint8))
    crops = CropSampler([large, small], 32).batch(np.random.default_rng(0), 60)
    assert crops.shape == (60, 32, 32, 3)
    assert (crops.mean((1, 2, 3)) < 100).sum() <= 6


def test_crops_of_handscrolls_reach_from_edge_to_edge() -> None:
    """Each row of the picture, brought to the height, is where it belongs in every crop."""
    rows = np.repeat(np.arange(64, dtype=np.uint8) * 2, 2)[:, None, None]  # 128 rows, two of each tone
    scroll = TrainingPicture("scroll", np.broadcast_to(rows, (128, 900, 3)).copy())
    crops = CropSampler([scroll], 32, height=64).batch(np.random.default_rng(0), 5)
    assert crops.shape == (5, 64, 32, 3)
    assert np.abs(crops.astype(int) - (np.arange(64) * 2)[:, None, None]).max() <= 1


def test_budgets_and_recipes_that_make_no_sense_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="minutes or in steps"):
        Budget()
    with pytest.raises(UserError, match="does not exist"):
        train_recipe(tmp_path / "none.toml", tmp_path, tmp_path)
    recipe = tmp_path / "bad.toml"
    recipe.write_text('preset = "huge"\n[[stage]]\nkind = "tokenizer"\nsteps = 1\n')
    with pytest.raises(UserError, match="valid preset"):
        train_recipe(recipe, tmp_path, tmp_path)
    recipe.write_text('preset = "tiny"\n[[stage]]\nkind = "tokenizer"\nsteps = 1\nspeed = 9\n')
    with pytest.raises(UserError, match="speed"):
        train_recipe(recipe, tmp_path, tmp_path)
    recipe.write_text('preset = "tiny"\nstage = ["tokenizer"]\n')
    with pytest.raises(UserError, match="to train"):
        train_recipe(recipe, tmp_path, tmp_path)


def test_crops_with_a_margin_show_what_lies_around_and_a_mirror_beyond_the_picture() -> None:
    pixels = np.arange(12 * 20 * 3, dtype=np.uint8).reshape(12, 20, 3)
    assert np.array_equal(with_margin(pixels, 4, 6, (5, 8), 2), pixels[2:11, 4:16])
    corner = with_margin(pixels, 0, 12, (12, 8), 2)
    assert np.array_equal(corner[2:-2, :-2], pixels[:, 10:]) and np.array_equal(corner[1], corner[2])
    assert np.array_equal(corner[2:-2, -1], pixels[:, 18])
    sampler = CropSampler([TrainingPicture("a", np.tile(pixels, (4, 4, 1)))], 16, margin=4)
    assert sampler.batch(np.random.default_rng(0), 3).shape == (3, 24, 24, 3)


def test_muon_in_floats_goes_where_that_of_pytorch_goes() -> None:
    weights = [nn.Parameter(torch.randn(shape, generator=torch.Generator().manual_seed(0))) for shape in SHAPES]
    twins = [nn.Parameter(weight.detach().clone()) for weight in weights]
    ours, theirs = FloatMuon(weights, 0.02), torch.optim.Muon(twins, 0.02)
    for step in range(3):
        for weight, twin in zip(weights, twins, strict=True):
            weight.grad = torch.randn(weight.shape, generator=torch.Generator().manual_seed(step))
            twin.grad = weight.grad.clone()
        before = [weight.detach().clone() for weight in weights]
        ours.step()
        theirs.step()
        for weight, twin, old in zip(weights, twins, before, strict=True):
            assert (weight - twin).norm() < 0.05 * (weight - old).norm()
    assert ours.state_dict()["state"].keys() == theirs.state_dict()["state"].keys()
    theirs.load_state_dict(ours.state_dict())  # a run goes on on another machine


def _numbers(rng: np.random.Generator) -> np.ndarray:
    return rng.random(int(rng.integers(1, 5)))


@pytest.mark.parametrize("helpers", (0, 2))
def test_batches_drawn_ahead_are_those_of_their_steps(helpers: int) -> None:
    batches = prefetch(_numbers, 3, 7, helpers)
    for step in range(7, 12):
        assert np.array_equal(np.asarray(next(batches)), _numbers(np.random.default_rng((3, step))))
    batches.close()


def test_what_cannot_be_drawn_ahead_says_so_when_asked_for() -> None:
    def draw(rng: np.random.Generator) -> None:
        raise UserError("No picture.")

    with pytest.raises(UserError, match="No picture"):
        next(prefetch(draw, 0))
