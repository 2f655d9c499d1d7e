"""The panels on the right: layers, painting, history, queue, recipe and models; they bind to the session alone."""

from .history import HistoryPanel
from .layers import LayersPanel
from .models import ModelsPanel
from .paint import PaintPanel
from .queue import QueuePanel
from .recipe import RecipePanel

__all__ = ["HistoryPanel", "LayersPanel", "ModelsPanel", "PaintPanel", "QueuePanel", "RecipePanel"]
