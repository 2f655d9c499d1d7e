"""The image tokenizer: a VQGAN whose every output depends on a bounded field, so that patches decode on their own.

No attention and no norm over space: a patch decoded with `halo` tokens of its neighbours equals the same place in the
decode of the whole canvas, and a changed token changes no pixel further away than that.
"""

import math
from collections.abc import Sequence
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.config import TokenizerConfig

VOID = -1  # the token that is not painted yet


class Block(nn.Module):
    """Depthwise convolution, norm per pixel, and a wide 1×1 pair, added to its input (as in ConvNeXt)."""

    def __init__(self, width: int, kernel: int, expansion: int = 3):
        super().__init__()
        self.spatial = nn.Conv2d(width, width, kernel, padding=kernel // 2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.wide = nn.Linear(width, width * expansion)
        self.narrow = nn.Linear(width * expansion, width)
        nn.init.zeros_(self.narrow.weight)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, x: Tensor) -> Tensor:  # (batch, width, height, width)
        y = self.spatial(x).permute(0, 2, 3, 1)  # channels last: the 1×1 pair is a matrix product
        y = self.narrow(F.gelu(self.wide(self.norm(y))))
        return x + y.permute(0, 3, 1, 2)


class PixelNorm(nn.Module):
    """LayerNorm over the channels of each pixel."""

    def __init__(self, width: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class FiniteScalar(nn.Module):
    """FSQ: each latent dimension is rounded to a few levels; their product is the codebook.

    The latents are brought to unit variance first (a norm with running statistics, without affine terms); without it a
    trial used 22 of 1000 entries.
    """

    spread = 1.2  # how far the normalised latents reach into the outer levels

    def __init__(self, levels: tuple[int, ...]):
        super().__init__()
        self.levels = levels
        self.dim, self.size = len(levels), math.prod(levels)
        self.norm = nn.BatchNorm2d(self.dim, affine=False, momentum=0.02)

    def _per_dim(self, like: Tensor) -> tuple[Tensor, Tensor]:
        counts = torch.tensor(self.levels, device=like.device)
        bases = torch.cumprod(torch.tensor((1, *self.levels[:-1]), device=like.device), 0)
        return counts.view(1, -1, 1, 1), bases.view(1, -1, 1, 1)

    def forward(self, latents: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(batch, dim, h, w) to rounded latents in [-1, 1], tokens (batch, h, w) and a loss of zero."""
        counts, bases = self._per_dim(latents)
        z = self.norm(latents.to(cast(Tensor, self.norm.running_var).dtype)) * self.spread
        half = (counts - 1) * (1 + 1e-3) / 2
        shift = torch.where(counts % 2 == 0, 0.5, 0.0)
        bounded = torch.tanh(z + torch.atanh(shift / half)) * half - shift
        rounded = bounded + (bounded.round() - bounded).detach()  # straight-through
        middle = counts // 2
        tokens = ((rounded.detach().round().long() + middle) * bases).sum(1)
        return rounded / middle, tokens, latents.new_zeros(())

    def lookup(self, tokens: Tensor) -> Tensor:
        """Tokens (batch, h, w) to latents (batch, dim, h, w)."""
        counts, bases = self._per_dim(tokens)
        middle = counts // 2
        levels = (tokens.unsqueeze(1) // bases) % counts - middle
        return levels.to(cast(Tensor, self.norm.running_var).dtype) / middle


class LearnedCodebook(nn.Module):
    """VQ by cosine similarity with a learned codebook; entries that fall out of use are born again from the data."""

    def __init__(self, size: int, dim: int):
        super().__init__()
        self.size, self.dim = size, dim
        self.codes = nn.Parameter(F.normalize(torch.randn(size, dim), dim=-1))
        self.register_buffer("use", torch.ones(size))

    def forward(self, latents: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        z = F.normalize(latents.to(self.codes.dtype), dim=1)
        flat = z.permute(0, 2, 3, 1).reshape(-1, self.dim)
        tokens = (flat @ F.normalize(self.codes, dim=-1).T).argmax(-1)
        tokens = tokens.view(z.shape[0], *z.shape[2:])
        q = self.lookup(tokens)
        loss = self.dim * (F.mse_loss(q, z.detach()) + 0.25 * F.mse_loss(z, q.detach()))
        if self.training:
            self._revive(flat.detach(), tokens.flatten())
        return z + (q - z).detach(), tokens, loss

    @torch.no_grad()
    def _revive(self, flat: Tensor, tokens: Tensor) -> None:
        use = cast(Tensor, self.use)
        use.mul_(0.99).add_(torch.bincount(tokens, minlength=self.size), alpha=0.01)
        dead = (use < 0.03).nonzero().flatten()[: len(flat) // 8]
        if len(dead):
            self.codes.data[dead] = flat[torch.randint(len(flat), (len(dead),), device=flat.device)]
            use[dead] = 1.0

    def lookup(self, tokens: Tensor) -> Tensor:
        return F.normalize(self.codes, dim=-1)[tokens].permute(0, 3, 1, 2)


class VQGAN(nn.Module):
    """Encoder, codebook and decoder. Pixels are float in [-1, 1], (batch, 3, height, width); tokens int64."""

    def __init__(self, config: TokenizerConfig):
        super().__init__()
        self.config = config
        self.quantizer = (
            FiniteScalar(config.levels)
            if config.quantizer == "fsq"
            else LearnedCodebook(config.codebook, config.code_dim)
        )
        self.encoder = nn.Sequential(*_encoder(config, self.quantizer.dim))
        self.decoder = nn.Sequential(*_decoder(config, self.quantizer.dim))
        # The mean colour of a cell takes a way of its own; without it colour came only after thousands of steps.
        self.colour_in = nn.Conv2d(3, self.quantizer.dim, 1)
        self.colour_out = nn.Conv2d(self.quantizer.dim, 3, 1)
        if isinstance(self.quantizer, FiniteScalar) and self.quantizer.dim >= 3:
            _start_with_colours(self.colour_in, self.colour_out)
        self.void = nn.Parameter(torch.zeros(self.quantizer.dim))
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    @property
    def vocabulary(self) -> int:
        return self.quantizer.size

    @torch.no_grad()
    def entries(self) -> Tensor:
        """Return the latents of all tokens, (vocabulary, dim)."""
        tokens = torch.arange(self.vocabulary, device=self.void.device).view(1, 1, -1)
        return self.quantizer.lookup(tokens)[0, :, 0].T

    @property
    def halo(self) -> int:
        """Tokens of neighbours on each side that fix a decoded patch completely: the decoder's field."""
        return _field(self.config, encoder=False)

    @property
    def encoder_halo(self) -> int:
        """The same for the encoder: tokens' worth of pixels around a place that its token depends on."""
        return _field(self.config, encoder=True)

    def forward(self, pixels: Tensor, hidden: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Reconstruct; `hidden` bool (batch, h, w) replaces tokens by the void. Returns pixels, tokens, loss."""
        latents, tokens, loss = self.quantizer(self._latents(pixels))
        if hidden is not None:
            latents = torch.where(hidden.unsqueeze(1), self._void_like(latents), latents)
        return self.pixels_of(latents), tokens, loss

    @torch.no_grad()
    def encode(self, pixels: Tensor) -> Tensor:
        """Tokens (batch, height / compression, width / compression)."""
        return self.quantizer(self._latents(pixels))[1]

    @torch.no_grad()
    def decode(self, tokens: Tensor) -> Tensor:
        """Pixels of a token map, where VOID marks what is not painted."""
        return self.pixels_of(self.latents_of(tokens))

    def latents_of(self, tokens: Tensor) -> Tensor:
        """Latents (batch, dim, h, w) of a token map (batch, h, w)."""
        latents = self.quantizer.lookup(tokens.clamp_min(0)).to(self.void.dtype)
        return torch.where((tokens == VOID).unsqueeze(1), self._void_like(latents), latents)

    def _latents(self, pixels: Tensor) -> Tensor:
        colour = self.colour_in(F.avg_pool2d(pixels, self.config.compression))
        return self.encoder(_channels_last(pixels)) + colour

    def pixels_of(self, latents: Tensor, added: Sequence[Tensor] = ()) -> Tensor:
        """Decode latents; `added` is summed to the input of each level, coarsest first."""
        colour = self.colour_out(latents).repeat_interleave(self.config.compression, 2)
        pixels = self._decoded(_channels_last(latents), added)
        return pixels + colour.repeat_interleave(self.config.compression, 3)

    def _decoded(self, x: Tensor, added: Sequence[Tensor]) -> Tensor:
        if not added:
            return self.decoder(x)
        sums, last = iter(added), len(self.decoder) - 1
        for number, layer in enumerate(self.decoder):
            x = layer(x)
            if number == 0 or (isinstance(layer, nn.PixelShuffle) and number < last):  # here a level begins
                x = x + next(sums)
        return x

    def _void_like(self, latents: Tensor) -> Tensor:
        return self.void.view(1, -1, 1, 1).to(latents.dtype).expand_as(latents)


@torch.no_grad()
def _start_with_colours(into: nn.Conv2d, out: nn.Conv2d) -> None:
    """Let the first three latents begin as lightness, red against blue, and green against both.

    Left to themselves all four took up lightness in a trial, and after a thousand steps pictures still had no red.
    """
    if into.weight.is_meta:
        return
    axes = F.normalize(torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 2.0, -1.0]]), dim=1)
    reach = torch.tensor([1.1, 0.25, 0.15])  # how far paintings go along each, for latents within [-1, 1]
    nn.init.zeros_(into.weight)
    nn.init.zeros_(out.weight)
    into.weight[:3, :, 0, 0] = axes
    out.weight[:, :3, 0, 0] = axes.T * reach


def _channels_last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)


def _encoder(config: TokenizerConfig, code_dim: int) -> list[nn.Module]:
    """Starts at 4 px a cell: the finest level costs most and gains the encoder least."""
    widths, depths = config.widths, config.depths
    layers: list[nn.Module] = [nn.PixelUnshuffle(4), nn.Conv2d(48, widths[1], 3, padding=1)]
    for level in range(1, len(widths)):
        if level > 1:
            layers.append(nn.Conv2d(widths[level - 1], widths[level], 2, stride=2))
        layers += [Block(widths[level], config.kernel) for _ in range(depths[level])]
        layers.append(PixelNorm(widths[level]))
    last = nn.Conv2d(widths[-1], code_dim, 1)
    nn.init.normal_(last.weight, std=1e-3)  # the colours begin alone
    nn.init.zeros_(last.bias)  # type: ignore[arg-type]
    return [*layers, last]


def _decoder(config: TokenizerConfig, code_dim: int) -> list[nn.Module]:
    """Goes up in steps of two: a shuffle of four in one step left a 4-px texture in a trial."""
    widths, depths = config.widths, config.depths
    layers: list[nn.Module] = [nn.Conv2d(code_dim, widths[-1], 3, padding=1)]
    for level in reversed(range(len(widths))):
        layers += [Block(widths[level], config.kernel) for _ in range(depths[level])]
        layers.append(PixelNorm(widths[level]))
        if level:
            layers += [nn.Conv2d(widths[level], widths[level - 1] * 4, 1), nn.PixelShuffle(2)]
    last = nn.Conv2d(widths[0], 12, 3, padding=1)
    nn.init.zeros_(last.weight)  # the colours alone are the first picture
    return [*layers, last, nn.PixelShuffle(2)]


def _field(config: TokenizerConfig, encoder: bool) -> int:
    """Radius of the field in tokens: cells reached at each level times the pixels of a cell, rounded up."""
    first = 1 if encoder else 0
    reach = sum(
        config.depths[level] * (config.kernel // 2) * 2 ** (level + 1) for level in range(first, len(config.depths))
    )
    reach += 4 if encoder else 2 + config.compression  # the 3×3 convolutions at the ends
    return math.ceil(reach / config.compression)
