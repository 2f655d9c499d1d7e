"""What training by a recipe will need: parameters, memory, tokens and time, computed without training."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.config import DecoderConfig, ModelConfig
from engine.models.vision_decoder import VisionDecoder
from engine.request import UserError
from engine.training.data_loading import DecoderTraining
from engine.training.optimizers import all_blocks, muon_and_adamw
from engine.training.recipe import configured, read_recipe

GPUS = {"a100": (312e12, 80), "h100": (989e12, 80), "h200": (989e12, 141), "rtx4090": (165e12, 24)}  # bf16 FLOP/s, GiB
BUSY = 0.35  # share of those that training reaches, assumed: large decoders in bf16 are reported at 0.3 to 0.5
FULL, HALF = 4, 2  # bytes of a number


@dataclass(frozen=True)
class StageEstimate:
    """One stage that trains a vision decoder, on so many devices; bytes are for each of them.

    states: weights, gradients, optimiser states and the moving average, whole on each device, or its shard and the
    weights of a block. activations: what one patch needs for its gradients. caches: keys and values of a window.
    """

    stage: str
    parameters: int
    text_parameters: int
    patches: int
    tokens_per_step: int
    steps: int
    learning_rate: float
    states: int
    activations: int
    caches: int
    hours: float

    @property
    def gib(self) -> float:
        return (self.states + self.activations + self.caches) / 2**30


def dry_run(recipe: Path, devices: int, gpu: str) -> dict[str, Any]:
    """Estimate the decoder stages of a recipe; raises UserError for a recipe that cannot be trained."""
    plan = read_recipe(recipe)
    config = configured(plan)
    flops, room = GPUS[gpu]
    stages = []
    for values in plan["stage"]:
        if values.get("kind") in ("decoder", "films"):
            found = estimate_stage(config, dict(values), devices, flops)
            stages.append({**vars(found), "gib": found.gib, "fits": found.gib < room})
    if not stages:
        raise UserError(f"{recipe} has no stage that trains a decoder, so there is nothing to estimate.")
    return {"model": config.name, "devices": devices, "gpu": gpu, "gpu_gib": room, "busy": BUSY, "stages": stages}


def estimate_stage(config: ModelConfig, values: dict[str, Any], devices: int, flops: float) -> StageEstimate:
    """Estimate one stage out of its settings; flops: bf16 operations a second of a device at its best."""
    kind, frames = values["kind"], values.get("frames", 5) if values["kind"] == "films" else 1
    batch, steps = values.get("batch", DecoderTraining.batch), values.get("steps")
    if steps is None:
        raise UserError("A stage with minutes instead of steps takes just these minutes: there is nothing to estimate.")
    accumulate = values.get("accumulate", 1)
    if batch % (devices * accumulate):
        raise UserError(f"A batch of {batch} cannot be divided among {devices} devices in {accumulate} parts.")
    decoder = config.decoder
    with torch.device("meta"):
        net = VisionDecoder(decoder)
    patches = decoder.window**2 * frames
    tokens = batch * patches * decoder.tokens
    own = batch // devices // accumulate
    shard, recompute = values.get("shard", False), values.get("recompute", False)
    passes = 4 / 3 if recompute else 1  # forwards once more, beside backwards, which are two
    return StageEstimate(
        stage=kind,
        parameters=_count(net),
        text_parameters=_count(net.text) if net.text else 0,
        patches=patches,
        tokens_per_step=tokens,
        steps=steps,
        learning_rate=values.get("learning_rate", DecoderTraining.learning_rate),
        states=state_bytes(net, values.get("optimizer", "muon"), devices if shard else 1),
        activations=activation_bytes(decoder, own, recompute=recompute),
        caches=own * patches * cache_bytes(decoder),
        hours=passes * steps * tokens * flops_per_token(net, decoder, patches) / (devices * flops * BUSY) / 3600,
    )


def state_bytes(net: VisionDecoder, optimizer: str, shards: int = 1) -> int:
    """Weights, gradients, moving average and optimiser states, all in float32.

    Of several shards a device has one, and two blocks while one follows the other. Muon keeps one number for each
    weight of the blocks' matrices, Adam two for each weight.
    """
    total = _count(net)
    matrices = 0
    if optimizer == "muon":
        groups = muon_and_adamw(net, all_blocks(net), 1e-4)["muon"].param_groups
        matrices = sum(weight.numel() for group in groups for weight in group["params"])
    kept = matrices + 2 * (total - matrices)
    gathered = 2 * _count(net.blocks[0]) if shards > 1 else 0
    return FULL * ((3 * total + kept) // shards + gathered)


def activation_bytes(config: DecoderConfig, batch: int, half: int = HALF, recompute: bool = False) -> int:
    """Estimate what the gradients of one patch need: caches are detached, so one patch is held at a time.

    recompute: blocks keep what goes in and what readers want, and one at a time is gone through again.

    Measured against what autograd holds for four small decoders: between 0.84 and 1.41 of it.

    Of each block and token: two norms in float32 and their inputs (4d), q, k, v and the output of the attention (3d and
    twice the keys), the wide layer before and after its GELU (8d); with words three times d more. Then the logits, in
    float32 and as probabilities. What a block reads of its neighbours is made anew for each reader: keys and values.
    """
    d, kv, tokens = config.dim, config.kv_heads * config.head_dim, batch * (config.tokens + 1)
    words = 3 * d if config.text else 0
    block = tokens * (2 * FULL * 2 * d + half * (3 * d + 4 * kv + 8 * d + words))
    neighbours = (2 * config.extent.columns + 1) * (2 * config.extent.rows + 1) * (config.extent.frames + 1) // 2
    read = 2 * batch * config.tokens * neighbours * kv * (FULL + half)
    kept = tokens * (FULL * d + (FULL + half) * kv)
    blocks = config.layers * kept + block + read if recompute else config.layers * (block + read)
    return blocks + 2 * FULL * tokens * config.vocabulary


def cache_bytes(config: DecoderConfig) -> int:
    """Keys and values of one patch in bfloat16."""
    return 2 * config.layers * config.tokens * config.kv_heads * config.head_dim * HALF


def flops_per_token(net: VisionDecoder, config: DecoderConfig, patches: int) -> float:
    """6 for each weight that a token passes (forward and backward), and the attention to what it reads.

    Of a window half the context is there on average.
    """
    dense = _count(net) - (_count(net.text) if net.text else 0) - net.token.weight.numel()
    extent = config.extent
    neighbours = min(patches, (2 * extent.columns + 1) * (2 * extent.rows + 1) * (extent.frames + 1)) / 2
    keys = config.tokens * (0.5 + neighbours / 2) + (config.text.length if config.text else 0)
    return 6 * dense + 12 * config.layers * config.dim * keys


def _count(net: nn.Module) -> int:
    return sum(parameter.numel() for parameter in net.parameters())
