"""Kills the program at random moments, and looks whether what it had promised is in the file; prints one JSON object.

    python tests/driven/kill_at_random.py ROUNDS FOLDER [STAGES] [SEED]

Each round starts steady_hand.py, which goes on with the document of the round before, and kills its window, its
engine, or both. A finished document is compared with one that nobody disturbed, and the next round begins another.
"""

import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from hand_process import ROOT, Child, Words
from PIL import Image
from steady_hand import AGAIN, PICTURE, TILE, job_key, layer_check, region

from app.data_folder import HOME
from app.document import Document, Job

KINDS = ("window", "window", "engine", "both")
MOMENTS = ("painted", "rerolled", "accepted", "undone", "redone", "saved", "exported", "copied")  # of promises
COUNTED = MOMENTS[1:2] + MOMENTS[3:]
STEPS = {"accepting": None, "undoing": None, "redoing": None, "accepted": True, "redone": True, "undone": False}


@dataclass
class Undisturbed:
    """What each layer must hold after so many patches, and the finished picture."""

    layers: dict[tuple[str, int], int] = field(default_factory=dict)
    accepted: dict[str, int] = field(default_factory=dict)
    picture: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 4), np.uint8))

    def heard(self, said: list[Words]) -> None:
        for words in said:
            if key := words.get("painted", words.get("rerolled")):
                self.layers[key, words["kept"]] = words["pixels"]
            elif "accepted" in words:
                self.accepted[words["accepted"]] = words["pixels"]


class Trial:
    def __init__(self, folder: Path, stages: int, seed: int):
        self.folder, self.stages, self.chance = folder, stages, random.Random(seed)
        self.model = make_model(folder / "model")
        self.counts: Counter[str] = Counter()
        self.troubles: list[str] = []
        self.undisturbed = Undisturbed()
        self.number = 1
        self.kinds: list[str] = []  # those to come
        self.promised: dict[tuple[str, tuple[int, ...]], int] = {}  # tokens by job and patch
        self.accepted: dict[str, int] = {}
        self.present: dict[str, bool | None] = {}  # in the picture, or undone; None on the way

    @property
    def path(self) -> Path:
        return self.folder / f"painting-{self.number}.handscroll"

    def trouble(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.troubles.append(f"{kind}: {what}")
        print(f"!! {kind}: {what}", file=sys.stderr, flush=True)

    # ---- rounds

    def calm(self) -> None:
        """The same painting in peace."""
        path = self.folder / "undisturbed.handscroll"
        child = Child(path, self.model, self.stages)
        if not child.until("finished"):
            raise RuntimeError(f"the undisturbed run does not end: {child.said[-3:]}")
        child.until("ended")
        child.end()
        self.undisturbed.heard(child.said)
        self.undisturbed.picture = whole(path, self.stages)

    def round(self, disturbed: bool = True) -> None:
        child = Child(self.path, self.model, self.stages)
        self.kinds = self.kinds or self.chance.sample(KINDS, len(KINDS))
        kind = self.kinds.pop()
        if not disturbed:
            child.until("finished")
            child.until("ended")
        elif self._wait(child):
            kind = self._kill(child, kind)
            self.counts[f"kills_{kind}"] += 1
        if not child.end():
            self.trouble("orphans", f"engine {child.engine} outlived its window")
        self._note(child.said)
        self.look()
        if any("finished" in words for words in child.said):
            self.compare()

    def _wait(self, child: Child) -> bool:
        """Until the moment of the kill; False when the program has come to its end before."""
        way = self.chance.random()
        if way < 0.25:  # while it opens, or while the engine starts
            end = time.monotonic() + self.chance.uniform(0.2, 4)
        else:
            words = child.until("painted")
            if words is None:
                self.trouble("stuck", f"no patch was painted: {child.said[-3:]}")
            if words is None or "ended" in words:
                return words is None
            end = time.monotonic() + self.chance.uniform(0, 0.8 * self.stages)
        while time.monotonic() < end:
            words = child.next(end - time.monotonic())
            if words and "ended" in words:
                return False
        if way > 0.75:  # and some at the very moment of a promise
            words = child.until(self.chance.choice(MOMENTS), seconds=20)
            return not (words and "ended" in words)
        return True

    def _kill(self, child: Child, kind: str) -> str:
        if kind != "window" and not child.kill_engine():
            kind = "window"  # there is no engine yet
        if kind != "engine":
            child.kill_window()
            return kind
        for again in (self.chance.random() < 0.4, False):  # it goes on by itself; a second time it is asked to
            words = self._goes_on(child)
            if not words:
                self.trouble("stuck", f"nothing was painted after the engine had died: {child.said[-3:]}")
            if not words or "ended" in words or "finished" in words or not again or not child.kill_engine():
                break
            self.counts["kills_engine_again"] += 1
        if code := child.close():
            self.trouble("bad_ends", f"exit code {code} after the engine had died")
        return kind

    def _goes_on(self, child: Child) -> Words | None:
        """Waits for a new engine, and a patch of it."""
        before = child.engine
        words = child.until("engine", "finished")
        if words and words.get("engine", before) != before:
            return child.until("painted", "finished")
        return words

    def _note(self, said: list[Words]) -> None:
        for words in said:
            if "painted" in words:
                key = words["painted"], tuple(words["patch"])
                self.counts["patches_promised"] += key not in self.promised
                self.counts["painted_twice"] += key in self.promised
                self.promised[key] = words["tokens"]
            elif "accepted" in words:
                self.counts["layers_promised"] += 1
                self.accepted[words["accepted"]] = words["pixels"]
            elif "failed" in words:
                self.counts["failures_told"] += 1
            for step, present in STEPS.items():
                if step in words:
                    self.present[words[step]] = present
            for kind in COUNTED:
                self.counts[kind] += kind in words

    # ---- what is left

    def look(self) -> None:
        if not self.path.exists():
            if self.promised or self.accepted:
                self.trouble("lost", f"{self.path.name} is gone")
            return
        place = self.folder / "look"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path in self.folder.glob(f"{self.path.name}*"):  # the log of the last changes lies beside
            if not path.name.endswith("-shm"):
                shutil.copy2(path, place / path.name)
        self._check_integrity(place / self.path.name, "integrity_failures")
        opened = self.path if self.chance.random() < 0.5 else place / self.path.name  # else the program itself repairs
        try:
            document = Document.open(opened)
        except Exception as error:
            self.trouble("cannot_be_opened", str(error))
            return
        try:
            self._check_promises(document)
            self._check_exports()
        except Exception as error:
            self.trouble("unreadable", f"{type(error).__name__}: {error}")
        finally:
            document.close()
        copy = self.path.with_name(f"copy-{self.path.name}")
        if copy.exists():
            self._check_integrity(copy, "bad_copies")

    def _check_integrity(self, path: Path, kind: str) -> None:
        with contextlib.closing(sqlite3.connect(path)) as db:
            try:
                (verdict,) = db.execute("PRAGMA integrity_check").fetchone()
            except sqlite3.DatabaseError as error:
                verdict = str(error)
        self.counts["integrity_checks"] += 1
        if verdict != "ok":
            self.trouble(kind, f"{path.name}: {verdict}")

    def _check_promises(self, document: Document) -> None:
        jobs = {job_key(job): job for job in document.jobs.all()}
        tokens: dict[tuple[str, tuple[int, ...]], int] = {}
        for key, job in jobs.items():
            painted = document.jobs.painted(job.id)
            for each in painted:
                tokens[key, tuple(each.patch)] = zlib.crc32(np.ascontiguousarray(each.tokens, "<i4").tobytes())
            if job.request["seed"] >= AGAIN and job.state != "done":
                continue  # the neighbours of the patch that was painted again are still to be drawn anew
            expected = self.undisturbed.layers.get((key, len(painted)))
            if painted and layer_check(document, job) != expected:
                self.trouble("other_pixels", f"{key} after {len(painted)} patches")
            self.counts["layers_compared"] += bool(painted)
        for patch, check in self.promised.items():
            if tokens.get(patch) != check:
                self.trouble("lost", f"patch {patch}")
        for key, check in self.accepted.items():
            if key not in jobs or layer_check(document, jobs[key]) != check:
                self.trouble("lost", f"accepted layer {key}")
        self._check_history(document, jobs)

    def _check_history(self, document: Document, jobs: dict[str, Job]) -> None:
        """What was done is in the picture; what was undone is not, and can be done again."""
        there = {layer.id for layer in document.layers.all()}
        for key, present in self.present.items():
            seen = key in jobs and jobs[key].layer in there
            if present is not None and seen != present:
                self.trouble("lost", f"{key} is {'' if seen else 'not '}in the picture")
            if present is False and not document.history.redo_name:
                self.trouble("lost", f"{key} was undone and cannot be done again")
            self.counts["steps_checked"] += 1

    def _check_exports(self) -> None:
        """Whole pictures, of which every pixel is in the finished one; what is half written has no final name."""
        for path in self.folder.glob(f"{self.path.stem}-*.png"):
            tile = re.search(r"_r(\d+)_c(\d+)$", path.stem)
            row, column = map(int, tile.groups()) if tile else (0, 0)
            self.counts["tiles_checked" if tile else "exports_checked"] += 1
            try:
                with Image.open(path) as image:
                    pixels = np.array(image.convert("RGBA"))
            except Exception as error:
                self.trouble("half_written", f"{path.name}: {error}")
                continue
            height, width = pixels.shape[:2]
            finished = self.undisturbed.picture[row * TILE :, column * TILE :][:height, :width]
            seen = pixels[:, :, 3] == 255
            if finished.shape != pixels.shape or not np.array_equal(finished[seen], pixels[seen]):
                self.trouble("half_written", f"{path.name} shows what was never painted")
            if not tile and width < PICTURE.width:
                self.trouble("half_written", f"{path.name} is only {width} px wide")
            if self.chance.random() < 0.3:  # so that names appear anew as well as over older files
                path.unlink()

    def compare(self) -> None:
        """A finished painting with the undisturbed one; the next round begins another."""
        same = np.array_equal(whole(self.path, self.stages), self.undisturbed.picture)
        self.counts["paintings"] += 1
        if not same or self.accepted != self.undisturbed.accepted:
            self.trouble("other_pictures", self.path.name)
        self.number += 1
        self.promised, self.accepted, self.present = {}, {}, {}

    def run(self, rounds: int) -> Words:
        self.calm()
        for number in range(1, rounds + 1):
            began = time.monotonic()
            self.round()
            print(f"round {number}: {time.monotonic() - began:.1f} s {dict(self.counts)}", file=sys.stderr, flush=True)
        if self.promised or not self.counts["paintings"]:
            self.round(disturbed=False)
            if self.promised:
                self.trouble("stuck", "the last painting was not finished")
        return self.result(rounds)

    def result(self, rounds: int) -> Words:
        keys = (
            "kills_window", "kills_engine", "kills_engine_again", "kills_both", "patches_promised", "layers_promised",
            "lost", "integrity_checks", "integrity_failures", "cannot_be_opened", "unreadable", "layers_compared",
            "other_pixels", "painted_twice", "saved", "copied", "bad_copies", "exported", "exports_checked",
            "tiles_checked", "half_written", "rerolled", "undone", "redone", "steps_checked", "orphans", "stuck",
            "bad_ends", "failures_told", "paintings", "other_pictures",
        )  # fmt: skip
        same = self.counts["paintings"] > 0 and not self.counts["other_pictures"] and not self.counts["other_pixels"]
        counts = {key: self.counts[key] for key in keys}
        return {"rounds": rounds, **counts, "same_picture": same, "troubles": self.troubles[:20]}


def whole(path: Path, stages: int) -> np.ndarray:
    """The pixels of a finished painting."""
    document = Document.open(path)
    last = region(stages - 1)
    pixels = document.read(PICTURE._replace(width=last.right))
    document.close()
    return pixels


def make_model(folder: Path) -> Path:
    if not folder.exists():
        command = [sys.executable, str(ROOT / "tests/driven/tiny_model.py"), str(folder)]
        subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}, check=True)
    return folder


def main(rounds: int, folder: Path, stages: int = 4, seed: int = 1) -> Words:
    os.environ[HOME] = str(folder / "data")
    folder.mkdir(parents=True, exist_ok=True)
    return Trial(folder.absolute(), stages, seed).run(rounds)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))))
