"""Study (Algorithm 1 on the artist's own pictures): a model learns a painting, and goes on in its hand.

Of films it learns how things move there (engine/finetuning/video_study.py).

First the way from tokens to pixels is tuned, so that strokes come out as they are painted there; the tokens themselves
keep their meaning. Then the vision decoder learns which of them follow one another. The end of each picture is never
learned from: what is kept is what foresees it best, so that nothing is only learned by heart.
"""

import shutil
from collections.abc import Callable, Iterator

from engine.finetuning.image_study import FineTuningRun
from engine.finetuning.video_study import VideoFineTuningRun
from engine.media.video import film_files
from engine.request import Stopped, StudyEvent, StudyFinished, StudyRequest, StudyStarted


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
