"""What a film stands on: a canvas whose frames are whole one after another, each guiding the decode of the next."""

import numpy as np
import torch
from torch import Tensor

from engine.inference.backdrop import Backdrop
from engine.inference.canvas import Canvas
from engine.inference.motion_direction import NO_SKY, asks_for_sky
from engine.inference.seam_blending import feather
from engine.media.animation import mixed
from engine.models import motion_compensation as compensation
from engine.models.checkpoint import ImageModel
from engine.models.pg_vqgan import Guide, compensated, decode_guided
from engine.models.vqgan import VQGAN
from engine.request import Box, PaintRequest, Patch, Update


class FilmCanvas(Canvas):
    """Tokens and pixels of a film.

    backdrop: what goes by in it, if anything does (engine/inference/backdrop.py). notes: what could not be done.
    """

    def __init__(self, request: PaintRequest, model: ImageModel):
        self._finished: tuple[int, np.ndarray] | None = None  # the newest frame that is whole
        self._shown: dict[int, np.ndarray] = {}  # what was told of frames that are not
        self._shares: dict[int, np.ndarray] = {}  # of the frame that was asked for last
        self._settled: set[Patch] = set()  # patches of these that were told as they stay
        self.backdrop = Backdrop.of(request, model.config)
        self.notes = () if self.backdrop or not asks_for_sky(request) else (NO_SKY,)
        super().__init__(request, model)

    def is_final(self, patch: Patch) -> bool:
        guided = not patch.frame or self.model.guide is None or self._guided(patch.frame)
        return guided and super().is_final(patch)

    def settled(self, patch: Patch) -> bool:
        """Whether it was told as it stays, or needs no telling."""
        return patch in self._settled or patch not in self.paintable

    def updates(self, patch: Patch) -> tuple[Update, ...]:
        """A patch, and those around it that wait for nothing more, each once: a guide makes much depend on much."""
        around = [p for p in self.patches_in(self.reach_of(patch), patch.frame) if p != patch]
        updates = []
        for each in [patch, *(p for p in around if not self.settled(p) and self.is_final(p))]:
            self._render(each)
            box = self.box_of(each).intersect(self.request.target)
            updates.append(Update(box, self._seen(box, patch.frame)))
        return tuple(updates)

    final_updates = updates  # it decodes hardly anything twice as it is

    def finish(self, frame: int) -> np.ndarray:
        """What a frame looks like whose patches are all there, uint8 (height, width, 3); it guides the next one."""
        for patch in self.patches_in(self.request.target, frame):
            self._render(patch)
        self._settled = {patch for patch in self._settled if patch.frame != frame}
        seen = self._seen(self.request.target, frame)
        self.go_on(frame, self._pixels(frame))
        del self._shown[frame]
        return seen

    def _render(self, patch: Patch) -> None:
        """Make a patch part of its frame, unless it is there as it stays: no whole frame is decoded again."""
        if self.settled(patch):
            return
        box = self.box_of(patch).intersect(self.request.target)
        self._pixels(patch.frame)[box.slices(self.request.target)] = self.render(box, patch.frame)
        if self.is_final(patch):
            self._settled.add(patch)

    def go_on(self, frame: int, pixels: np.ndarray) -> None:
        """All up to this frame is whole, and this is what it looks like."""
        self._finished = frame, pixels

    def _pixels(self, frame: int) -> np.ndarray:
        """What is known and told of a frame that is under way."""
        if frame not in self._shown:
            self._shown[frame] = self.read_known(self.request.target, frame)[0]
        return self._shown[frame]

    @property
    def guided_by_what_is_seen(self) -> bool:
        """Whether a frame guides the next one with the very pixels that are told of it, and with all of them."""
        return not any(known.frame for known in self.request.known)

    def _seen(self, box: Box, frame: int) -> np.ndarray:
        """What a box of the target looks like: a part that moves goes over into the still around it.

        With the border alone matched a straight line would show where clouds that drift meet those that do not. The
        next frame is guided by what is under it, or the still would be carried along.
        """
        here = box.slices(self.request.target)
        pixels, share = self._pixels(frame)[here], self._share(frame)
        if share is None or (share[here] == 1).all():
            return pixels.copy()
        still, known = self.read_known(box)
        return np.where(known[..., None], mixed(still, pixels, share[here][..., None]), pixels)

    def _share(self, frame: int) -> np.ndarray | None:
        """How much of what is painted shows in the target, float32 (height, width); None where nothing else does."""
        if not frame or frame not in self._given or (self.backdrop and self.backdrop.tells(frame)):
            return None
        alike = self._alike[frame]
        if alike not in self._shares:  # kept for one: most frames know the same
            known = self.read_known(self.request.target, frame)[1]
            self._shares = {alike: feather(torch.from_numpy(known)).numpy()}
        return self._shares[alike]

    def forced(self, patch: Patch) -> Tensor:
        """As Canvas.forced; all where it is told what goes by."""
        if self.backdrop is None or not self.backdrop.tells(patch.frame):
            return super().forced(patch)
        return self.encode_known(*self.backdrop.seen(self.seen_by_the_encoder(self.box_of(patch)), patch.frame))

    def render(self, box: Box, frame: int = 0) -> np.ndarray:
        """As Canvas.render; what goes by is there and needs no decoding."""
        if self.backdrop is None or not self.backdrop.tells(frame):
            return super().render(box, frame)
        return self.backdrop.seen(box, frame)[0]

    def _guided(self, frame: int) -> bool:
        return self._finished is not None and self._finished[0] == frame - 1

    @property
    def _reach(self) -> int:
        return self._halo + (compensation.REACH if self.model.guide else 0)

    @property
    def _halo(self) -> int:
        return super()._halo + (self.model.guide.halo if self.model.guide else 0)

    def decode(self, box: Box, frame: int = 0) -> Tensor:
        """Decoded pixels (3, h, w) in [-1, 1] of any box, guided by the frame before where that is whole."""
        guide, tokenizer = self._guide(box, frame), self.model.tokenizer
        if guide is None or self.model.guide is None or not isinstance(tokenizer, VQGAN):
            return super().decode(box, frame)
        tokens, own = self._tokens_under(box, frame, self._halo)
        with torch.no_grad():
            return decode_guided(tokenizer, self.model.guide, tokens.to(self.model.device)[None], guide)[0][:, *own]

    def _guide(self, box: Box, frame: int) -> Guide | None:
        """What the frame before shows under a box and its halo, as it has moved; beyond the target its edge goes on."""
        if self.model.guide is None or not isinstance(self.model.tokenizer, VQGAN):
            return None
        if self._finished is None or not self._guided(frame):
            return None
        pixels, target, c, around = self._finished[1], self.request.target, self.compression, compensation.REACH
        halo = self._halo + around
        before, (rows, columns) = self._tokens_under(box, frame - 1, halo)
        height, width = (size * c for size in before.shape)
        y = np.clip(np.arange(height) + box.y - rows.start - target.y, 0, target.height - 1)
        x = np.clip(np.arange(width) + box.x - columns.start - target.x, 0, target.width - 1)
        seen = torch.from_numpy(pixels[y[:, None], x]).permute(2, 0, 1).to(self.model.dtype) / 127.5 - 1
        now, rests = (self._tokens_under(box, frame, halo, of)[0] for of in (None, self._resting))
        on = [each[None].to(self.model.device) for each in (now, seen, before, rests == 1)]
        moved = compensated(self.model.tokenizer, on[0], Guide(*on[1:]))
        inner, outer = slice(around, -around), slice(around * c, -around * c)
        return Guide(moved.pixels[..., outer, outer], moved.tokens[..., inner, inner])

    def _resting(self, patch: Patch) -> Tensor:
        """(side, side), 1 where tokens of a patch are known, so that nothing goes there or comes from there."""
        return torch.from_numpy(self.known_tokens(patch)).long()
