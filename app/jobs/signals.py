"""The signals of the queue, which its parts emit and the session listens to."""

from PySide6.QtCore import QObject, Signal


class JobSignals(QObject):
    """`filmed` carries every event of a job that paints a film; the signals beside it are those of pictures.

    Numbers are those of jobs, or the tickets of questions.
    """

    changed = Signal()
    planned = Signal(int, object)
    started = Signal(int, object)
    grown = Signal(int, object, object)
    painted = Signal(int, object)
    filmed = Signal(int, object)
    finished = Signal(int)
    stopped = Signal(int)
    failed = Signal(int, str)
    status_changed = Signal()
    sketched = Signal(int, object)  # the plan, or None
    checked = Signal(int, str)  # what is wrong with the model; empty where nothing is
    marks_found = Signal(int, object)  # a mask, or None where none could be looked for
    model_lacking = Signal(object)  # LackingModel, of an engine elsewhere; `answer` says whether it is sent
