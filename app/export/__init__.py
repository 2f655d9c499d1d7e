"""From a document to pictures that other programs read: streamed where the format allows, whole or not at all."""

from .formats import FORMATS, Format, fitting_tiles, format_of, limits
from .image import ExportRequest, Planned, export, planned

__all__ = ["FORMATS", "ExportRequest", "Format", "Planned", "export", "fitting_tiles", "format_of", "limits", "planned"]
