"""The compiled step computes what the plain one does, to the same bits in any batch, at next to no cost in bits."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from PIL import Image

from engine.inference.fused_states import FusedStates, states_of
from engine.inference.graphed_states import GraphedStates
from engine.inference.incremental_decoding import PatchStates
from engine.inference.paint import paint_all
from engine.inference.prefill import in_painting_order
from engine.inference.sampling import choose_without_asking
from engine.models.checkpoint import ImageModel, load_model
from engine.models.quantization import with_bfloat16_linears
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, VisionDecoder
from engine.request import Box, Order, PaintRequest, Prompt

ROOT = Path(__file__).parents[3]
Shaken = Callable[..., ImageModel]
LABELS = torch.tensor([[0, 1, 3], [1, 2, 3], [3, -1, -1], [-1, -1, -1], [0, 3, -1]])  # ABSENT stands last


def context_of(decoder: VisionDecoder, rows: list[int]) -> Context:
    """Three neighbours' caches at most for each of the rows of LABELS."""
    config = decoder.config
    torch.manual_seed(4)
    shape = (config.layers, len(LABELS), config.kv_heads, LABELS.shape[1], config.tokens, config.head_dim)
    keys, values = torch.randn(2, *shape)
    return Context(keys[:, rows], values[:, rows], LABELS[rows])


def text_of(model: ImageModel, rows: list[int]) -> TextStates:
    said = ["a lake", "two boats at the shore in winter", "", "a tree", "snow"]
    return TextStates.batched([states for row in rows if (states := model.read([said[row]]))])


def logits_of(states: PatchStates | FusedStates, rows: list[int]) -> torch.Tensor:
    """(batch, M, vocabulary) of random tokens."""
    config = states.decoder.config
    tokens = torch.from_numpy(np.random.default_rng(0).integers(0, config.vocabulary, (len(LABELS), config.tokens)))
    tokens = tokens[rows]
    return torch.stack([states.advance(tokens[:, i - 1] if i else None) for i in range(config.tokens)], 1)


@pytest.fixture(scope="module")
def model(shaken: Shaken) -> ImageModel:
    return shaken(5)


@pytest.mark.parametrize("worded", [False, True])
def test_the_compiled_step_computes_what_the_plain_one_does(model: ImageModel, worded: bool) -> None:
    rows = [0, 1, 2, 3, 4]
    context, orders = context_of(model.decoder, rows), torch.arange(5) % 4
    text = text_of(model, rows) if worded else None
    plain = logits_of(PatchStates(model.stepper, orders, context, text), rows)
    fused = logits_of(FusedStates(model.stepper, orders, context, text), rows)
    assert (fused - plain).abs().max() < 0.05 * plain.std()


def test_a_patch_is_painted_to_the_same_bits_in_any_batch_and_by_any_number_of_threads(
    model: ImageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def logits(rows: list[int], threads: int) -> torch.Tensor:
        monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
        context, orders = context_of(model.decoder, rows), torch.tensor(rows) % 4
        return logits_of(FusedStates(model.stepper, orders, context, text_of(model, rows)), rows)

    together = logits([0, 1, 2, 3, 4], 1)
    for rows in ([0], [1, 4], [2, 0, 3]):
        for threads in (1, 3):
            assert torch.equal(logits(rows, threads), together[rows])


@pytest.mark.parametrize("worded", [False, True])
def test_with_buffers_of_a_fixed_length_a_step_computes_the_same(shaken: Shaken, worded: bool) -> None:
    """What a graphics card records; here each step is done anew."""
    model = shaken(5, dtype=torch.float64)
    rows = [0, 1, 2, 3, 4]
    context, orders = context_of(model.decoder, rows), torch.arange(5) % 4
    context = Context(context.keys.double(), context.values.double(), context.labels)
    text = text_of(model, rows) if worded else None
    plain, graphed = (
        logits_of(kind(model.decoder, orders, context, text), rows) for kind in (PatchStates, GraphedStates)
    )
    assert (graphed - plain).abs().max() < 1e-12 * plain.abs().max()


def test_in_bfloat16_it_computes_nearly_the_same(model: ImageModel) -> None:
    rows = [0, 1, 2, 3, 4]
    context, orders = context_of(model.decoder, rows), torch.arange(5) % 4
    plain = logits_of(PatchStates(model.decoder, orders, context), rows)
    short = cast(VisionDecoder, with_bfloat16_linears(model.decoder))
    graphed = logits_of(GraphedStates(short, orders, context), rows)
    assert (graphed - plain).abs().max() < 0.05 * plain.std()


def test_a_graphed_step_paints_the_same_tokens(shaken: Shaken, monkeypatch: pytest.MonkeyPatch) -> None:
    model = shaken(5, dtype=torch.float64)
    px = model.config.patch_px
    request = PaintRequest(Box(0, 0, 3 * px, 2 * px), seed=3, top_p=0.9, prompts=(Prompt("two boats"),))
    plain = paint_all(request, model)
    monkeypatch.setattr("engine.inference.guidance.states_of", GraphedStates)
    monkeypatch.setattr("engine.inference.token_drawing.choose", choose_without_asking)
    assert np.array_equal(paint_all(request, model), plain)


def test_it_is_taken_for_weights_of_8_bits_alone_and_where_numba_is(
    model: ImageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = torch.zeros(1, dtype=torch.int64)
    assert isinstance(states_of(model.stepper, orders, None), FusedStates)
    assert isinstance(states_of(model.decoder, orders, None), PatchStates)
    monkeypatch.setattr("engine.inference.fused_states.compiles", lambda: False)
    assert isinstance(states_of(model.stepper, orders, None), PatchStates)


def test_keys_and_values_of_8_bits_cost_less_than_a_hundredth_of_a_bit_per_token() -> None:
    """One patch of a print that reads another, by the starter; both from weights that are the same."""
    model = load_model("starter", "cpu")
    decoder, side = model.decoder, model.config.decoder.side
    picture = Image.open(ROOT / "resources/pictures/continued.webp").convert("RGB").crop((0, 0, 256, 128))
    pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None] / 127.5 - 1
    with torch.inference_mode():
        grid = model.tokenizer.encode(pixels).view(1, side, 2 * side)
        left, right = (in_painting_order(decoder, half.flatten(1), Order.OMEGA) for half in grid.split(side, 2))
        orders = torch.zeros(1, dtype=torch.int64)
        context = Context.of([decoder(left, orders)[1]], torch.tensor([[3]]))
        plain = decoder(right, orders, context)[0]
    states = FusedStates(model.stepper, orders, context)
    fused = torch.stack([states.advance(right[:, i - 1] if i else None) for i in range(side * side)], 1)
    plain_nats, fused_nats = (-each.log_softmax(-1).gather(-1, right[..., None]).mean() for each in (plain, fused))
    assert abs(float(fused_nats - plain_nats)) < 0.01 * math.log(2)


def test_a_picture_is_the_same_in_batches_of_any_width(model: ImageModel) -> None:
    """In float32, which the plain step can promise for a fixed width alone."""
    px = model.config.patch_px
    request = PaintRequest(Box(0, 0, 4 * px, 4 * px), seed=3, prompts=(Prompt("two boats"),))
    one, many = (paint_all(request, model, width) for width in (1, 16))
    assert np.array_equal(one, many)


def test_where_memory_is_short_fewer_patches_are_painted_at_once(
    model: ImageModel, request: pytest.FixtureRequest
) -> None:
    px = model.config.patch_px
    asked = PaintRequest(Box(0, 0, 4 * px, 4 * px), seed=3)
    enough = paint_all(asked, model, 16)
    widths = request.getfixturevalue("begun_alone")
    assert np.array_equal(paint_all(asked, model, 16), enough) and max(widths) > 1
