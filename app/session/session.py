"""The session: the open document and, here, all that comes before painting: tools, region, options, estimate."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal

from app.document import GuideLine, Region
from app.document.geometry import around
from app.jobs.model_registry import ModelInfo, models
from app.session.auto_extend import AutoExtend
from app.session.model_manager import ModelManager
from engine.request import Box, PaintRequest, Planned, Prompt, UserError

from .not_from import Marks
from .prompts import prompts_for
from .replacing import area_of, with_edge
from .staging import Staging, new_seed
from .surroundings import REACH, Surroundings
from .timeline import Timeline
from .values import MOST_VARIANTS, RECENT_COLOURS, TOOLS, Brush, Colour, Estimate, PaintOptions, reports_errors

KEPT = ("exemplar", "lively", "scale", "feather")  # options that the settings keep
COLOUR = re.compile("#[0-9a-f]{6}")
SKETCH_AFTER = 120  # ms of rest after a change of the region
ESTIMATE_PIXELS = 2**22  # beyond this the region is looked at in coarser pixels


class Session(Staging):
    """`opened` tells that another document is open, and everything is to be read anew."""

    region_changed = Signal()
    options_changed = Signal()
    tool_changed = Signal()
    brush_changed = Signal()
    estimate_changed = Signal()

    def __init__(self, *args: Any, **options: Any):
        self.region: Region | None = None
        self.options, self.brush, self.tool = PaintOptions(seed=new_seed()), Brush(), "region"
        self.sketch: Planned | None = None
        self.estimate: Estimate | None = None
        self.holds, self.replaces = False, False
        self._ticket = self._grid_patches = 0
        self._models = models()
        super().__init__(*args, **options)
        self.options = replace(self.options, **{key: float(self.settings.get(key)) for key in KEPT})
        self.surroundings, self.marks = Surroundings(self), Marks(self)
        self.model_manager, self.auto_extend, self.timeline = ModelManager(self), AutoExtend(self), Timeline(self)
        self._later = QTimer(self, singleShot=True, interval=SKETCH_AFTER)
        self._later.timeout.connect(self._look_ahead)
        self.queue.sketched.connect(self._sketched)
        self.pixels_changed.connect(self._region_may_differ)
        self.opened.connect(lambda: self.set_region(None))

    def close(self) -> None:
        self._later.stop()  # it would look at a document that is closed
        self.timeline.pause()
        super().close()

    # ---- tools, region, options

    def set_tool(self, name: str) -> None:
        if name not in TOOLS:
            raise ValueError(f"there is no tool {name}")
        if name != self.tool:
            self.tool = name
            self.tool_changed.emit()

    def set_brush(self, **changes: Any) -> None:
        self.brush = replace(self.brush, **changes)
        self.brush_changed.emit()

    def recent_colours(self) -> list[Colour]:
        """Those that were painted with, the latest first; what else the settings hold there is left out."""
        kept = self.settings.get("recent_colours")
        names = [name for name in kept if isinstance(name, str) and COLOUR.fullmatch(name)]
        return [(int(name[1:3], 16), int(name[3:5], 16), int(name[5:], 16)) for name in names][:RECENT_COLOURS]

    def remember_colour(self, colour: Colour) -> None:
        kept = [colour, *(each for each in self.recent_colours() if each != colour)][:RECENT_COLOURS]
        self.settings.set("recent_colours", [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in kept])

    def set_region(self, region: Region | None) -> None:
        """What is to be painted; None takes the frame away. Nothing of the picture changes."""
        if region is not None and region.box.empty:
            region = None
        self.region, self.sketch, self.estimate = region, None, None
        self.holds = self.replaces = False  # until it rests: whether something in it is known, or all of it
        self.region_changed.emit()
        self.plan_changed.emit()
        self._later.start()

    def set_options(self, **changes: Any) -> None:
        if "variants" in changes:
            changes["variants"] = min(max(int(changes["variants"]), 1), MOST_VARIANTS)
        options = replace(self.options, **changes)
        if options != self.options:
            self.options = options
            self.options_changed.emit()
            for key in changes.keys() & {*KEPT}:
                self.settings.set(key, getattr(options, key))
            if changes.keys() & {"order", "model", "prompt", "exemplar", "scale", "feather"}:
                self._later.start()

    def models(self) -> tuple[ModelInfo, ...]:
        return self._models

    def refresh_models(self) -> None:
        self._models = models()
        self.options_changed.emit()

    @property
    def patch_px(self) -> int:
        found = [model.patch_px for model in self._models if model.name == self.options.model]
        return found[0] if found else 128

    # ---- what painting the region would mean

    def looked_at(self) -> list[Box]:
        """Where the engine will look around the region."""
        return [] if self.region is None else self.surroundings.looked_at(self.region)

    def touches_nothing(self) -> bool:
        """Whether the engine will find nothing to continue from."""
        return not self._touched()

    def _touched(self) -> list[Box]:
        return [] if self.region is None else self.surroundings.boxes(self.surroundings.near(self.region))

    def knows_words(self) -> bool:
        """Whether the chosen model reads prompts."""
        return any(model.words for model in self._models if model.name == self.options.model)

    def known_words(self) -> tuple[str, ...]:
        """What the chosen model can be told; none before it is in memory."""
        return self.queue.known_words(self.options.model)

    def verb(self) -> str:
        """What the button will do: Paint out of nothing or from words, Fill a hole, Extend or Replace the picture."""
        if self.replaces:
            return "Replace"
        if self.region is None or self.touches_nothing():
            return "Paint from words" if self.knows_words() and self.options.prompt.strip() else "Paint"
        return "Fill" if around(self._touched()).contains(self.region.box.grow(1)) else "Extend"

    def _guide(self, region: Region) -> GuideLine:
        """The grid of patches; the first region anchors it where no picture has."""
        guide = self.document.guide
        if guide is None or guide.patch != self.patch_px:
            at = guide or region.box
            guide = GuideLine(at.x, at.y, self.patch_px)
        return guide

    def _replacing(self, region: Region) -> tuple[PaintRequest, Region]:
        """What paints a region anew with its edge, and both together."""
        feather = round(self.options.feather)
        whole = with_edge(region, feather, self.document)
        return replace(self._request(whole), replaced=(area_of(region),), feather=feather), whole

    def _request(self, region: Region) -> PaintRequest:
        options, guide, known = self.options, self._guide(region), self.surroundings.known(region)
        request = PaintRequest(
            region.box, known, options.seed, options.freedom, top_p=options.top_p, order=options.order,
            anchor=(guide.x, guide.y), prompts=self._prompts(region), guidance=options.guidance, grain=options.grain,
        )  # fmt: skip
        if not known or not self.surroundings.followed(region):
            return request
        return replace(
            request, exemplar=options.exemplar, scale=options.scale, lively=options.lively,
            not_from=self.surroundings.not_from(region),
        )  # fmt: skip

    def _prompts(self, region: Region) -> tuple[Prompt, ...]:
        return prompts_for(self.options.prompt, region.box) if self.knows_words() else ()

    def _look_ahead(self) -> None:
        """Once the region rests: count its patches, and ask the engine for their number and order."""
        if self.region is None:
            return
        try:
            patches = self._patches_to_paint(self.region)
            self._grid_patches = patches
            self.replaces = not patches
            if patches and not self.surroundings.followed(self.region):  # else only the engine knows how many
                self._expect(patches)
            request = self._request(self.region) if patches else self._replacing(self.region)[0]
            self._ticket = self.queue.sketch(request, self.options.model)
        except UserError as error:
            self.failed.emit(str(error))

    def _expect(self, patches: int) -> None:
        follows = self.region is not None and self.surroundings.followed(self.region)
        cost = self.queue.estimate(patches * self.options.variants, self.options.model, follows)
        self.estimate = Estimate(patches, *cost)
        self.estimate_changed.emit()

    def _patches_to_paint(self, region: Region) -> int:
        """Cells of the patch grid in the region with a pixel that is not known yet."""
        box, guide = region.box, self._guide(region)
        level = 0
        while (box.width >> level) * (box.height >> level) > ESTIMATE_PIXELS:
            level += 1
        step = 1 << level
        coarse = Box.spanning(box.x >> level, box.y >> level, -(-box.right >> level), -(-box.bottom >> level))
        missing = self.document.read(coarse, level)[:, :, 3] < 255
        wanted = np.True_ if region.mask is None or level else region.mask
        self.holds = bool((~missing & wanted).any())
        missing &= wanted
        rows, columns = np.nonzero(missing)
        x, y = (columns + coarse.x) * step - guide.x, (rows + coarse.y) * step - guide.y
        places = (x // guide.patch) * (1 << 31) + y // guide.patch
        return len(np.unique(places))

    def _sketched(self, ticket: int, planned: Planned | None) -> None:
        if ticket == self._ticket and self.region is not None:
            self.sketch = planned
            self._expect(planned.patches if planned else self._grid_patches)
            self.plan_changed.emit()

    def _region_may_differ(self, box: Box) -> None:
        if self.region is not None and not box.intersect(self.region.box.grow(REACH)).empty:
            self._later.start()

    # ---- taking away

    @reports_errors
    def clear_region(self) -> None:
        """Takes what is seen in the region out of all layers that are shown and not locked, so it can be painted."""
        shown = [layer for layer in self.document.layers.all() if layer.visible]
        open_ = [layer.id for layer in shown if not layer.locked]
        if shown and not open_:
            raise UserError("All layers in sight are locked. Unlock one to clear the region.")
        self._erase_in_region(open_, "Clear region")

    @reports_errors
    def erase_region(self) -> None:
        """Takes what is in the region out of the chosen layer alone."""
        self._erase_in_region([] if self.selected is None else [self.selected], "Erase in region")

    def _erase_in_region(self, layers: list[int], name: str) -> None:
        if self.region is None:
            raise UserError("Drag out a region first: with the region tool or the lasso.")
        if not self.erase_all(layers, self.region.box, self.region.mask, name):
            raise UserError("There is nothing in the region that could be erased.")

    # ---- painting

    @reports_errors
    def paint(self, front: bool = False) -> None:
        """Paints the region in as many variants as are asked for; those staged on it stay what they are.

        Where all of it is known, it is replaced.
        """
        if self.region is None:
            raise UserError("Drag out a region first: with the region tool, beside the picture or over a hole.")
        if self._patches_to_paint(self.region):
            self._paint(self._request(self.region), self.region, front)
        else:
            self.replace(front)

    @reports_errors
    def replace(self, front: bool = False) -> None:
        """Paints all of the region anew, over the picture, which stays below."""
        if self.region is None:
            raise UserError("Drag out a region over what is to be replaced: with the region tool or the lasso.")
        self._paint(*self._replacing(self.region), front)

    def _paint(self, request: PaintRequest, region: Region, front: bool) -> None:
        if not self.options.seed_locked:
            self.set_options(seed=new_seed())
        seeds = [self.options.seed + n for n in range(self.options.variants)]
        self._current = self._queue(request, region, seeds, front)
        self.region = self.sketch = self.estimate = None
        self.region_changed.emit()
        self._jobs_changed()
        self.said.emit(f"Painting {region.box.width} × {region.box.height} px.")

    def paint_stretch(self, region: Region) -> int:
        """Paints a region that nobody has framed, in one variant; returns its job."""
        job = self._queue(
            self._request(region), region, [self.options.seed if self.options.seed_locked else new_seed()]
        )
        self._jobs_changed()
        return job

    def _queue(self, request: PaintRequest, region: Region, seeds: list[int], front: bool = False) -> int:
        self.document.guide = self._guide(region)
        return self.queue.add(request, region, self._recipe(request), seeds, self.options.model, front)[0]

    def _recipe(self, request: PaintRequest) -> dict[str, Any]:
        options = self.options
        return {
            "prompt": options.prompt if self.knows_words() else "", "guidance": options.guidance,
            "grain": options.grain, "model": options.model, "freedom": options.freedom, "top_p": options.top_p,
            "order": options.order.value if options.order else "auto",
            "exemplar": request.exemplar, "lively": request.lively, "scale": request.scale,
        }  # fmt: skip
