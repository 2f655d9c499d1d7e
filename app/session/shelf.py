"""The shelf: the pictures that are painted from, chosen by words or by hand, kept in the document."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from PySide6.QtCore import QObject, Signal

from app.data_folder import data_folder
from app.document import Region
from app.session.prompts import prompts_for
from app.session.state import SessionState
from app.translation import tr
from engine.library.entries import LibraryPicture, entries, found_again, shipped
from engine.library.search import FEWEST, LARGEST, USUAL, choose_for
from engine.request import Box, Prompt, Reference, UserError

MOST = 8  # pictures on the shelf
Beside = Literal["picture", "visible", "both", "shelf"]  # what is taken from beside a picture


@dataclass(frozen=True)
class Pick:
    """A picture on the shelf. share: which of the words that follow one another it was chosen for, of how many.

    pinned: whether it stays when the words change.
    """

    file: str
    name: str
    pinned: bool = False
    share: tuple[int, int] = (0, 1)


class Shelf(QObject):
    """`picks` are what words have chosen and what the artist has put there.

    on: whether any is painted from. beside: what a region beside a picture takes from: the picture that it touches, all
    that is seen, that and the shelf, or the shelf alone; where there is nothing, it is always the shelf.
    unknown: words that suit no picture.
    """

    changed = Signal()

    def __init__(self, state: SessionState):
        super().__init__(state)
        self._state = state
        self.unknown: tuple[str, ...] = ()
        self._read: dict[str, Reference] = {}
        self._words = ""
        self._blank()
        state.options_changed.connect(self._words_may_differ)
        state.opened.connect(self._load)
        self._load()

    def _blank(self) -> None:
        self.beside: Beside = "visible"
        self.on, self.turn, self.picks = True, 0, ()

    # ---- what words choose

    def _words_may_differ(self) -> None:
        words = self._state.options.prompt
        if words != self._words:
            self._words = words
            self._choose()

    def _choose(self) -> None:
        """Fill the shelf anew round what is pinned."""
        pinned = [pick for pick in self.picks if pick.pinned]
        self.unknown = ()
        found = [*pinned]
        if self._words.strip():
            prompts = self._prompts(Box(0, 0, 2, 1))
            try:
                choice = choose_for(prompts, self.pictures(), self.turn)
            except UserError as error:
                self._state.failed.emit(str(error))
                return
            self.unknown = choice.unknown
            places = [prompt.at for prompt in prompts]
            for entry, at in zip(choice.entries, choice.at, strict=True):
                share = (places.index(at), len(places)) if at else (0, 1)
                found.append(Pick(entry.file, entry.name, share=share))
        unique: dict[str, Pick] = {}
        for pick in found:
            unique.setdefault(pick.file, pick)
        self._set([*unique.values()][: max(LARGEST, len(pinned))])

    def _prompts(self, box: Box) -> tuple[Prompt, ...]:
        return prompts_for(self._words, box)

    def pictures(self) -> tuple[LibraryPicture, ...]:
        """All that words choose from: what is shipped, and the artist's own folders."""
        own: list[LibraryPicture] = []
        for folder in self._state.settings.get("reference_folders"):
            try:
                own += entries(Path(folder), data_folder() / "library")
            except UserError as error:
                self._state.failed.emit(str(error))
        return (*own, *shipped())

    # ---- what the artist does

    def switch(self, on: bool) -> None:
        self.on = on
        self._set(self.picks)

    def switch_beside(self, beside: Beside) -> None:
        self.beside = beside
        self._set(self.picks)

    def pin(self, number: int, pinned: bool) -> None:
        """Keep a picture when words change, or no longer."""
        self._put(number, replace(self.picks[number], pinned=pinned))

    def take_off(self, number: int) -> None:
        self._set([pick for n, pick in enumerate(self.picks) if n != number])

    def exchange(self, number: int) -> None:
        """Put the next picture for the same words in the place of one."""
        old, prompts = self.picks[number], self._prompts(Box(0, 0, 2, 1))
        there = {pick.file for pick in self.picks}
        said = prompts[old.share[0] : old.share[0] + 1] if old.share[1] > 1 else prompts
        for _ in range(20):
            self.turn += 1
            choice = choose_for(said, self.pictures(), self.turn, max(USUAL, FEWEST))
            new = next((entry for entry in choice.entries if entry.file not in there), None)
            if new:
                self._put(number, Pick(new.file, new.name, share=old.share))
                return
        self._state.said.emit(tr("There is no other picture for these words."))

    def add(self, files: Sequence[str | Path]) -> None:
        """Put pictures on the shelf, to stay there."""
        new = []
        for file in files:
            entry = LibraryPicture(str(file))
            try:
                self._read[entry.file] = entry.reference()
            except UserError as error:
                self._state.failed.emit(str(error))
                continue
            new.append(Pick(entry.file, entry.name, pinned=True))
        known = {pick.file for pick in new}
        self.on = self.on or bool(new)
        self._set([*new, *(pick for pick in self.picks if pick.file not in known)][:MOST])

    def add_folder(self, folder: str | Path) -> None:
        """Words choose from a folder of the artist's, too, from now on."""
        try:
            entries(Path(folder), data_folder() / "library")
        except UserError as error:
            self._state.failed.emit(str(error))
            return
        kept = self._state.settings.get("reference_folders")
        self._state.settings.set("reference_folders", [*dict.fromkeys([*kept, str(folder)])])
        self._choose()

    def _put(self, number: int, pick: Pick) -> None:
        self._set([pick if n == number else each for n, each in enumerate(self.picks)])

    def _set(self, picks: Sequence[Pick]) -> None:
        self.picks: tuple[Pick, ...] = tuple(picks)
        self._keep()
        self.changed.emit()

    # ---- what is painted from

    def references(self, region: Region, known: bool) -> tuple[Reference, ...]:
        """The pictures for a region; known: whether it touches a picture. Raises UserError where one is gone."""
        if not self.on or (known and self.beside not in ("both", "shelf")) or not self._state.options.exemplar:
            return ()
        return tuple(replace(self._reference(pick.file), at=self._place(pick, region.box)) for pick in self.picks)

    def _reference(self, file: str) -> Reference:
        if file not in self._read:
            self._read[file] = found_again(file).reference()
        return self._read[file]

    def thumbnail(self, file: str) -> Reference | None:
        """The picture, to be shown; None where it is gone."""
        try:
            return self._reference(file)
        except UserError:
            return None

    @staticmethod
    def _place(pick: Pick, box: Box) -> tuple[int, int] | None:
        number, count = pick.share
        if count < 2:
            return None
        words = prompts_for("|".join(["."] * count), box)
        return words[number].at

    # ---- in the document

    def _keep(self) -> None:
        facts = {"on": self.on, "beside": self.beside, "turn": self.turn, "picks": [asdict(p) for p in self.picks]}
        self._state.document.shelf = json.dumps(facts)

    def _load(self) -> None:
        self._blank()
        self._words = self._state.options.prompt
        try:
            facts = json.loads(self._state.document.shelf or "{}")
            self.on, self.beside = bool(facts.get("on", True)), _beside(facts.get("beside", False))
            self.turn, self.picks = int(facts.get("turn", 0)), tuple(map(_pick, facts.get("picks", ())))[:MOST]
        except (ValueError, TypeError, KeyError, AttributeError):
            self._blank()  # of a later version
        self.changed.emit()


def _beside(fact: Any) -> Beside:
    """As it is kept; of an earlier version, whether the shelf was taken from as well."""
    return fact if fact in get_args(Beside) else "both" if fact else "visible"


def _pick(facts: dict[str, Any]) -> Pick:
    number, count = map(int, facts.get("share", (0, 1)))
    return Pick(str(facts["file"]), str(facts["name"]), bool(facts.get("pinned")), (number, count))
