"""What a dry run says of a recipe, held against the real thing where that fits in memory."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from app.cli import main
from app.cli.train import GPUS as NAMES
from engine.config import PRESETS, DecoderConfig
from engine.models import vision_decoder
from engine.models.vision_decoder import VisionDecoder
from engine.planning.windows import window_plan
from engine.request import Extent, Order, UserError
from engine.training.data_loading import DecoderTraining
from engine.training.decoder import optimizers_of
from engine.training.dry_run import FULL, GPUS, activation_bytes, cache_bytes, dry_run, estimate_stage, state_bytes
from engine.training.teacher_forcing import teacher_forcing
from engine.training.trainer import Budget, TrainingRun

PAPER = sorted((Path(__file__).parents[3] / "resources" / "recipes" / "paper").glob("*.toml"))
TABLE_1 = {  # task: layers, width, heads, extent
    "animation": (16, 768, 12, (1, 1, 3)),
    "text_to_image": (24, 1280, 20, (2, 2, 0)),
    "text_to_video": (16, 768, 12, (2, 2, 3)),
    "unconditional": (16, 768, 12, (2, 2, 0)),
}
SMALL = DecoderConfig(3, 64, 4, 4, 100, 8, Extent(1, 1, 0))


@pytest.mark.parametrize("recipe", PAPER, ids=lambda path: path.stem)
def test_recipes_of_the_paper_have_its_sizes(recipe: Path) -> None:
    from engine.training.recipe import configured, read_recipe

    plan = read_recipe(recipe)
    decoder, stage = configured(plan).decoder, plan["stage"][0]
    assert (decoder.layers, decoder.dim, decoder.heads, tuple(decoder.extent)) == TABLE_1[recipe.stem]
    assert decoder.vocabulary == 16384 and (decoder.text is None or decoder.text.length == 77)
    assert stage["learning_rate"] == 1e-4 and stage["optimizer"] == "adam" and stage["patch_loss"]
    known = {*DecoderTraining.__dataclass_fields__, "kind", "steps", "frames"}
    assert set(stage) <= known
    found = dry_run(recipe, 8, "h100")["stages"][0]
    with torch.device("meta"):
        assert found["parameters"] == sum(p.numel() for p in VisionDecoder(decoder).parameters())


def test_there_is_a_recipe_for_each_task_of_table_1() -> None:
    assert [path.stem for path in PAPER] == sorted(TABLE_1)


@pytest.mark.parametrize("optimizer", ["muon", "adam"])
def test_bytes_of_the_states_are_those_of_a_run(tmp_path: Path, optimizer: str) -> None:
    net = VisionDecoder(PRESETS["tiny"].decoder)
    training = DecoderTraining(optimizer=optimizer)  # type: ignore[arg-type]
    run = TrainingRun(tmp_path, {"decoder": net}, optimizers_of(net, training), Budget(steps=1))
    for _ in run.steps():
        run.update(sum(p.sum() for p in net.parameters()), *run.optimizers)  # type: ignore[arg-type]
    states = [t for o in run.optimizers.values() for slots in o.state.values() for t in slots.values()]
    kept = [*net.parameters(), *(p.grad for p in net.parameters()), *run.ema.parameters(), *states]
    held = sum(t.nbytes for t in kept if isinstance(t, Tensor) and t.dim() > 0)
    assert state_bytes(net, optimizer) == pytest.approx(held, rel=0.01)


@pytest.mark.parametrize(
    ("config", "batch"),
    [(SMALL, 2), (replace(SMALL, extent=Extent(2, 2, 0), window=4), 1), (replace(SMALL, layers=5, kv_heads=2), 1)],
)
def test_activations_are_about_what_autograd_holds(
    monkeypatch: pytest.MonkeyPatch, config: DecoderConfig, batch: int
) -> None:
    monkeypatch.setattr(vision_decoder, "use_plain_attention", lambda q: False)  # as on a graphics card
    net = VisionDecoder(config)
    own = {t.untyped_storage().data_ptr() for t in itertools.chain(net.parameters(), net.buffers())}
    held: dict[int, Tensor] = {}
    most = 0

    def pack(t: Tensor) -> Tensor:
        if t.untyped_storage().data_ptr() not in own:
            held[t.untyped_storage().data_ptr()] = t
        return t

    side = config.window * config.side
    grid = torch.randint(config.vocabulary, (batch, side, side))
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        for _, logits, targets in teacher_forcing(net, window_plan(config.window, config.extent, Order.OMEGA), grid):
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
            most = max(most, sum(t.untyped_storage().nbytes() for t in held.values()))
            loss.backward()
            held.clear()
    assert most / 1.6 < activation_bytes(config, batch, FULL) < 1.6 * most


def test_caches_are_counted_as_they_are() -> None:
    net = VisionDecoder(SMALL)
    _, cache = net(torch.zeros(1, SMALL.tokens, dtype=torch.long), torch.tensor([0]))
    assert 2 * cache_bytes(SMALL) == cache.nbytes  # bfloat16 on a card, float32 here


def test_twice_the_devices_take_half_the_time_and_what_cannot_be_shared_is_told() -> None:
    values = {"kind": "decoder", "steps": 100, "batch": 64}
    one, two = (estimate_stage(PRESETS["base"], values, devices, 1e14) for devices in (1, 2))
    assert one.hours == pytest.approx(2 * two.hours) and one.activations == 2 * two.activations
    assert one.states == two.states
    sharded = estimate_stage(PRESETS["base"], {**values, "shard": True, "recompute": True}, 2, 1e14)
    assert sharded.states < 0.6 * two.states and sharded.activations < two.activations / 4
    assert sharded.hours == pytest.approx(4 / 3 * two.hours)  # forwards twice, and backwards
    with pytest.raises(UserError, match="cannot be divided"):
        estimate_stage(PRESETS["base"], values, 3, 1e14)
    with pytest.raises(UserError, match="instead of steps"):
        estimate_stage(PRESETS["base"], {"kind": "decoder"}, 1, 1e14)


def test_the_command_prints_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["train", "recipe", str(PAPER[0]), "--dry-run", "--devices", "8", "--gpu", "a100"]
    assert main(asked) == 0
    assert "parameters" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stages"][0]["gib"] > 1
    assert set(NAMES) == set(GPUS)
