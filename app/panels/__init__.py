"""The panels on the right: what is there, what is painted and learned; they bind to the session alone."""

from .history import HistoryPanel
from .layers import LayersPanel
from .models import ModelsPanel
from .paint import PaintPanel
from .queue import QueuePanel
from .recipe import RecipePanel
from .study import StudyPanel

__all__ = ["HistoryPanel", "LayersPanel", "ModelsPanel", "PaintPanel", "QueuePanel", "RecipePanel", "StudyPanel"]
