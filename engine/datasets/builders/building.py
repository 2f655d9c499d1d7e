"""A data set that is being built: a journal that a later call goes on with, the manifest, and what was left out.

Each finished item is one line of `build.jsonl`, written after its file is whole, so that a call that was interrupted
loses at most the item in progress. `manifest.csv` and `left-out.csv` are made from the journal at the end.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.media.atomic_file import not_written, written_whole
from engine.media.image_writers import write_picture
from engine.request import UserError

JOURNAL, MANIFEST, LEFT_OUT = "build.jsonl", "manifest.csv", "left-out.csv"
HELD_OUT = 0.1  # share of the groups that is held out ("test")
COLUMNS = (
    "file", "width", "height", "frames", "split", "title", "caption", "artist", "medium", "source", "place", "group",
    "sha256",
)  # fmt: skip

Tell = Callable[[str], None]
Row = dict[str, Any]  # an item with its split


@dataclass(frozen=True)
class Item:
    """One picture or clip of a data set.

    file: relative to the folder. sha256: of the source. place: where in the source it was. group: items that show the
    same thing, which go to the same split. medium: what the picture is, as captions say it ("ink on silk"), or nothing.
    """

    file: str
    width: int
    height: int
    source: str
    sha256: str
    group: str
    frames: int = 1
    caption: str = ""
    title: str = ""
    artist: str = ""
    medium: str = ""
    place: str = ""


@dataclass(frozen=True)
class Report:
    """What a data set holds, and how many items were left out for which reason."""

    folder: str
    kind: str
    items: int
    train: int
    test: int
    captions: int
    left_out: dict[str, int] = field(default_factory=dict)


class Building:
    """A folder in which a data set is built; what an earlier call has finished there is kept.

    Raises UserError where the folder holds something else, or a data set that was begun with other settings.
    """

    def __init__(self, folder: Path, kind: str, settings: dict[str, Any], tell: Tell = lambda _: None):
        self.folder, self.kind, self.tell = folder, kind, tell
        self._items: dict[str, dict[str, Any]] = {}
        self._reasons: dict[str, dict[str, str]] = {}
        self._done: set[str] = set()
        self._journal = folder / JOURNAL
        facts = {"kind": kind, **settings}
        if self._journal.exists():
            self._go_on(facts)
        else:
            self._begin(facts)

    def _begin(self, facts: dict[str, Any]) -> None:
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise UserError(f"{self.folder} is not empty. Give the data set a folder of its own with -o.")
        with self.writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        self._append({"settings": facts})

    def _go_on(self, facts: dict[str, Any]) -> None:
        lines = list(self._lines())
        begun = lines[0].get("settings") if lines else None
        if begun != facts:
            raise UserError(
                f"{self.folder} contains a data set that was started with other settings "
                f"({_as_words(begun or {})}). Choose another folder with -o, or use the same settings."
            )
        for line in lines[1:]:
            if "item" in line:
                self._items[line["key"]] = line["item"]
            elif "reason" in line:
                self._reasons[line["key"]] = line
            self._done.add(line["key"])

    def _lines(self) -> Iterator[dict[str, Any]]:
        """The lines of the journal up to one that was cut short when the call before ended."""
        text = self._journal.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if len(whole) < len(text):
            self._journal.write_text(whole, encoding="utf-8")
        yield from map(json.loads, whole.splitlines())

    def has(self, key: str) -> bool:
        """Whether an item, or what it was left out for, is in the journal already."""
        return key in self._done

    def add(self, key: str, item: Item) -> None:
        """Note an item whose file is whole."""
        self._items[key] = vars(item)
        self._append({"key": key, "item": vars(item)})

    def leave_out(self, key: str, source: str, reason: str, place: str = "") -> None:
        """Note what the data set does without, and why; reason: the same words for the same kind of reason."""
        self._reasons[key] = {"key": key, "source": source, "place": place, "reason": reason}
        self._append(self._reasons[key])

    def finished(self, key: str) -> None:
        """Note that a whole source has been worked through."""
        self._append({"key": key})

    def _append(self, line: dict[str, Any]) -> None:
        with self.writing(self._journal), self._journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._done.add(line.get("key", ""))

    @contextmanager
    def reading(self, key: str, source: Path) -> Iterator[None]:
        """Leave a source out, with the reason, where it cannot be read."""
        self._reasons.pop(key, None)  # of an earlier call
        try:
            yield
        except UserError as error:
            self.tell(str(error))
            self.leave_out(key, source.name, "cannot be used", str(error))

    @contextmanager
    def writing(self, path: Path) -> Iterator[None]:
        """Turn errors of the disk into one sentence; what is finished stays."""
        try:
            yield
        except (OSError, UserError) as error:
            told = str(not_written(path, error) if isinstance(error, OSError) else error)
            raise UserError(f"{told} What is finished is kept; run the same command to continue.") from None

    def write_picture(self, name: str, pixels: np.ndarray) -> None:
        """Write pixels uint8 (height, width, 3) to a file of the folder, whole or not at all."""
        path = self.folder / name
        with self.writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_picture(path, pixels, pixels.shape[1::-1])

    def finish(self, leaks: Callable[[list[Row]], Iterable[Row]] = lambda rows: ()) -> Report:
        """Write `manifest.csv` and `left-out.csv`; raises UserError where nothing was found.

        leaks: finds the rows to learn from that show what is held out; they are left out.
        """
        splits = split_groups({item["group"] for item in self._items.values()})
        rows = [{**item, "split": splits[item["group"]]} for _, item in sorted(self._items.items())]
        for row in leaks(rows):
            rows.remove(row)
            self._reasons[row["file"]] = {**row, "reason": "shows what is held out"}
        self._write_table(LEFT_OUT, ("source", "place", "reason"), list(self._reasons.values()))
        if not rows:
            why = "; ".join(f"{reason}: {count}" for reason, count in self._counted().items())
            raise UserError(f"Nothing suitable was found for the data set in {self.folder} ({why or 'no files'}).")
        self._write_table(MANIFEST, COLUMNS, rows)
        counts = Counter(row["split"] for row in rows)
        captions = sum(bool(row["caption"]) for row in rows)
        return Report(
            str(self.folder), self.kind, len(rows), counts["train"], counts["test"], captions, self._counted()
        )

    def _counted(self) -> dict[str, int]:
        return dict(Counter(line["reason"] for line in self._reasons.values()).most_common())

    def _write_table(self, name: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
        with self.writing(self.folder / name), written_whole(self.folder / name) as file:
            file.write(text.getvalue().encode("utf-8"))


def split_groups(groups: set[str]) -> dict[str, str]:
    """Give each group "train" or "test" by the hash of its name, so that a set that grows keeps its splits.

    With two groups or more at least one is held out; a single one serves for training alone.
    """
    place = {group: int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) / 2**32 for group in groups}
    test = {group for group, value in place.items() if value < HELD_OUT}
    if len(groups) > 1 and (not test or test == groups):
        test = {min(place, key=place.__getitem__)}
    return {group: "test" if group in test else "train" for group in groups if len(groups) > 1} or dict.fromkeys(
        groups, "train"
    )


def read_text(path: Path) -> str:
    """Read a text file in UTF-8, UTF-16 with its mark, or, where it is neither, Windows-1252."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror or error}).") from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _as_words(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())
