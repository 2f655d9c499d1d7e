"""FID, KID and IS by torchmetrics, Block-FID, CLIP-SIM and features for FVD, by networks whose files the user supplies.

Nothing is downloaded. The Inception and I3D networks are TorchScript files, which hold no Python; CLIP is a folder with
config.json, the tokenizer and model.safetensors.
"""

import warnings
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn

from engine.evaluate.frechet import block_distances
from engine.request import UserError

NOT_COMPUTED = "not computed (needs weight files)"
BATCH = 16
CLIP_FRAMES = 10  # I3D needs as many; shorter clips are repeated at their end


@dataclass(frozen=True)
class ForeignFiles:
    """inception: TorchScript (as inception-2015-12-05.pt), with `forward(uint8 (n, 3, h, w), return_features)`.

    i3d: TorchScript (as i3d_torchscript.pt), with `forward((n, 3, frames, h, w) in [-1, 1], rescale, resize,
    return_features)`. clip: a folder of a CLIP model in the layout of transformers.
    """

    inception: Path | None = None
    clip: Path | None = None
    i3d: Path | None = None

    def check(self) -> None:
        """Raise UserError for a file that is not such a network, before anything is painted for it."""
        if self.inception:
            _Features(_Network(self.inception))(torch.zeros(1, 3, 64, 64, dtype=torch.uint8))
        if self.i3d:
            clip_features(self, np.zeros((1, CLIP_FRAMES, 64, 64, 3), np.uint8))
        if self.clip:
            _check_clip(self.clip)


def picture_distances(
    files: ForeignFiles, real: Sequence[np.ndarray], painted: Sequence[np.ndarray], subset: int = 50
) -> dict[str, Any]:
    """FID, KID and IS of painted blocks against real ones, uint8 (height, width, 3) of one size."""
    names = ("fid", "kid", "inception_score")
    if files.inception is None:
        return dict.fromkeys(names, NOT_COMPUTED)
    if min(len(real), len(painted)) < 2:
        return dict.fromkeys(names, "not computed (too few blocks)")
    with _metrics():
        from torchmetrics.image.fid import FrechetInceptionDistance
        from torchmetrics.image.inception import InceptionScore
        from torchmetrics.image.kid import KernelInceptionDistance
    net = _Network(files.inception)
    features = _Features(net)
    fid = FrechetInceptionDistance(features)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that features are kept in memory, which is what is wanted
        kid = KernelInceptionDistance(features, subset_size=min(subset, len(real), len(painted)))
        score = InceptionScore(_Logits(net), splits=min(10, len(painted)))
    for blocks, is_real in ((real, True), (painted, False)):
        for batch in _batches(blocks):
            fid.update(batch, real=is_real)
            kid.update(batch, real=is_real)
            if not is_real:
                score.update(batch)
    found, deviation = score.compute()
    return {
        "fid": float(fid.compute()),
        "kid": float(kid.compute()[0]),
        "inception_score": {"value": float(found), "deviation": float(deviation)},
    }


def block_fid(files: ForeignFiles, real: Sequence[np.ndarray], pictures: np.ndarray, block: int) -> float | str:
    """The paper's Block-FID: the mean FID over the places of a block in pictures uint8 (count, height, width, 3)."""
    if files.inception is None:
        return NOT_COMPUTED
    if min(len(real), len(pictures)) < 2:
        return "not computed (too few pictures)"
    features = _Features(_Network(files.inception))
    return float(np.mean(block_distances(partial(_through, features), pictures, _through(features, real), block)))


def clip_similarity(files: ForeignFiles, pictures: Sequence[np.ndarray], texts: Sequence[str]) -> float | str:
    """CLIP-SIM: the mean cosine of pictures uint8 (height, width, 3) and their texts, times 100.

    By transformers alone: torchmetrics 1.9 does not know what transformers 5 returns.
    """
    if files.clip is None:
        return NOT_COMPUTED
    if not pictures:
        return "not computed (no painting from words)"
    with _metrics():
        from transformers import CLIPModel, CLIPProcessor
        from transformers.utils import logging
    folder = str(files.clip)
    _check_clip(files.clip)
    logging.disable_progress_bar()
    try:
        net = CLIPModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
        reader = CLIPProcessor.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"{folder} is not a complete CLIP model ({str(error).splitlines()[0][:160]}).") from None
    found = []
    for picture, text in zip(pictures, texts, strict=True):
        inputs: Any = cast(Any, reader)(text=[text], images=[picture], return_tensors="pt", truncation=True)
        with torch.no_grad():
            seen = net(**inputs)
        found.append(torch.cosine_similarity(seen.image_embeds, seen.text_embeds).item())
    return 100 * float(np.mean(found))


@torch.no_grad()
def clip_features(files: ForeignFiles, clips: np.ndarray) -> np.ndarray:
    """What I3D makes of clips uint8 (count, frame, height, width, 3): float64 (count, dim); FVD compares these."""
    assert files.i3d
    net, found = _Network(files.i3d), []
    for clip in clips:
        frames = np.concatenate([clip, np.repeat(clip[-1:], max(0, CLIP_FRAMES - len(clip)), 0)])
        x = torch.from_numpy(frames).permute(3, 0, 1, 2)[None].float() / 127.5 - 1
        found.append(net(x, rescale=False, resize=True, return_features=True)[0])
    return torch.stack(found).double().numpy()


class _Network:
    """A TorchScript file that makes (n, values) of n pictures or clips; raises UserError where it is another one."""

    def __init__(self, path: Path):
        self.path, self.net = path, _script(path)

    def __call__(self, pixels: Tensor, **options: bool) -> Tensor:
        try:
            made = self.net(pixels, **options)
        except (AttributeError, RuntimeError, TypeError) as error:
            raise UserError(f"{self.path} does not take the expected inputs ({_reason(error)}).") from None
        if not isinstance(made, Tensor) or made.ndim != 2 or len(made) != len(pixels):
            raise UserError(f"{self.path} does not return one row of numbers for each picture or clip.")
        return made


class _Features(nn.Module):
    """The pooled features of an Inception network, (n, 2048)."""

    def __init__(self, net: _Network):
        super().__init__()
        self.net = net

    @torch.no_grad()
    def forward(self, pixels: Tensor) -> Tensor:
        return self.net(pixels, return_features=True)


class _Logits(_Features):
    """Its logits, (n, 1008); torchmetrics makes probabilities of them."""

    @torch.no_grad()
    def forward(self, pixels: Tensor) -> Tensor:
        return self.net(pixels, no_output_bias=True).clamp_min(1e-12).log()


def _reason(error: Exception) -> str:
    """The line of an error that says what is wrong; TorchScript puts a traceback before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith(("RuntimeError:", "Unknown", "Expected"))]
    return (reasons or lines or [type(error).__name__])[0][:160]


def _script(path: Path) -> torch.jit.ScriptModule:
    if not path.is_file():
        raise UserError(f"{path} is not a file; name the TorchScript file of the network.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PyTorch prefers other files, but these are the published ones
            return torch.jit.load(str(path), map_location="cpu").eval()
    except (RuntimeError, ValueError) as error:
        raise UserError(f"{path} is not a TorchScript file, or it is damaged ({_reason(error)}).") from None


def _batches(blocks: Sequence[np.ndarray] | np.ndarray) -> list[Tensor]:
    """uint8 (n, 3, height, width)."""
    starts = range(0, len(blocks), BATCH)
    return [torch.from_numpy(np.stack(list(blocks[s : s + BATCH]))).permute(0, 3, 1, 2).contiguous() for s in starts]


def _through(net: Callable[[Tensor], Tensor], blocks: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    return torch.cat([net(batch) for batch in _batches(blocks)]).double().numpy()


def _check_clip(folder: Path) -> None:
    if not (folder / "config.json").is_file():
        raise UserError(f"{folder} is not the folder of a CLIP model: it has no config.json.")


@contextmanager
def _metrics() -> Any:
    try:
        yield
    except ImportError as error:
        raise UserError(f"{error.name or 'A package'} is not installed: pip install handscroll[metrics].") from None
