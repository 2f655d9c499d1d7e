"""Painting the region: what it would mean, the request that is made of it, and taking pixels away to paint anew."""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer

from app.document import Document, GuideLine, Region
from app.document.geometry import around, coarser
from app.session.layer_commands import erase_all
from app.session.state import SessionState
from app.translation import tr
from engine.media.known_pictures import Opening
from engine.request import GUIDANCE, Area, Box, PaintRequest, Planned, Prompt, UserError

from .prompts import prompts_for
from .shelf import Shelf
from .staging import Staging
from .surroundings import REACH, Surroundings
from .values import Estimate, new_seed, reports_errors

SKETCH_AFTER = 120  # ms of rest after a change of the region
ESTIMATE_PIXELS = 2**22  # beyond this the region is looked at in coarser pixels


class Painting:
    def __init__(self, state: SessionState, surroundings: Surroundings, staging: Staging, shelf: Shelf):
        self._state, self._surroundings, self._staging, self._shelf = state, surroundings, staging, shelf
        self.failed = state.failed
        self._ticket = self._grid_patches = 0
        self._later = QTimer(state, singleShot=True, interval=SKETCH_AFTER)
        self._later.timeout.connect(self._look_ahead)
        state.queue.sketched.connect(self._sketched)
        state.meaning_changed.connect(self._later.start)
        shelf.changed.connect(self._later.start)
        state.pixels_changed.connect(self._region_may_differ)
        state.opened.connect(lambda: state.set_region(None))

    def close(self) -> None:
        self._later.stop()  # it would look at a document that is closed

    # ---- what painting the region would mean

    def looked_at(self) -> list[Box]:
        """Where the engine will look around the region."""
        region = self._state.region
        return [] if region is None else self._surroundings.looked_at(region)

    def touches_nothing(self) -> bool:
        """Whether the engine will find nothing to continue from."""
        return not self._touched()

    def _touched(self) -> list[Box]:
        region = self._state.region
        return [] if region is None else self._surroundings.boxes(self._surroundings.near(region))

    def verb(self) -> str:
        """What the button will do: Paint out of nothing or from words, Fill a hole, Extend or Replace the picture."""
        if self._state.replaces:
            return tr("Replace")
        state, touched = self._state, self._touched()
        if state.region is None or not touched:
            return tr("Paint from words") if state.knows_words() and state.options.prompt.strip() else tr("Paint")
        return tr("Fill") if around(touched).contains(state.region.box.grow(1)) else tr("Extend")

    def _guide(self, region: Region) -> GuideLine:
        """The grid of patches; the first region anchors it where no picture has."""
        guide = self._state.document.guide
        if guide is None or guide.patch != self._state.patch_px:
            at = guide or region.box
            guide = GuideLine(at.x, at.y, self._state.patch_px)
        return guide

    def _replacing(self, region: Region) -> tuple[PaintRequest, Region]:
        """What paints a region anew with its edge, and both together."""
        feather = round(self._state.options.feather)
        whole = with_edge(region, feather, self._state.document)
        return replace(self.request(whole), replaced=(area_of(region),), feather=feather), whole

    def request(self, region: Region) -> PaintRequest:
        options, guide, known = self._state.options, self._guide(region), self._surroundings.known(region)
        request = PaintRequest(
            region.box, known, options.seed, options.freedom, top_p=options.top_p, order=options.order,
            anchor=(guide.x, guide.y), prompts=self._prompts(region), guidance=options.guidance, grain=options.grain,
            wrap=self._surroundings.period(region),
        )  # fmt: skip
        references = self._shelf.references(region, bool(known))
        if not references and (not known or not self._surroundings.followed(region)):
            return request
        beside = "visible" if self._shelf.beside == "shelf" and not references else self._shelf.beside
        if references and not known and options.guidance == GUIDANCE:
            request = replace(request, guidance=PaintRequest.guidance)  # as the command: the votes follow words already
        return replace(
            request, exemplar=options.exemplar, scale=options.scale, lively=options.lively,
            not_from=self._surroundings.not_from(region, beside), references=references,
        )  # fmt: skip

    def _prompts(self, region: Region) -> tuple[Prompt, ...]:
        return prompts_for(self._state.options.prompt, region.box) if self._state.knows_words() else ()

    def _look_ahead(self) -> None:
        """Once the region rests: count its patches, and ask the engine for their number and order."""
        state, region = self._state, self._state.region
        if region is None:
            return
        try:
            patches = self._grid_patches = self._patches_to_paint(region)
            state.replaces = not patches
            if patches and not self._surroundings.followed(region):  # else only the engine knows how many
                self._expect(patches)
            else:  # the button names what it will do before the engine has started
                state.estimate_changed.emit()
            request = self.request(region) if patches else self._replacing(region)[0]
            self._ticket = state.queue.inquiries.sketch(request, state.options.model)
        except UserError as error:
            self.failed.emit(str(error))

    def _expect(self, patches: int) -> None:
        state = self._state
        follows = state.region is not None and self._surroundings.followed(state.region)
        variants = state.options.variants
        cost = state.queue.estimate(patches * variants, state.options.model, follows, variants > 1)
        state.estimate = Estimate(patches, *cost)
        state.estimate_changed.emit()

    def _patches_to_paint(self, region: Region) -> int:
        """Cells of the patch grid in the region with a pixel that is not known yet."""
        box, guide = region.box, self._guide(region)
        level = 0
        while (box.width >> level) * (box.height >> level) > ESTIMATE_PIXELS:
            level += 1
        step = 1 << level
        coarse = coarser(box, level)
        missing = self._state.document.read(coarse, level)[:, :, 3] < 255
        wanted = np.True_ if region.mask is None or level else region.mask
        self._state.holds = bool((~missing & wanted).any())
        missing &= wanted
        rows, columns = np.nonzero(missing)
        x, y = (columns + coarse.x) * step - guide.x, (rows + coarse.y) * step - guide.y
        places = (x // guide.patch) * (1 << 31) + y // guide.patch
        return len(np.unique(places))

    def _sketched(self, ticket: int, planned: Planned | None) -> None:
        if ticket == self._ticket and self._state.region is not None:
            self._state.sketch = planned
            self._expect(planned.patches if planned else self._grid_patches)
            self._state.plan_changed.emit()

    def _region_may_differ(self, box: Box) -> None:
        region = self._state.region
        if region is not None and not box.intersect(region.box.grow(REACH)).empty:
            self._later.start()

    # ---- taking away

    @reports_errors
    def clear_region(self) -> None:
        """Takes what is seen in the region out of all layers that are shown and not locked, so it can be painted."""
        shown = [layer for layer in self._state.document.layers.all() if layer.visible]
        open_ = [layer.id for layer in shown if not layer.locked]
        if shown and not open_:
            raise UserError(tr("All layers in sight are locked. Unlock one to clear the region."))
        self._erase_in_region(open_, tr("Clear region"))

    @reports_errors
    def erase_region(self) -> None:
        """Takes what is in the region out of the chosen layer alone."""
        self._erase_in_region([] if self._state.selected is None else [self._state.selected], tr("Erase in region"))

    def _erase_in_region(self, layers: list[int], name: str) -> None:
        region = self._state.region
        if region is None:
            raise UserError(tr("Drag out a region first: with the region tool or the lasso."))
        if not erase_all(self._state, layers, region.box, region.mask, name):
            raise UserError(tr("There is nothing in the region that could be erased."))

    # ---- painting

    @reports_errors
    def paint(self, front: bool = False, anew: bool = False) -> None:
        """Paints the region in as many variants as are asked for; those staged on it stay what they are.

        anew: over what is there, which stays below; so it is also where all of the region is known.
        """
        state, region = self._state, self._state.region
        if region is None:
            raise UserError(
                tr("Drag out a region over what is to be replaced: with the region tool or the lasso.")
                if anew
                else tr("Drag out a region first: with the region tool, beside the picture or over a hole.")
            )
        anew = anew or not self._patches_to_paint(region)
        request, whole = self._replacing(region) if anew else (self.request(region), region)
        if not state.options.seed_locked:
            state.set_options(seed=new_seed())
        seeds = [state.options.seed + n for n in range(state.options.variants)]
        state.document.guide = self._guide(whole)
        job = state.queue.add(request, whole, self.recipe(request), seeds, state.options.model, front)[0]
        state.set_region(None)
        self._staging.choose_group(job)
        state.said.emit(tr("Painting {width} × {height} px.").format(width=whole.box.width, height=whole.box.height))

    def paint_stretch(self, region: Region) -> int:
        """Paints a region that nobody has framed, in one variant; returns its job."""
        state, options, request = self._state, self._state.options, self.request(region)
        seed = options.seed if options.seed_locked else new_seed()
        state.document.guide = self._guide(region)
        job = state.queue.add(request, region, self.recipe(request), [seed], options.model)[0]
        self._staging.read()
        return job

    def recipe(self, request: PaintRequest) -> dict[str, Any]:
        options = self._state.options
        return {
            "prompt": options.prompt if self._state.knows_words() else "", "guidance": options.guidance,
            "grain": options.grain, "model": options.model, "freedom": options.freedom, "top_p": options.top_p,
            "order": options.order.value if options.order else "auto",
            "exemplar": request.exemplar, "lively": request.lively, "scale": request.scale,
            "references": [each.name for each in request.references],
        }  # fmt: skip


def area_of(region: Region) -> Area:
    return Area(region.box, region.mask)


def with_edge(region: Region, feather: int, document: Document) -> Region:
    """The region, and around it the edge of so many pixels, where the picture is known."""
    opening = Opening.of((area_of(region),), feather)
    known = document.read(opening.box)[:, :, 3] == 255
    inside = np.where(known, opening.share > 0, opening.share == 255)
    part = Box.holding(inside)
    mask = inside[part.slices(Box(0, 0, *opening.box[2:]))]
    return Region(part.moved(*opening.box[:2]), None if mask.all() else mask)
