"""The published VQGAN of taming-transformers (Esser et al., 2021), read as a tokenizer to train larger decoders over.

Its norms and its attention look at all of a picture, so no patch can be decoded exactly on its own: windows with a wide
halo are decoded instead, and pixels far from a changed token may differ a little from those of a larger window.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.config import TokenizerConfig
from engine.models.vqgan import VOID

WINDOW = 8  # tokens of halo on each side of what is encoded or decoded
AT_ONCE = 4096  # tokens whose distances to the codebook are computed at once


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions after norm and swish, added to the input."""

    def __init__(self, width: int, out: int):
        super().__init__()
        self.norm1, self.conv1 = _norm(width), nn.Conv2d(width, out, 3, padding=1)
        self.norm2, self.conv2 = _norm(out), nn.Conv2d(out, out, 3, padding=1)
        self.nin_shortcut = nn.Conv2d(width, out, 1) if width != out else None

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))
        return y + (x if self.nin_shortcut is None else self.nin_shortcut(x))


class Attention(nn.Module):
    """One head over all places of the picture."""

    def __init__(self, width: int):
        super().__init__()
        self.norm = _norm(width)
        self.q, self.k, self.v, self.proj_out = (nn.Conv2d(width, width, 1) for _ in range(4))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        q, k, v = (each(y).flatten(2).transpose(1, 2).unsqueeze(1) for each in (self.q, self.k, self.v))
        y = F.scaled_dot_product_attention(q, k, v).squeeze(1).transpose(1, 2).unflatten(2, x.shape[2:])
        return x + self.proj_out(y)


class Level(nn.Module):
    """Residual blocks of one resolution, attention at the coarsest, and the way to the next resolution."""

    def __init__(self, width: int, out: int, blocks: int, attends: bool, down: bool = False, up: bool = False):
        super().__init__()
        self.block = nn.ModuleList(ResidualBlock(width if not n else out, out) for n in range(blocks))
        self.attn = nn.ModuleList(Attention(out) for _ in range(blocks if attends else 0))
        self.downsample = Resample(out, up=False) if down else None
        self.upsample = Resample(out, up=True) if up else None

    def forward(self, x: Tensor) -> Tensor:
        for number, block in enumerate(self.block):
            x = block(x)
            if len(self.attn):
                x = self.attn[number](x)
        way = self.downsample or self.upsample
        return way(x) if way else x


class Resample(nn.Module):
    """Half or twice the resolution."""

    def __init__(self, width: int, up: bool):
        super().__init__()
        self.up = up
        self.conv = nn.Conv2d(width, width, 3, padding=1) if up else nn.Conv2d(width, width, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0) if self.up else F.pad(x, (0, 1, 0, 1)))


class Middle(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.block_1, self.attn_1, self.block_2 = (
            ResidualBlock(width, width),
            Attention(width),
            ResidualBlock(width, width),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.block_2(self.attn_1(self.block_1(x)))


class Encoder(nn.Module):
    def __init__(self, config: TokenizerConfig):
        super().__init__()
        widths = config.widths
        self.conv_in = nn.Conv2d(3, widths[0], 3, padding=1)
        self.down, last, before = nn.ModuleList(), len(widths) - 1, widths[0]
        for number, width in enumerate(widths):
            self.down.append(Level(before, width, config.depths[number], number == last, down=number != last))
            before = width
        self.mid, self.norm_out = Middle(before), _norm(before)
        self.conv_out = nn.Conv2d(before, config.code_dim, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv_in(x)
        for level in self.down:
            x = level(x)
        return self.conv_out(F.silu(self.norm_out(self.mid(x))))


class Decoder(nn.Module):
    def __init__(self, config: TokenizerConfig):
        super().__init__()
        widths, last = config.widths, len(config.widths) - 1
        self.conv_in = nn.Conv2d(config.code_dim, widths[-1], 3, padding=1)
        self.mid = Middle(widths[-1])
        levels, before = [], widths[-1]
        for number in reversed(range(len(widths))):
            levels.insert(0, Level(before, widths[number], config.depths[number] + 1, number == last, up=number > 0))
            before = widths[number]
        self.up, self.norm_out = nn.ModuleList(levels), _norm(before)
        self.conv_out = nn.Conv2d(before, 3, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.mid(self.conv_in(x))
        for level in reversed(self.up):
            x = level(x)
        return self.conv_out(F.silu(self.norm_out(x)))


class Codebook(nn.Module):
    """Nearest entries by Euclidean distance."""

    def __init__(self, size: int, dim: int):
        super().__init__()
        self.embedding = nn.Embedding(size, dim)

    def nearest(self, latents: Tensor) -> Tensor:
        """(batch, dim, h, w) to tokens (batch, h, w)."""
        flat, codes = latents.permute(0, 2, 3, 1).flatten(0, 2), self.embedding.weight
        lengths = codes.square().sum(1)
        tokens = torch.cat([(lengths - 2 * part @ codes.T).argmin(1) for part in flat.split(AT_ONCE)])
        return tokens.view(len(latents), *latents.shape[2:])


class TamingVQGAN(nn.Module):
    """The interface of VQGAN over published weights, whose names it keeps. Pixels are float in [-1, 1]."""

    halo = encoder_halo = WINDOW  # not the field, which is the whole picture, but as much as is looked at

    def __init__(self, config: TokenizerConfig):
        super().__init__()
        self.config = config
        self.encoder, self.decoder = Encoder(config), Decoder(config)
        self.quantize = Codebook(config.codebook, config.code_dim)
        self.quant_conv = nn.Conv2d(config.code_dim, config.code_dim, 1)
        self.post_quant_conv = nn.Conv2d(config.code_dim, config.code_dim, 1)

    @property
    def vocabulary(self) -> int:
        return self.config.codebook

    def entries(self) -> Tensor:
        """Return the latents of all tokens, (vocabulary, code_dim)."""
        return self.quantize.embedding.weight.detach()

    @torch.no_grad()
    def encode(self, pixels: Tensor) -> Tensor:
        """Tokens (batch, height / compression, width / compression) of pixels (batch, 3, height, width)."""
        return self.quantize.nearest(self.quant_conv(self.encoder(pixels)))

    @torch.no_grad()
    def decode(self, tokens: Tensor) -> Tensor:
        """Pixels of a token map; what is VOID, not painted yet, is the mean of the codebook."""
        codes = self.quantize.embedding.weight
        latents = torch.where((tokens == VOID).unsqueeze(-1), codes.mean(0), codes[tokens.clamp_min(0)])
        return self.decoder(self.post_quant_conv(latents.permute(0, 3, 1, 2)))


def _norm(width: int) -> nn.GroupNorm:
    return nn.GroupNorm(min(32, width), width, eps=1e-6)
