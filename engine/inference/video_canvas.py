"""What a film stands on: a canvas whose frames are whole one after another, each guiding the decode of the next."""

import numpy as np
import torch
from torch import Tensor

from engine.inference.canvas import Canvas
from engine.inference.motion_direction import DEPTH, comes_from, edge_of
from engine.inference.seam_blending import feather
from engine.media.animation import mixed
from engine.models import motion_compensation as compensation
from engine.models.checkpoint import ImageModel
from engine.models.pg_vqgan import Guide, compensated, decode_guided
from engine.models.vqgan import VQGAN
from engine.request import Box, PaintRequest, Patch, Update


class FilmCanvas(Canvas):
    """Tokens and pixels of a film; `ahead` is where something comes in from (engine/inference/motion_direction.py)."""

    def __init__(self, request: PaintRequest, model: ImageModel):
        self._finished: tuple[int, np.ndarray] | None = None  # the newest frame that is whole
        self._shown: dict[int, np.ndarray] = {}  # what was told of frames that are not
        self._shares: dict[int, np.ndarray] = {}  # of the frame that was asked for last
        self._settled: set[Patch] = set()  # patches of these that were told as they stay
        self._given_tokens: dict[Patch, Tensor] = {}
        self._side = comes_from(request)
        super().__init__(request, model)
        self.fresh = self._fresh()  # by frame what of `ahead` is painted as a picture goes on, beyond what came in

    def wandered(self, frame: int) -> tuple[int, int]:
        """Columns and rows by which what is ahead has come nearer, at a token a frame."""
        columns, rows = self._side or (0, 0)
        return frame // self.side * columns, frame // self.side * rows

    def _fresh(self) -> dict[int, list[Patch]]:
        """All that is ahead of frame 0, and the outermost patches whenever it has come nearer by one."""
        beside, side = sorted(patch for patch in self.ahead if not patch.frame), self._side
        if not beside or not side:
            return {}
        outermost = [p for p in beside if Patch(p.column + side[0], p.row + side[1], 0) not in self.ahead]
        again = range(self.side, self.request.frames, self.side)
        return {0: beside} | {frame: [p._replace(frame=frame) for p in outermost] for frame in again}

    def _beside(self) -> set[Patch]:
        """Patches of frame 0 beside a still, where nothing is known and something will come from."""
        target, side = self.request.target, self._side
        if side is None or not self.known.issuperset(self.patches_in(target)):
            return set()
        edge, found = edge_of(target, side), set[Patch]()
        moves = ~self.read_known(edge, 1)[1]
        for patch in self.patches_in(edge):
            if not moves[self.box_of(patch).intersect(edge).slices(edge)].any():
                continue
            beside = [Patch(patch.column + n * side[0], patch.row + n * side[1]) for n in range(1, DEPTH + 1)]
            if not any(self.read_known(self.box_of(each))[1].any() for each in beside):
                found.update(beside)
        return found

    def is_final(self, patch: Patch) -> bool:
        guided = not patch.frame or self.model.guide is None or self._guided(patch.frame)
        return guided and super().is_final(patch)

    def settled(self, patch: Patch) -> bool:
        """Whether it was told as it stays, or needs no telling."""
        return patch in self._settled or patch not in self.paintable

    def updates(self, patch: Patch) -> tuple[Update, ...]:
        """A patch, and those around it that wait for nothing more, each once: a guide makes much depend on much.

        Of what is ahead nothing is seen, so its update is empty.
        """
        around = [p for p in self.patches_in(self.reach_of(patch), patch.frame) if p != patch]
        updates = []
        for each in [patch, *(p for p in around if not self.settled(p) and self.is_final(p))]:
            self._render(each)
            box = self.box_of(each).intersect(self.request.target)
            if each == patch or not box.empty:
                updates.append(Update(box, self._seen(box, patch.frame)))
        return tuple(updates)

    final_updates = updates  # it decodes hardly anything twice as it is

    def finish(self, frame: int) -> np.ndarray:
        """What a frame looks like whose patches are all there, uint8 (height, width, 3); it guides the next one."""
        for patch in self.patches_in(self.wide, frame):
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
        box = self.box_of(patch).intersect(self.wide)
        self._pixels(patch.frame)[box.slices(self.wide)] = self.render(box, patch.frame)
        if self.is_final(patch):
            self._settled.add(patch)

    def go_on(self, frame: int, pixels: np.ndarray) -> None:
        """All up to this frame is whole, and this is what `wide` looks like."""
        self._finished = frame, pixels

    def _pixels(self, frame: int) -> np.ndarray:
        """What is known and told of a frame that is under way; beyond the target its edge goes on at first."""
        if frame not in self._shown:
            target, wide = self.request.target, self.wide
            around = ((target.y - wide.y, wide.bottom - target.bottom), (target.x - wide.x, wide.right - target.right))
            self._shown[frame] = np.pad(self.read_known(target, frame)[0], (*around, (0, 0)), "edge")
        return self._shown[frame]

    @property
    def guided_by_what_is_seen(self) -> bool:
        """Whether a frame guides the next one with the very pixels that are told of it, and with all of them."""
        return not self.ahead and not any(known.frame for known in self.request.known)

    def _seen(self, box: Box, frame: int) -> np.ndarray:
        """What a box of the target looks like: a part that moves goes over into the still around it.

        With the border alone matched a straight line would show where clouds that drift meet those that do not. The
        next frame is guided by what is under it, or the still would be carried along.
        """
        here = box.slices(self.wide)
        pixels, share = self._pixels(frame)[here], self._share(frame)
        if share is None or (share[here] == 1).all():
            return pixels.copy()
        still, known = self.read_known(box)
        return np.where(known[..., None], mixed(still, pixels, share[here][..., None]), pixels)

    def _share(self, frame: int) -> np.ndarray | None:
        """How much of what is painted shows in `wide`, float32 (height, width); None where nothing else does."""
        if not frame or frame not in self._given:
            return None
        alike = self._alike[frame]
        if alike not in self._shares:  # kept for one: most frames know the same
            known = self.read_known(self.wide, frame)[1]
            self._shares = {alike: feather(torch.from_numpy(known)).numpy()}
        return self._shares[alike]

    def give(self, patch: Patch, tokens: Tensor, pixels: np.ndarray) -> None:
        """Something fresh, before anything looks there: tokens (side, side), and uint8 pixels of its box in `wide`."""
        (self._given_tokens if patch.frame else self.tokens)[patch] = tokens
        self._pixels(patch.frame)[self.box_of(patch).intersect(self.wide).slices(self.wide)] = pixels
        self._settled.add(patch)

    def forced(self, patch: Patch) -> Tensor:
        """As Canvas.forced; what was given stays."""
        return self._given_tokens[patch] if patch in self._given_tokens else super().forced(patch)

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
        pixels, wide, c, around = self._finished[1], self.wide, self.compression, compensation.REACH
        halo = self._halo + around
        before, (rows, columns) = self._tokens_under(box, frame - 1, halo)
        height, width = (size * c for size in before.shape)
        y = np.clip(np.arange(height) + box.y - rows.start - wide.y, 0, wide.height - 1)
        x = np.clip(np.arange(width) + box.x - columns.start - wide.x, 0, wide.width - 1)
        seen = torch.from_numpy(pixels[y[:, None], x]).permute(2, 0, 1).to(self.model.dtype) / 127.5 - 1
        now, rests = (self._tokens_under(box, frame, halo, of)[0] for of in (None, self._resting))
        on = [each[None].to(self.model.device) for each in (now, seen, before, rests == 1)]
        moved = compensated(self.model.tokenizer, on[0], Guide(*on[1:]))
        inner, outer = slice(around, -around), slice(around * c, -around * c)
        return Guide(moved.pixels[..., outer, outer], moved.tokens[..., inner, inner])

    def _resting(self, patch: Patch) -> Tensor:
        """(side, side), 1 where tokens of a patch are known, so that nothing goes there or comes from there."""
        return torch.from_numpy(self.known_tokens(patch)).long()
