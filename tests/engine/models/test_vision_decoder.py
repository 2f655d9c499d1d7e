"""The vision decoder against itself: caches, incremental painting, e_n and the independence of place."""

import pytest
import torch
from torch import Tensor

from engine.config import PRESETS
from engine.inference.incremental_decoding import PatchStates
from engine.inference.kv_cache import FloatAttention, HalfAttention
from engine.models.vision_decoder import ORDERS, Cache, Context, VisionDecoder, rotate
from engine.planning.direction_controller import label
from engine.request import Order, Patch

CONFIG = PRESETS["tiny"].decoder


@pytest.fixture
def decoder() -> VisionDecoder:
    """A tiny decoder in float64 whose every weight matters: zero-initialised projections are given noise."""
    torch.manual_seed(3)
    torch.set_default_dtype(torch.float64)
    net = VisionDecoder(CONFIG).double().eval()
    torch.set_default_dtype(torch.float32)
    for parameter in net.parameters():
        parameter.data.add_(0.15 * torch.randn_like(parameter))
    return net.requires_grad_(False)


def random_tokens(batch: int = 1) -> Tensor:
    return torch.randint(CONFIG.vocabulary, (batch, CONFIG.tokens))


def rows_of(*orders: Order) -> Tensor:
    return torch.tensor([ORDERS.index(order) for order in orders])


def context_of(decoder: VisionDecoder, reader: Patch, read: dict[Patch, Cache]) -> Context | None:
    labels = torch.tensor([[label(reader, patch, CONFIG.extent) for patch in read]])
    return Context.of(list(read.values()), labels)


def two_neighbours(decoder: VisionDecoder) -> Context | None:
    _, left = decoder(random_tokens(), rows_of(Order.OMEGA))
    _, above = decoder(random_tokens(), rows_of(Order.ZETA))
    return context_of(decoder, Patch(1, 1), {Patch(0, 1): left, Patch(1, 0): above})


@pytest.mark.parametrize("order", Order)
def test_painting_token_by_token_equals_one_masked_forward(decoder: VisionDecoder, order: Order) -> None:
    context, tokens, orders = two_neighbours(decoder), random_tokens(), rows_of(order)
    whole, _ = decoder(tokens, orders, context)
    states = PatchStates(decoder, orders, context)
    steps = [states.advance(tokens[:, i - 1] if i else None) for i in range(CONFIG.tokens)]
    assert (torch.stack(steps, 1) - whole).abs().max() < 1e-12


@pytest.mark.parametrize("short", [True, False])
def test_steps_over_weights_in_8_bits_differ_little_and_keep_half_the_bytes_where_it_pays(
    shaken, short: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.inference.kv_cache.sums_halves", lambda: short)
    model = shaken(5)
    contexts = [two_neighbours(model.decoder), None]
    quick, context, tokens, orders = (
        model.stepper,
        Context.batched(contexts),
        random_tokens(2),
        rows_of(Order.ZETA, Order.OMEGA),
    )
    whole, _ = quick(tokens, orders, context)
    states = PatchStates(quick, orders, context)
    assert isinstance(states.attention, HalfAttention if short else FloatAttention)
    assert states.attention.keys.dtype == states.attention.values.dtype == (torch.float16 if short else torch.float32)
    steps = [states.advance(tokens[:, i - 1] if i else None) for i in range(CONFIG.tokens)]
    assert (torch.stack(steps, 1) - whole).abs().max() < 0.05 * whole.std()


def test_a_batch_of_patches_with_unlike_contexts_equals_each_alone(decoder: VisionDecoder) -> None:
    contexts = [two_neighbours(decoder), None, two_neighbours(decoder)]
    tokens, orders = random_tokens(3), rows_of(Order.OMEGA, Order.ZETA_STAR, Order.OMEGA_STAR)
    batched = Context.batched(contexts)
    together, _ = decoder(tokens, orders, batched)
    states = PatchStates(decoder, orders, batched)
    steps = torch.stack([states.advance(tokens[:, i - 1] if i else None) for i in range(CONFIG.tokens)], 1)
    for index, context in enumerate(contexts):
        alone, _ = decoder(tokens[index : index + 1], orders[index : index + 1], context)
        assert (together[index] - alone[0]).abs().max() < 1e-12
        assert (steps[index] - alone[0]).abs().max() < 1e-12


def test_relative_rotations_compose_to_global_coordinates(decoder: VisionDecoder) -> None:
    """A key cached in its patch and turned by its label stands where global token coordinates would put it."""
    x = torch.randn(1, CONFIG.head_dim, dtype=torch.float64)
    inside, apart = decoder.positions.inside, decoder.positions.apart
    one, two = label(Patch(0, 0), Patch(1, 0), CONFIG.extent), label(Patch(0, 0), Patch(1, 1), CONFIG.extent)
    down = label(Patch(0, 0), Patch(0, 1), CONFIG.extent)
    twice = rotate(rotate(rotate(x, inside[5]), apart[one]), apart[down])
    assert (twice - rotate(rotate(x, inside[5]), apart[two])).abs().max() < 1e-14


def test_e_in_the_key_equals_e_as_a_bias(decoder: VisionDecoder) -> None:
    """q · (k + e) is q · k plus one logit per context patch."""
    context = two_neighbours(decoder)
    assert context is not None
    keys, _ = decoder.read(context, 0)
    q = torch.randn(CONFIG.kv_heads, CONFIG.head_dim, dtype=torch.float64)
    in_key = torch.einsum("kd,ksd->ks", q, keys[0])
    e = decoder.e(context.labels[0]).view(-1, CONFIG.kv_heads, CONFIG.head_dim)
    bias = torch.einsum("kd,pkd->kp", q, e).repeat_interleave(CONFIG.tokens, 1)
    assert (
        in_key - (torch.einsum("kd,ksd->ks", q, keys[0] - e.transpose(0, 1).repeat_interleave(CONFIG.tokens, 1)) + bias)
    ).abs().max() < 1e-13


def test_hidden_states_as_cache_equal_projected_keys_and_values(decoder: VisionDecoder) -> None:
    """Eq. 12 caches hidden states; projecting them again gives the very keys and values that were kept."""
    tokens, orders = random_tokens(), rows_of(Order.OMEGA)
    hidden: list[Tensor] = []
    hooks = [b.attention_norm.register_forward_hook(lambda _m, i, _o: hidden.append(i[0])) for b in decoder.blocks]  # type: ignore[union-attr]
    _, cache = decoder(tokens, orders)
    for hook in hooks:
        hook.remove()
    _, key_turns = decoder.rotations(orders)
    for layer, block in enumerate(decoder.blocks):
        _, k, v = block.project(hidden[layer][:, 1:])  # type: ignore[operator]
        assert (rotate(k, key_turns[:, :, 1:]) - cache.keys[layer]).abs().max() < 1e-12
        assert (v - cache.values[layer]).abs().max() < 1e-12


def test_influence_each_token_reaches_exactly_the_declared_outputs(decoder: VisionDecoder) -> None:
    """Change one token: its own patch changes from the next step on; every output of a reader changes."""
    orders, first, second = rows_of(Order.OMEGA), random_tokens(), random_tokens()

    def paint(tokens: Tensor) -> tuple[Tensor, Tensor]:
        own, cache = decoder(tokens, orders)
        reader, _ = decoder(second, orders, context_of(decoder, Patch(1, 0), {Patch(0, 0): cache}))
        return own[0], reader[0]

    own, reader = paint(first)
    for step in range(CONFIG.tokens):
        changed = first.clone()
        changed[0, step] = (changed[0, step] + 1) % CONFIG.vocabulary
        own_changed, reader_changed = paint(changed)
        moved = (own_changed - own).abs().amax(-1) > 0
        assert moved.tolist() == [i > step for i in range(CONFIG.tokens)]
        assert bool(((reader_changed - reader).abs().amax(-1) > 0).all())


def test_negative_control_a_dropped_context_patch_is_noticed(decoder: VisionDecoder) -> None:
    context = two_neighbours(decoder)
    assert context is not None
    dropped = Context(context.keys, context.values, context.labels.clone())
    dropped.labels[0, 1] = Context.ABSENT
    tokens, orders = random_tokens(), rows_of(Order.OMEGA)
    assert (decoder(tokens, orders, context)[0] - decoder(tokens, orders, dropped)[0]).abs().max() > 1e-6
