"""Study (Algorithm 1 on the artist's own pictures or films): a model learns them, and goes on in their hand.

Of pictures first the way from tokens to pixels is tuned, so that strokes come out as they are painted there; the tokens
themselves keep their meaning. Then the vision decoder learns which of them follow one another. Of films it learns how
things move. The end of each picture or film is never learned from: what is kept is what foresees it best, so that
nothing is only learned by heart.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np

from engine.config import SamplingConfig
from engine.datasets.video_clips import ClipSampler
from engine.finetuning.holdout import read_films
from engine.finetuning.image_study import CORNER, FineTuningRun
from engine.inference.paint import paint_frames
from engine.media.video import film_files
from engine.models.checkpoint import ImageModel
from engine.planning.windows import margin_px
from engine.request import Box, KnownPicture, PaintRequest, Prompt, Stopped, UserError
from engine.study_request import StudyEvent, StudyFinished, StudyRequest, StudySample, StudyStarted
from engine.training.data_loading import DecoderTraining
from engine.training.decoder import train_decoder
from engine.training.trainer import Budget, TrainingRun
from engine.training.validation import ValidationSet

FRAMES = 2  # of the clips: each frame is learned from those before it, of which one is known
SHOWN_AFTER = 3  # frames of a sample, of which the last is seen
DECODER = DecoderTraining(
    batch=4, learning_rate=1e-3, patch_loss=False, known_share=1.0, noise=0.03, token_corruption=0.3, drop_text=0.1,
    held_out=8,
    report_every=20, sheet_every=0, ema_decay=0.98,
)  # fmt: skip


def study(request: StudyRequest, stop: Callable[[], bool] = lambda: False) -> Iterator[StudyEvent]:
    """Learn the pictures of a request; `request.out` holds the best so far whenever it ends, by itself or stopped.

    Only learning takes time off the minutes. When `stop` says so, everything is kept in `request.work`, and the same
    request goes on there. Raises UserError where there is nothing to learn from.
    """
    student = (VideoFineTuningRun if film_files(request.pictures) else FineTuningRun)(request, stop)
    yield StudyStarted(student.count, student.pixels, student.notes)
    yield student.sample(student.model)
    for part in student.shares:
        yield from student.learn(part)
        student.keep()
        if student.stopped:
            yield Stopped()
            return
    yield student.sample(student.model)
    shutil.rmtree(request.work, ignore_errors=True)
    yield StudyFinished(request.out, student.bits, student.base_bits)


class VideoFineTuningRun(FineTuningRun):
    """What a study of films holds: it learns how things move. What the model knows of strokes and pixels stays."""

    shares: ClassVar = {"decoder": 1.0}
    kind: ClassVar = "films"

    def _read_splits(self, base: ImageModel) -> list[str]:
        if not base.config.decoder.extent.frames:
            raise UserError(
                f"The model “{base.config.name}” is for pictures and cannot learn from films. Use “film” instead."
            )
        side = self.window + 2 * margin_px(base.config)
        self.films, notes = read_films(self.request.pictures, side, FRAMES)
        return notes

    def _sampling(self, base: ImageModel) -> SamplingConfig:
        return base.config.sampling

    def _learned(self) -> list[tuple[str, np.ndarray]]:
        return [(split.film.name, split.film.frames) for split in self.films]

    def _phrases(self) -> list[str]:
        return [phrase for split in self.films for phrase in split.film.caption.phrases]

    def _training(self, part: str) -> Iterator[TrainingRun]:
        margin = margin_px(self.model.config)
        clips, ends = (
            ClipSampler((), films, self.window, FRAMES, margin=margin)
            for films in ([each.learned for each in self.films], [each.held_out for each in self.films])
        )
        validation, budget = ValidationSet.drawn(ends, DECODER.held_out), Budget(self._minutes(part))
        return train_decoder(
            self.work / part, self.model, DECODER, clips, validation, budget, self.device, self.request.seed
        )

    def _sample(self, model: ImageModel) -> StudySample:
        """The middle of the first held-out frame, and what is painted some frames later."""
        film, side = self.films[0].held_out, CORNER * self.patch
        top, left = ((length - side) // 2 for length in film.frames.shape[1:3])
        still = film.frames[0, top : top + side, left : left + side]
        box = Box(0, 0, side, side)
        asked = PaintRequest(
            box, (KnownPicture(box, still),), self.request.seed,
            prompts=(Prompt(", ".join(film.caption.phrases)),), frames=1 + SHOWN_AFTER,
        )  # fmt: skip
        return StudySample(np.concatenate([still, paint_frames(asked, model)[-1]], 1), side)
