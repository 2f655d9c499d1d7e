"""The tokenizer's bounded field, proved in float64 with weights that all matter; its codebooks; its configuration."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from engine.config import DecoderConfig, ModelConfig, SamplingConfig, TokenizerConfig
from engine.models.vqgan import VOID, VQGAN, FiniteScalar, LearnedCodebook

CONFIGS = {
    "compression 4": TokenizerConfig(4, (4, 8), (1, 1), levels=(4, 5)),
    "compression 8": TokenizerConfig(8, (4, 8, 8), (1, 2, 2), levels=(8, 5)),
    "learned codebook": TokenizerConfig(4, (4, 8), (1, 1), kernel=5, quantizer="vq", codebook=32, code_dim=6),
}
SEEN = 1e-12  # in float64 nothing that depends on the same numbers differs by more


@pytest.fixture(scope="module", params=CONFIGS, ids=lambda name: name.replace(" ", "-"))
def net(request: pytest.FixtureRequest) -> VQGAN:
    """Layers that start at zero are given weights too, or else the field would not be used to its end."""
    torch.manual_seed(3)
    net = VQGAN(CONFIGS[request.param]).double().eval()
    for parameter in net.parameters():
        parameter.data.add_(0.3 * torch.randn_like(parameter))
    return net.requires_grad_(False)


def some_tokens(net: VQGAN, height: int, width: int, seed: int = 0) -> Tensor:
    return torch.randint(net.vocabulary, (1, height, width), generator=torch.Generator().manual_seed(seed))


def patch_with_halo(net: VQGAN, tokens: Tensor, first: int, side: int, halo: int) -> Tensor:
    """Pixels of the tokens first … first + side in both directions, decoded with `halo` tokens around."""
    part = slice(first - halo, first + side + halo)
    c = net.config.compression
    return net.decode(tokens[:, part, part])[:, :, halo * c : (halo + side) * c, halo * c : (halo + side) * c]


def test_halo_decode_equals_the_whole_decode_and_one_token_less_does_not(net: VQGAN) -> None:
    halo, side, c = net.halo, 3, net.config.compression
    first = halo + 2
    tokens = some_tokens(net, 2 * first + side, 2 * first + side)
    whole = net.decode(tokens)[:, :, first * c : (first + side) * c, first * c : (first + side) * c]
    assert (patch_with_halo(net, tokens, first, side, halo) - whole).abs().max() < SEEN
    assert (patch_with_halo(net, tokens, first, side, halo - 1) - whole).abs().max() > 100 * SEEN


def test_a_changed_token_changes_no_pixel_further_away_than_the_halo(net: VQGAN) -> None:
    middle, c = net.halo + 2, net.config.compression
    tokens = some_tokens(net, 2 * middle + 1, 2 * middle + 1)
    changed = tokens.clone()
    changed[0, middle, middle] = (changed[0, middle, middle] + 1) % net.vocabulary
    difference = (net.decode(tokens) - net.decode(changed)).abs().amax((0, 1))
    inside = slice((middle - net.halo) * c, (middle + net.halo + 1) * c)
    assert difference[inside, inside].max() > 1e-3
    difference[inside, inside] = 0
    assert difference.max() < SEEN


def test_halo_encode_equals_the_whole_encode_and_one_token_less_does_not(net: VQGAN) -> None:
    halo, side, c = net.encoder_halo, 2, net.config.compression
    first = halo + 2
    size = (2 * first + side) * c
    pixels = torch.rand(1, 3, size, size, dtype=torch.float64, generator=torch.Generator().manual_seed(1)) * 2 - 1

    def latents(halo: int) -> Tensor:
        part = slice((first - halo) * c, (first + side + halo) * c)
        return net._latents(pixels[:, :, part, part])[:, :, halo : halo + side, halo : halo + side]

    whole = net._latents(pixels)[:, :, first : first + side, first : first + side]
    assert (latents(halo) - whole).abs().max() < SEEN
    assert (latents(halo - 1) - whole).abs().max() > 100 * SEEN
    part = slice((first - halo) * c, (first + side + halo) * c)
    inside = slice(halo, halo + side)
    alone = net.encode(pixels[:, :, part, part])[:, inside, inside]
    assert (alone == net.encode(pixels)[:, first : first + side, first : first + side]).all()


def test_decoding_the_tokens_gives_the_reconstruction(net: VQGAN) -> None:
    side = 6 * net.config.compression
    pixels = torch.rand(2, 3, side, side, dtype=torch.float64, generator=torch.Generator().manual_seed(2)) * 2 - 1
    painted, tokens, _ = net(pixels)
    assert (tokens == net.encode(pixels)).all()
    assert tokens.unique().numel() > 1
    assert (net.decode(tokens) - painted).abs().max() < SEEN


def test_the_void_is_a_token_like_the_hidden_ones_of_training(net: VQGAN) -> None:
    side = 6 * net.config.compression
    pixels = torch.rand(1, 3, side, side, dtype=torch.float64, generator=torch.Generator().manual_seed(4)) * 2 - 1
    hidden = torch.zeros(1, 6, 6, dtype=torch.bool)
    hidden[:, 2:, 3:] = True
    painted, tokens, _ = net(pixels, hidden)
    some = torch.where(hidden, VOID, tokens)
    assert (net.decode(some) - painted).abs().max() < SEEN
    assert (net.decode(some) - net.decode(tokens)).abs().max() > 1e-3
    assert (net.decode(some) - net.decode(some.clamp_min(0))).abs().max() > 1e-3
    assert net.decode(torch.full((1, 3, 4), VOID)).isfinite().all()


@pytest.mark.parametrize("levels", [(4, 4), (8, 5, 5, 5), (3, 7, 2)])
def test_every_entry_of_the_finite_scalar_codebook_comes_back(levels: tuple[int, ...]) -> None:
    book = FiniteScalar(levels).double().eval()
    tokens = torch.arange(book.size).view(1, 1, -1)
    codes = book.lookup(tokens).double()
    assert codes.shape == (1, len(levels), 1, book.size)
    assert codes.abs().max() <= 1
    assert len(codes[0, :, 0].T.unique(dim=0)) == book.size
    counts = torch.tensor(levels).view(1, -1, 1, 1)
    half, shift = (counts - 1) * (1 + 1e-3) / 2, torch.where(counts % 2 == 0, 0.5, 0.0)
    bounded = codes * (counts // 2)  # the inverse of what forward does before it rounds
    z = torch.atanh(((bounded + shift) / half).double()) - torch.atanh((shift / half).double())
    rounded, found, loss = book(z / book.spread)
    assert (found == tokens).all()
    assert (rounded - codes).abs().max() < 1e-7  # lookup divides integers in float32: thirds are not exact
    assert loss == 0


def test_every_entry_of_a_learned_codebook_comes_back() -> None:
    torch.manual_seed(0)
    book = LearnedCodebook(64, 8).double().eval()
    tokens = torch.arange(64).view(1, 8, 8)
    codes = book.lookup(tokens)
    quantised, found, loss = book(codes * 3)
    assert (found == tokens).all()
    assert (quantised - codes).abs().max() < SEEN
    assert loss < SEEN
    latents = torch.randn(2, 8, 3, 3, dtype=torch.float64)
    quantised, found, _ = book(latents)
    assert (quantised - book.lookup(found)).abs().max() < SEEN


def test_entries_that_fall_out_of_use_are_born_again() -> None:
    torch.manual_seed(0)
    book = LearnedCodebook(32, 4).train()
    book.codes.data[16:] = -book.codes.data[0]  # all in one place
    latents = torch.randn(4, 4, 16, 16)
    for _ in range(600):
        book(latents)
    assert book(latents)[1].unique().numel() > 24


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: TokenizerConfig(6), "power of two"),
        (lambda: TokenizerConfig(2, (8,), (1,)), "power of two"),
        (lambda: TokenizerConfig(16), "4 levels"),
        (lambda: TokenizerConfig(8, (8, 8, 8), (1, 1)), "3 levels"),
        (lambda: DecoderConfig(dim=100, heads=3), "multiple"),
        (lambda: DecoderConfig(heads=4, kv_heads=3), "multiple"),
        (lambda: TokenizerConfig(depths=(1, 2, 50_000)), "at most"),
        (lambda: DecoderConfig(layers=80_000), "at most"),
        (lambda: SamplingConfig(top_p=0.0), "top_p"),
        (lambda: SamplingConfig(min_p=1.5), "min_p"),
    ],
)
def test_a_size_that_cannot_be_is_told(wrong: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        wrong()


def test_a_configuration_comes_back_from_its_dictionary() -> None:
    config = ModelConfig("x", CONFIGS["learned codebook"], DecoderConfig(layers=3), sampling=SamplingConfig(0.9, 0.1))
    assert ModelConfig.from_dict(config.to_dict()) == config
    before = {name: value for name, value in config.to_dict().items() if name != "sampling"}
    assert ModelConfig.from_dict(before) == replace(config, sampling=SamplingConfig())
    with pytest.raises(TypeError):
        ModelConfig.from_dict({**config.to_dict(), "tokenizer": {"foreign": 1}})
