"""Learning on a CPU: several replicas leave the gradients of one, and attention in plain products is attention."""

from collections.abc import Iterator

import pytest
import torch
import torch.nn.functional as F

from engine.config import PRESETS
from engine.models.checkpoint import ImageModel
from engine.models.cpu_attention import PlainAttention
from engine.models.vision_decoder import VisionDecoder
from engine.planning.windows import window_plan
from engine.request import Order
from engine.training.teacher_forcing import teacher_forcing
from engine.training.threaded_data_parallel import ThreadedReplicas

TINY = PRESETS["tiny"].decoder


@pytest.mark.parametrize("count", [1, 2, 3])
def test_hands_leave_the_gradients_of_the_whole_batch(count: int) -> None:
    model = ImageModel.fresh(PRESETS["tiny"], 0).decoder.double()
    window = window_plan(2, TINY.extent, Order.OMEGA)
    grid = torch.randint(TINY.vocabulary, (5, 2 * TINY.side, 2 * TINY.side))

    def losses(net: VisionDecoder, part: slice) -> Iterator[torch.Tensor]:
        for _, out, seen in teacher_forcing(net, window, grid[part]):
            yield F.cross_entropy(out.flatten(0, 1), seen.flatten())

    threads = torch.get_num_threads()
    torch.stack([*losses(model, slice(None))]).sum().backward()
    wanted = [p.grad for p in model.parameters()]
    model.zero_grad(set_to_none=True)
    replicas = ThreadedReplicas(model, count)
    for _ in range(2):  # nothing is left over from the step before
        model.zero_grad(set_to_none=True)
        replicas.backward(losses, len(grid))
    for parameter, grad in zip(model.parameters(), wanted, strict=True):
        assert (parameter.grad is None) == (grad is None)
        assert grad is None or torch.allclose(parameter.grad, grad, rtol=0, atol=1e-12)  # type: ignore[arg-type]
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(1)
    for net in replicas.nets:
        assert all(torch.equal(a, b) for a, b in zip(net.parameters(), model.parameters(), strict=True))
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize("batch", [1, 2])
def test_attention_in_plain_products_is_attention(batch: int) -> None:
    torch.manual_seed(0)
    q, keys, values = (torch.randn(2, 3, n, 8, dtype=torch.float64, requires_grad=True) for n in (10, 7, 7))
    mask = torch.rand(batch, 1, 5, 7) < 0.7
    mask[..., 0] = True
    bias = torch.zeros(mask.shape, dtype=torch.float64).masked_fill(~mask, -torch.inf)
    ours = PlainAttention.apply(q * 8**-0.5, keys, values, bias)
    theirs = F.scaled_dot_product_attention(q, keys, values, mask.repeat(1, 1, 2, 1))
    assert torch.allclose(ours, theirs, rtol=0, atol=1e-12)  # type: ignore[arg-type]
    glance = torch.randn_like(theirs)
    for one, other in zip(
        torch.autograd.grad(ours, (q, keys, values), glance),  # type: ignore[arg-type]
        torch.autograd.grad(theirs, (q, keys, values), glance), strict=True,
    ):  # fmt: skip
        assert torch.allclose(one, other, rtol=0, atol=1e-12)
