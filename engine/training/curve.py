"""A curve as a picture: one small chart per figure, so that a glance tells how training goes."""

from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, MARGIN = 480, 160, 28
INK, LINE, PAPER = "#26272a", "#c8452f", "#f4f2ee"


def draw_curve(points: list[dict[str, float]], path: Path, unit: str = "minutes") -> None:
    """Write a PNG with a chart for each figure of the points over their minutes, or what else `unit` says they are."""
    figures = [k for k in dict.fromkeys(k for p in points for k in p) if k not in ("step", "minutes")]
    sheet = Image.new("RGB", (WIDTH, HEIGHT * max(1, len(figures))), PAPER)
    draw = ImageDraw.Draw(sheet)
    for row, figure in enumerate(figures):
        _chart(draw, figure, [(p["minutes"], p[figure]) for p in points if figure in p], row * HEIGHT, unit)
    sheet.save(path)


def _chart(draw: ImageDraw.ImageDraw, figure: str, values: list[tuple[float, float]], top: int, unit: str) -> None:
    xs, ys = [x for x, _ in values], [y for _, y in values]
    left, span = min(xs), (max(xs) - min(xs)) or 1
    low, high = min(ys), max(ys)
    draw.text((MARGIN, top + 6), f"{figure}: {ys[-1]:.4g}  ({low:.4g} … {high:.4g})", fill=INK)
    plot_height = HEIGHT - 2 * MARGIN

    def place(x: float, y: float) -> tuple[float, float]:
        height = (y - low) / ((high - low) or 1) * plot_height
        return MARGIN + (x - left) / span * (WIDTH - 2 * MARGIN), top + HEIGHT - MARGIN - height

    draw.line([place(x, y) for x, y in values], fill=LINE, width=2)
    draw.text((MARGIN, top + HEIGHT - 20), f"{left:.0f} … {left + span:.0f} {unit}", fill=INK)
