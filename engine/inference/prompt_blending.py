"""Which prompts apply to each patch: the prompts of a request, weighed by the place of the patch.

The nearest prompt speaks; where another is nearly as near, both are heard, and their shares change linearly over the
width of one patch, so a prompt that changes along a region does so without a border. In a film each frame hears the
prompts that were said last, those of one frame together.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import torch

from engine.media.animation import of_part
from engine.models.checkpoint import ImageModel
from engine.models.known_words import known_part
from engine.models.text_encoder import TextStates
from engine.request import Box, Prompt, UserError


def prompt_weights(prompts: Sequence[Prompt], box: Box) -> tuple[float, ...]:
    """The share of each prompt, adding up to 1, in a patch at `box`. A prompt without a place is everywhere."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    distances = [0.0 if p.at is None else math.hypot(p.at[0] - x, p.at[1] - y) for p in prompts]
    nearest = min(distances)
    weights = [max(0.0, 1 - (distance - nearest) / box.width) for distance in distances]
    return tuple(weight / sum(weights) for weight in weights)


class Prompts:
    """The prompts of a painting as the decoder hears them; `said` tells whether there are any words at all."""

    def __init__(self, prompts: Sequence[Prompt], model: ImageModel, part: bool = False):
        """part: they are about a region of a film. UserError where the model has no words, or they contradict."""
        self._part = part
        known = [known_part(prompt.text, model) for prompt in prompts]
        self.notes = _unknown([word for _, words in known for word in words], not any(text for text, _ in known))
        asked = any(prompt.text.strip() for prompt in prompts)
        if asked and model.words is not None:
            prompts = [prompt._replace(text=text) for prompt, (text, _) in zip(prompts, known, strict=True)]
        self.said = any(prompt.text.strip() for prompt in prompts)
        self.prompts = list(prompts) if self.said else []
        if self.said and all(prompt.frame for prompt in prompts):
            self.prompts.insert(0, Prompt(""))  # until words are said
        if self.said and model.words is None:
            raise UserError(
                f"The model “{model.config.name}” does not understand prompts. "
                "Leave the prompt empty, or choose a model that does."
            )
        together = Counter(prompt.frame for prompt in self.prompts)
        if any(prompt.at is None and together[prompt.frame] > 1 for prompt in self.prompts):
            raise UserError("If there are several prompts, each needs a position.")
        self._model = model
        self._heard: dict[tuple[float, ...], TextStates] = {}

    @torch.no_grad()
    def at(self, box: Box, frame: int = 0) -> TextStates | None:
        """What the patch at `box` of a frame hears, a batch of one; None is the empty prompt."""
        if not self.said:
            return None
        weights = self._weights(box, frame)
        if weights not in self._heard:
            heard = zip(self._parts, weights, strict=True)
            self._heard[weights] = TextStates.blended([(part, weight) for part, weight in heard if weight > 0])
        return self._heard[weights]

    def _weights(self, box: Box, frame: int) -> tuple[float, ...]:
        """The share of each prompt, 0 for those of other frames."""
        latest = max(prompt.frame for prompt in self.prompts if prompt.frame <= frame)
        shares = iter(prompt_weights([prompt for prompt in self.prompts if prompt.frame == latest], box))
        return tuple(next(shares) if prompt.frame == latest else 0.0 for prompt in self.prompts)

    def heard(self, places: Sequence[tuple[Box, int]]) -> list[TextStates]:
        """What each patch of a batch hears, each of a box and a frame; nothing without words."""
        return [states for box, frame in places if (states := self.at(box, frame))]

    @cached_property
    def _parts(self) -> list[TextStates]:
        """What each prompt says, read when it is first heard: a plan alone needs no words."""
        said = [of_part(prompt.text) if self._part else prompt.text for prompt in self.prompts]
        return [states for words in said if (states := self._model.read([words]))]


def _unknown(words: Sequence[str], all_of_them: bool) -> tuple[str, ...]:
    """A sentence about the words that are left out."""
    if not words:
        return ()
    named = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    if all_of_them:
        return (f"None of these words is known: {named}. It is painted as without words.",)
    return (f"The model does not know {named} and goes by the other words.",)
