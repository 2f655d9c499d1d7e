"""What is to be painted of a clip, and what is there already: its request, and the state of each of its frames."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from app.document import Document, Region
from app.document.errors import damaged
from app.document.frames import Frame, frame_keys
from app.document.timeline import Clip, Keyframe, region_of, region_value
from app.jobs import request_codec as requests
from app.session.prompts import prompts_for
from engine.request import PaintRequest, Prompt


@dataclass(eq=False)
class ClipState:
    """A clip as it stands. Numbers of frames are those of the film, in which the clip begins at `clip.first`.

    painted: the frames that belong to what is asked now; former: the newest whole ones of what was asked before.
    under_way: the frames that are being painted.
    """

    clip: Clip
    keyframes: Sequence[Keyframe]
    request: dict[str, Any]
    painted: dict[int, Frame] = field(default_factory=dict)
    former: dict[int, Frame] = field(default_factory=dict)
    under_way: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document, clip: Clip, words: Callable[[str], bool], under_way: set[int]) -> "ClipState":
        """Raises UserError where the values of the clip are not those that a program has written."""
        keyframes = document.timeline.keyframes(clip.id)
        try:
            film = cls(clip, keyframes, asked(clip, keyframes, words), under_way=under_way)
            film.region_at(0)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise damaged(document.path, f"what was asked for the clip {clip.name} is not readable") from error
        film.look(document)
        return film

    def look(self, document: Document) -> None:
        """Which frames there are now."""
        self.sort(document.frames.all(self.clip.id))

    def sort(self, frames: Sequence[Frame]) -> None:
        """What these, from the oldest to the newest, are to what is asked now."""
        self.painted.clear()
        self.former.clear()
        frames = [frame for frame in frames if frame.number]
        keys = frame_keys(self.request, sorted({frame.number for frame in frames}))
        for frame in frames:
            if frame.key == keys[frame.number]:
                self.painted[frame.number] = frame
            elif frame.state == "done":
                self.former[frame.number] = frame

    @property
    def numbers(self) -> range:
        """The frames that the clip shows."""
        return range(self.clip.first, self.clip.first + self.clip.length)

    def held(self, name: str) -> Any:
        """What holds when the first frame is shown, a keyframe on that frame left aside: `prompt` or `region`."""
        return _changes(self.clip.value.get(name), self._gone, name)[-1][1]

    def overruled(self, name: str) -> bool:
        """Whether a keyframe on a frame that has been trimmed away says otherwise than the clip."""
        return any(name in each.value for each in self._gone)

    @property
    def _gone(self) -> list[Keyframe]:
        return [each for each in self.keyframes if each.number < self.clip.first]

    @cached_property
    def regions(self) -> dict[int, Region | None]:
        """What moves, by the frame from which on it does."""
        return {number: region_of(value) for number, value in self.request["regions"]}

    def region_at(self, number: int) -> Region | None:
        return self.regions[max(since for since in self.regions if since <= number)]

    def whole(self, number: int) -> bool:
        return not number or (number in self.painted and self.painted[number].state == "done")

    def state(self, number: int) -> str:
        if self.whole(number):
            return "done"
        if number in self.under_way:
            return "painting"
        return "stale" if number in self.former else "waiting"

    def missing(self) -> list[int]:
        """The frames that are to be painted, those before the clip as well, from which its own follow."""
        return [number for number in range(1, self.numbers.stop) if not self.whole(number)]

    def shows(self, number: int) -> Frame | None:
        """What a frame looks like now: what is painted of it, else what it was.

        One that is half painted anew, though nobody paints it now, is seen as it was too.
        """
        return self.former.get(number) if self.state(number) == "stale" else self.painted.get(number)


def asked(clip: Clip, keyframes: Sequence[Keyframe], words: Callable[[str], bool]) -> dict[str, Any]:
    """The request as the document keeps it; `words` tells whether a model of this name reads them."""
    value, box = clip.value, clip.box
    said = _changes(value.get("prompt", ""), keyframes, "prompt") if words(str(value["model"])) else [(0, "")]
    request = PaintRequest(
        box, seed=value["seed"], temperature=value["freedom"], top_p=value.get("top_p"), guidance=value["guidance"],
        anchor=(box.x, box.y), frames=clip.first + clip.length,
        prompts=tuple(prompt for number, text in said for prompt in _prompts(text, clip, number)),
    )  # fmt: skip
    if not any(prompt.text for prompt in request.prompts):
        request = replace(request, prompts=())
    regions = _changes(value.get("region"), keyframes, "region")
    return {
        **requests.to_dict(request, value["model"]),
        "regions": [list(each) for each in regions],
        "still": clip.still,
    }


def _prompts(text: str, clip: Clip, number: int) -> Iterator[Prompt]:
    """Empty words are said too, for they end what was said before."""
    for prompt in prompts_for(text, clip.box) or (Prompt(""),):
        yield prompt._replace(frame=number)


def _changes(first: Any, keyframes: Sequence[Keyframe], name: str) -> list[tuple[int, Any]]:
    """What holds from which frame on; a keyframe that repeats what holds already changes nothing."""
    changes = [(0, first)]
    for keyframe in keyframes:
        if name in keyframe.value and keyframe.value[name] != changes[-1][1]:
            changes.append((keyframe.number, keyframe.value[name]))
    if len(changes) > 1 and changes[1][0] == 0:
        del changes[0]
    return changes


def settings(region: Region | None, prompt: str, model: str, options: Any, seed: int) -> dict[str, Any]:
    """The value of a new clip. What moves follows words without guidance, in half the time."""
    return {
        "model": model, "seed": seed, "freedom": options.freedom,
        "guidance": PaintRequest.guidance, "prompt": prompt, "region": region_value(region), "loop": False,
    }  # fmt: skip
