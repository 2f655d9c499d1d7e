"""Pictures of any size, strip by strip and reduced on the way: a gigapixel TIFF is never held whole in memory."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageCms

from engine.media.images import read_picture
from engine.media.opening import MAX_PIXELS
from engine.request import UserError

LARGE = 2**28  # pixels from which a TIFF is read in strips; others are read whole
TIFF = {".tif", ".tiff"}
SUPPORT = 3  # a reduced pixel is made from so many of its own sizes to each side (Lanczos)


def read_reduced(path: Path, shorter: int, large: int = LARGE) -> np.ndarray:
    """Read a picture with its shorter side brought to `shorter` pixels, uint8 (height, width, 3) in sRGB.

    TIFFs of more than `large` pixels go through memory in strips. Raises UserError where it cannot be read, or where
    the picture would have to be enlarged.
    """
    page = _large_page(path, large)
    if page is None:
        pixels = read_picture(path).pixels
        strips: Iterator[np.ndarray] = iter([pixels])
        height, width = pixels.shape[:2]
    else:
        height, width = page.imagelength, page.imagewidth
        strips = _strips(path, page)
    if min(height, width) < shorter:
        raise UserError(f"{path} is too small: its shorter side has {min(height, width)} pixels, not {shorter}.")
    scale = shorter / min(height, width)
    return _reduced(strips, (height, width), (round(height * scale), round(width * scale)))


def _large_page(path: Path, large: int) -> tifffile.TiffPage | None:
    """The first page of a TIFF that is to be read in strips; None where the picture is read whole."""
    if path.suffix.lower() not in TIFF or not path.is_file():
        return None
    try:
        with tifffile.TiffFile(path) as file:
            page = file.pages.first
            return page if page.imagelength * page.imagewidth > min(large, MAX_PIXELS) else None
    except (OSError, tifffile.TiffFileError, ValueError, IndexError):
        return None  # read_picture tells what is wrong with it


def _strips(path: Path, page: tifffile.TiffPage) -> Iterator[np.ndarray]:
    """Rows uint8 (rows, width, 3) in sRGB, from the top, as many at once as the file keeps together."""
    if page.planarconfig != 1 or page.dtype not in (np.uint8, np.uint16) or page.photometric not in (1, 2, 6):
        raise UserError(
            f"{path} has a colour format that cannot be read at this size. Save it in RGB with 8 or 16 bits."
        )
    profile = page.iccprofile
    to_srgb = _srgb_transform(profile) if isinstance(profile, bytes) else None
    with tifffile.TiffFile(path) as file:
        page = file.pages.first
        rows = page.tilelength if page.is_tiled else page.rowsperstrip
        columns = page.tilewidth if page.is_tiled else page.imagewidth
        across = -(-page.imagewidth // columns)
        band, left = list[np.ndarray](), page.imagelength
        try:
            for segment, _, shape in page.segments():
                part = np.zeros((rows, columns, page.samplesperpixel), page.dtype) if segment is None else segment[0]
                band.append(part[: shape[1], : shape[2]])
                if len(band) == across:
                    yield _as_srgb(np.concatenate(band, 1)[:left, : page.imagewidth], to_srgb)
                    band, left = [], left - rows
        except (ValueError, RuntimeError, OSError, KeyError) as error:
            raise UserError(
                f"{path} cannot be read strip by strip. Save it as a TIFF without compression or with deflate."
            ) from error


def _srgb_transform(profile: bytes) -> ImageCms.ImageCmsTransform | None:
    """None for a profile that is damaged or not of RGB."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _as_srgb(rows: np.ndarray, to_srgb: ImageCms.ImageCmsTransform | None) -> np.ndarray:
    if rows.dtype == np.uint16:
        rows = ((rows.astype(np.uint32) + 128) // 257).astype(np.uint8)
    rows = np.repeat(rows[..., :1], 3, 2) if rows.shape[-1] < 3 else np.ascontiguousarray(rows[..., :3])
    if to_srgb is None:
        return rows
    return np.asarray(ImageCms.applyTransform(Image.fromarray(rows), to_srgb))


def _reduced(strips: Iterator[np.ndarray], size: tuple[int, int], wanted: tuple[int, int]) -> np.ndarray:
    """Resample rows that come one after another; size and wanted: (height, width).

    Each band of result rows is made from the source rows that its filter reaches, so borders of strips do not show.
    """
    (height, width), (rows, columns) = size, wanted
    result = np.empty((rows, columns, 3), np.uint8)
    scale = height / rows
    reach = int(SUPPORT * scale) + 2
    held, first, done = np.empty((0, width, 3), np.uint8), 0, 0  # `first`: the source row that held[0] is
    for strip in strips:
        held = np.concatenate([held, strip]) if len(held) else strip
        end = first + len(held)
        ready = rows if end >= height else max(done, int((end - reach) / scale))
        if ready > done:
            top, bottom = done * scale - first, ready * scale - first
            box = (0, top, width, min(bottom, len(held)))
            band = Image.fromarray(held).resize((columns, ready - done), Image.Resampling.LANCZOS, box=box)
            result[done:ready] = np.asarray(band)
            done = ready
            keep = max(0, int(done * scale) - reach - first)
            held, first = held[keep:], first + keep
    return result
