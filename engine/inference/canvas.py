"""What a painting stands on: the patch grid, the known pixels, and the tokens known or painted so far.

Known patches are encoded when something first looks at them, so the size of a known picture costs nothing by itself.
"""

import math
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import blake2b

import numpy as np
import torch
from torch import Tensor

from engine.inference.grain_synthesis import MOST, Grain, beyond, grain_of
from engine.inference.seam_blending import PARTED, REACH, extend, membrane
from engine.media.known_pictures import is_cut_out, known_mask, laid_together, repeated
from engine.models.checkpoint import ImageModel
from engine.models.vqgan import VOID
from engine.planning.schedule import BAND
from engine.request import Box, KnownPicture, PaintRequest, Patch, Update

BLOCK = 2  # patches to the side of what is decoded at once where nobody watches


class Canvas:
    """Tokens and pixels of one painting. `known` patches need no painting; `cells` are all that the target touches."""

    def __init__(self, request: PaintRequest, model: ImageModel):
        self.request, self.model = request, model
        self.compression, self.patch_px = model.config.tokenizer.compression, model.config.patch_px
        self.side = model.config.decoder.side
        self.left, self.top = request.anchor or (request.known[0].box if request.known else request.target)[:2]
        self.tokens: dict[Patch, Tensor] = {}  # (side, side) int64 each
        self._emitted: set[tuple[int, int]] = set()  # blocks that were told as they stay
        self._encoded: dict[bytes, Tensor] = {}  # by what was known there: frames of a film mostly know the same
        self._given: dict[int, list[KnownPicture]] = {}
        for picture in repeated(request.known, request.wrap):
            self._given.setdefault(picture.frame, []).append(picture)
        self._alike = self._frames_alike()
        self._whether_known: dict[Patch, np.ndarray] = {}
        inside = [patch for frame in self._frames for patch in self.patches_in(request.target, frame)]
        self.known = {patch for patch in inside if bool(self.known_tokens(patch).all())}
        self.paintable = frozenset(inside) - self.known
        self.known |= self._context()
        self.cells = [*inside, *sorted(self.known.difference(inside))]

    def patches_in(self, box: Box, frame: int = 0) -> Iterator[Patch]:
        size = self.patch_px
        for row in range((box.y - self.top) // size, -((self.top - box.bottom) // size)):
            for column in range((box.x - self.left) // size, -((self.left - box.right) // size)):
                yield Patch(column, row, frame)

    def box_of(self, patch: Patch) -> Box:
        size = self.patch_px
        return Box(self.left + patch.column * size, self.top + patch.row * size, size, size)

    def read_known(self, box: Box, frame: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Known pixels uint8 (h, w, 3), zero elsewhere, and where they are, bool (h, w); later pictures lie on top."""
        return laid_together(self._given.get(frame, ()), box)

    def _context(self) -> set[Patch]:
        """Patches around the target that are known as a whole, as far out as a new patch can be told of them."""
        config = self.model.config.decoder
        columns, rows = config.extent.columns + BAND, config.extent.rows + BAND
        target = self.request.target
        near = Box.spanning(
            target.x - columns * self.patch_px,
            target.y - rows * self.patch_px,
            target.right + columns * self.patch_px,
            target.bottom + rows * self.patch_px,
        )
        given = (picture for frame in self._frames for picture in self._given.get(frame, ()))
        shared = ((picture.box.intersect(near), picture.frame) for picture in given)
        around = {p for box, frame in shared if not box.empty for p in self.patches_in(box, frame)}
        outside = (p for p in around if self.box_of(p).intersect(target).empty)
        return {patch for patch in outside if bool(self.read_known(self.box_of(patch), patch.frame)[1].all())}

    def _frames_alike(self) -> dict[int, int]:
        """The first frame in which the same places are known: most of a film share them, and one look is enough."""
        first: dict[tuple, int] = {}
        places = {frame: tuple((p.box, id(p.mask)) for p in self._given.get(frame, ())) for frame in self._frames}
        return {frame: first.setdefault(where, frame) for frame, where in places.items()}

    @property
    def _frames(self) -> range:
        return range(self.request.frames)

    def known_tokens(self, patch: Patch) -> np.ndarray:
        """Which tokens of a patch, bool (side, side), lie wholly in known pixels, as far as the target goes.

        A token at the edge of a mask would encode the mask, so it is painted. Tokens outside the target that are not
        known are so when the rest of the patch is: nobody will see them.
        """
        alike = patch._replace(frame=self._alike[patch.frame])
        if alike not in self._whether_known:
            self._whether_known[alike] = self._look_at_tokens(alike)
        return self._whether_known[alike]

    def _look_at_tokens(self, patch: Patch) -> np.ndarray:
        box = self.box_of(patch)
        inside = np.zeros((box.height, box.width), bool)
        inside[box.intersect(self.request.target).slices(box)] = True
        known = self.read_known(box, patch.frame)[1]
        missing = _by_token(known < inside, self.compression).any((-1, -2))
        fixed = _by_token(inside, self.compression).any((-1, -2)) | _by_token(known, self.compression).all((-1, -2))
        return np.asarray(~missing & (fixed | ~missing.any()))

    def encode(self, patch: Patch) -> Tensor:
        """Tokens (side, side) of the known pixels of a patch; what is unknown around them is filled in smoothly."""
        return self.encode_box(self.box_of(patch), patch.frame)

    def encode_box(self, box: Box, frame: int = 0) -> Tensor:
        """The same of a box of whole tokens."""
        return self.encode_known(*self.read_known(self.seen_by_the_encoder(box), frame))

    def seen_by_the_encoder(self, box: Box) -> Box:
        """The pixels that the tokens of a box, whole ones, are encoded from."""
        return box.grow(self.model.tokenizer.encoder_halo * self.compression)

    def encode_known(self, pixels: np.ndarray, known: np.ndarray) -> Tensor:
        """The same of pixels uint8 (h, w, 3) with the margin that the encoder sees, and where they are known."""
        shape = repr(known.shape).encode()  # else an empty box would pass for another that is as high as it is wide
        seen = blake2b(shape + pixels.tobytes() + known.tobytes(), digest_size=16).digest()
        if seen not in self._encoded:
            self._encoded[seen] = self._encode(pixels, known)
        return self._encoded[seen]

    def _encode(self, pixels: np.ndarray, known: np.ndarray) -> Tensor:
        floats = torch.from_numpy(pixels).permute(2, 0, 1).to(self.model.dtype) / 127.5 - 1
        filled = extend(floats, torch.from_numpy(known)).unsqueeze(0).to(self.model.device)
        halo = self.model.tokenizer.encoder_halo
        return self.model.tokenizer.encode(filled)[0, halo:-halo, halo:-halo].cpu()

    def raster(self, patch: Patch) -> Tensor:
        """Tokens (side, side) of a known or painted patch."""
        if patch not in self.tokens and patch in self.known:
            self.tokens[patch] = self.encode(patch)
        return self.tokens[patch]

    def forced(self, patch: Patch) -> Tensor:
        """Tokens (side, side) that a patch has to keep, VOID where it is free."""
        some = torch.from_numpy(self.known_tokens(patch))
        return torch.where(some, self.encode(patch), VOID) if bool(some.any()) else torch.full(some.shape, VOID)

    def render(self, box: Box, frame: int = 0) -> np.ndarray:
        """The picture as it stands, uint8 (h, w, 3): a decode of the token map, joined to the known pixels.

        It depends on what is as near as `reach_of` has it, and on nothing else.
        """
        original, known = self.read_known(box.grow(REACH), frame)
        near = bool(known.any())
        wide = box.grow(REACH) if near else box
        pixels = self.decode(wide, frame)
        if near:
            floats = torch.from_numpy(original).permute(2, 0, 1).to(pixels) / 127.5 - 1
            parted = PARTED / 127.5 if self.cut_out else math.inf
            pixels = membrane(pixels, floats, torch.from_numpy(known).to(pixels.device), parted=parted)
        rows, columns = box.slices(wide)
        painted = self._as_bytes(pixels[:, rows, columns])
        if self.grain is not None:
            share = beyond(known) * self.grain.as_near(original, known) if near else np.ones_like(known, np.float64)
            share = self.request.grain * share[box.slices(box.grow(REACH))]
            painted = self.grain.over(painted, box.x - self.left, box.y - self.top, share)
            if self.colourless:  # though the grain may have some
                painted = painted.mean(2, keepdims=True).round().astype(np.uint8).repeat(3, 2)
        own = box.slices(box.grow(REACH))
        return np.where(known[own][..., None], original[own], painted)

    def updates(self, patch: Patch) -> tuple[Update, ...]:
        """A patch as it is now, and what it changes of those around, in one decode."""
        reach = self.reach_of(patch)
        changed = [p for p in self.patches_in(reach, patch.frame) if p in self.paintable and p in self.tokens]
        boxes = [self.box_of(p).intersect(reach) for p in sorted(changed, key=lambda p: p != patch)]
        window = Box.around(boxes)
        pixels = self.render(window, patch.frame)
        return tuple(Update(box, pixels[box.slices(window)].copy()) for box in boxes)

    def final_updates(self, patch: Patch) -> tuple[Update, ...]:
        """What nothing will change any more now that a patch is there: blocks of patches of the grid, each once.

        Half of what `updates` decodes is decoded again when the next patch is there, and of what is decoded for a patch
        alone three quarters lie around it.
        """
        around = self.patches_in(self.reach_of(patch), patch.frame)
        found = []
        for block in sorted({(p.column // BLOCK, p.row // BLOCK) for p in around} - self._emitted):
            places = ((block[0] * BLOCK + x, block[1] * BLOCK + y) for x in range(BLOCK) for y in range(BLOCK))
            new = [p for p in (Patch(*place, patch.frame) for place in places) if p in self.paintable]
            if new and all(map(self.is_final, new)):
                self._emitted.add(block)
                found.append(Box.around(map(self.box_of, new)).intersect(self.request.target))
        return tuple(Update(box, self.render(box, patch.frame)) for box in found)

    def is_final(self, patch: Patch) -> bool:
        """Whether all that a patch is rendered from is there, so that it stays as it is rendered now."""
        box = self.box_of(patch)
        near = self.patches_in(box.grow(self._reach * self.compression + REACH), patch.frame)
        missing = (p for p in near if p in self.paintable and p not in self.tokens)
        return all(self.reach_of(p).intersect(box).empty for p in missing)

    @cached_property
    def grain(self) -> Grain | None:
        """That of the known patches around, as the request wants some."""
        if not self.request.grain or self.request.frames > 1:
            return None
        some = sorted(self.known)[:: max(1, len(self.known) // MOST)]
        whole = [pixels for pixels, known in (self.read_known(self.box_of(patch)) for patch in some) if known.all()]
        return grain_of(np.stack(whole), self.model) if whole else None

    def _as_bytes(self, pixels: Tensor) -> np.ndarray:
        """(3, height, width) in [-1, 1] to uint8 (height, width, 3); without colour where what is known has none."""
        if self.colourless:
            pixels = pixels.mean(0, keepdim=True).expand_as(pixels)
        return ((pixels.clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).cpu().numpy()

    @cached_property
    def cut_out(self) -> bool:
        """Whether a thing is known that was cut out of a picture, and its ground is painted."""
        known = self.request.known
        if self.request.frames > 1 or not known or any(picture.mask is None for picture in known):
            return False
        return is_cut_out(known_mask(known, Box.around(picture.box for picture in known)))

    @cached_property
    def colourless(self) -> bool:
        """Whether pictures are known and none has any colour, such as ink drawings and black-and-white photographs."""
        return bool(self.request.known) and all(map(_without_colour, self.request.known))

    def glance(self, box: Box, frame: int = 0) -> np.ndarray:
        """What `render` gives but for the colour match at the border, which costs most: for patches that grow.

        uint8 (height, width, 4); alpha is 0 where no token is painted yet and nothing is known.
        """
        original, known = self.read_known(box, frame)
        tokens, own = self._tokens_under(box, frame)
        painted = (tokens != VOID).numpy().repeat(self.compression, 0).repeat(self.compression, 1)[own] | known
        colours = np.where(known[..., None], original, self._as_bytes(self.decode(box, frame)))
        return np.dstack([colours, np.where(painted, 255, 0).astype(np.uint8)])

    def reach_of(self, patch: Patch) -> Box:
        """What may change with a patch, and what it may change with, as far as anything is painted.

        Pixels change where the field of the decoder sees the patch; where known pixels are among them, what is matched
        to these changes as well.
        """
        seen = self.box_of(patch).grow(self._reach * self.compression)
        matched = bool(self.read_known(seen, patch.frame)[1].any())
        return seen.grow(REACH if matched else 0).intersect(self.request.target)

    @property
    def _halo(self) -> int:
        """Tokens around a place that its pixels are decoded from."""
        return self.model.tokenizer.halo

    @property
    def _reach(self) -> int:
        """Tokens around a changed one whose pixels may change with it."""
        return self._halo

    def decode(self, box: Box, frame: int = 0) -> Tensor:
        """Decoded pixels (3, h, w) in [-1, 1] of any box."""
        tokens, own = self._tokens_under(box, frame, self._halo)
        return self.model.tokenizer.decode(tokens.to(self.model.device)[None])[0][:, *own]

    def _tokens_under(
        self, box: Box, frame: int, halo: int = 0, of: Callable[[Patch], Tensor] | None = None
    ) -> tuple[Tensor, tuple[slice, slice]]:
        """The token map that a box touches, with a halo, and where the box lies among its pixels.

        of: what the map is made of, (side, side) of each patch that is there; tokens where nothing else is asked for.
        """
        c = self.compression
        left, top = (box.x - self.left) // c - halo, (box.y - self.top) // c - halo
        right, bottom = -((self.left - box.right) // c) + halo, -((self.top - box.bottom) // c) + halo
        corner = Box(self.left + left * c, self.top + top * c, 0, 0)
        return self._token_map(left, top, right, bottom, frame, of or self.raster), box.slices(corner)

    def _token_map(
        self, left: int, top: int, right: int, bottom: int, frame: int, of: Callable[[Patch], Tensor]
    ) -> Tensor:
        """Tokens (bottom - top, right - left) of a part of the token grid, VOID where nothing is painted yet."""
        side = self.side
        tokens = torch.full((bottom - top, right - left), VOID)
        for row in range(top // side, -(-bottom // side)):
            for column in range(left // side, -(-right // side)):
                patch = Patch(column, row, frame)
                if patch not in self.tokens and patch not in self.known:
                    continue
                here = Box(column * side, row * side, side, side)
                shared = here.intersect(Box.spanning(left, top, right, bottom))
                tokens[shared.slices(Box(left, top, 0, 0))] = of(patch)[shared.slices(here)]
        return tokens


def _without_colour(picture: KnownPicture) -> bool:
    pixels = picture.pixels if picture.mask is None else picture.pixels[picture.mask]
    return bool((pixels[..., :1] == pixels).all())


def _by_token(pixels: np.ndarray, compression: int) -> np.ndarray:
    """(height, width) to (rows, columns, compression, compression)."""
    height, width = pixels.shape
    blocks = pixels.reshape(height // compression, compression, width // compression, compression)
    return blocks.swapaxes(1, 2)
