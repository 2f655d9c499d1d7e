"""What is open and what the artist has chosen: the widgets bind to it and call it, and remember nothing themselves."""

from .session import Session
from .values import TOOLS, Brush, Estimate, Group, JobPlan, PaintOptions

__all__ = ["TOOLS", "Brush", "Estimate", "Group", "JobPlan", "PaintOptions", "Session"]
