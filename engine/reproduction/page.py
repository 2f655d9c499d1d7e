"""The page of a table: published figures beside ours in Markdown, a chart, and all numbers as JSON."""

import os
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from engine.reproduction.tables import NOT_AVAILABLE, Experiment

BAR, LABELS, SCALE = 22, 220, 400  # pixels: height of a bar, width of the names, longest bar
INK, FILL, PAPER, ERROR = "#26272a", "#c8452f", "#f4f2ee", "#6c6f75"


def write_page(folder: Path, experiment: Experiment, facts: dict[str, Any], results: dict[str, Any]) -> str:
    """Write `page.md` and `chart.png`; returns the text of the page."""
    text = "\n".join(
        [*_head(experiment, facts), "", *_table(experiment, results), "", _sentence(experiment, results), ""]
    )
    (folder / "page.md").write_text(text, encoding="utf-8")
    _chart(folder / "chart.png", _bars(experiment, results))
    return text


def _head(experiment: Experiment, facts: dict[str, Any]) -> list[str]:
    low, high = min(facts["loads"]), max(facts["loads"])
    return [
        f"## {experiment.what}: {experiment.title}",
        "",
        f"Scale {facts['scale']}, {facts['pictures']} crops for training and {facts['held_out']} held out, of "
        f"{facts['picture_px']} px from “{facts['data']}”; {facts['steps']} steps of {facts['tokens_per_step']:,} "
        f"tokens for each variant, seed {facts['seed']}; {facts['seconds'] / 60:.1f} minutes, with "
        f"{facts['processor'] / 60:.1f} minutes of processor time, on {facts['device']} (load {low:g} to {high:g} on "
        f"{os.cpu_count()} cores). The paper gives {experiment.published}.",
    ]


def columns_of(experiment: Experiment) -> list[str]:
    return [*experiment.sides, *(["wide"] if experiment.wide else [])]


def _table(experiment: Experiment, results: dict[str, Any]) -> list[str]:
    places = columns_of(experiment)
    heads = ["variant", *(f"paper, {p}" for p in places), *(f"FD-EffLite0, {p}" for p in places)]
    heads += [*(["Block-FD"] if experiment.wide else []), "bits"]
    heads += ["bits, wider"] if experiment.longer else []
    heads += ["s per 1000 tokens", "parameters", "minutes"]
    published = {variant.name: variant.paper for variant in experiment.variants}
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for name, found in results.items():
        paper = published.get(name, {})
        cells = [name, *(_paper(paper, place, name in published) for place in places)]
        cells += [_distance(found.get(place)) for place in places]
        cells += [_block(found.get("wide"))] if experiment.wide else []
        cells += [_number(found.get("bits"))]
        cells += [_number(found.get("bits_longer"))] if experiment.longer else []
        cells += [_speed(found, places), f"{found.get('parameters', 0):,}", _number(found.get("minutes"))]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _paper(paper: dict[str, float], place: str, row: bool) -> str:
    return f"{paper[place]:g}" if place in paper else NOT_AVAILABLE if row else "not in the paper"


def _distance(found: Any) -> str:
    if not isinstance(found, dict):
        return str(found or "not measured")
    value = found.get("value")
    if not isinstance(value, float):
        return str(value)
    if "confidence" not in found:
        return f"{value:.1f}"
    low, high = found["confidence"]
    return f"{value:.1f} ({low:.1f} to {high:.1f})"


def _block(found: Any) -> str:
    block = found.get("block") if isinstance(found, dict) else None
    return f"{block['value']:.1f}" if isinstance(block, dict) else str(block or "not painted")


def _number(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value or "not measured")


def _speed(found: dict[str, Any], places: list[str]) -> str:
    name = "seconds_per_1000_tokens"
    made = [one for place in places if isinstance(one := found.get(place), dict) and name in one]
    return f"{sum(one[name] for one in made) / len(made):.2f}" if made else "nothing painted"


def _bars(experiment: Experiment, results: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Names, values and half widths of the confidence, of the first place that each row has."""
    bars = []
    for name, found in results.items():
        for place in columns_of(experiment):
            one = found.get(place)
            if isinstance(one, dict) and isinstance(one.get("value"), float):
                low, high = one.get("confidence", [one["value"]] * 2)
                bars.append((f"{name}, {place}", one["value"], (high - low) / 2))
    return bars


def _sentence(experiment: Experiment, results: dict[str, Any]) -> str:
    """One honest sentence: who is nearest, whether that is sure, and whether the paper says the same."""
    names = {variant.name: variant for variant in experiment.variants}
    place = columns_of(experiment)[-1] if experiment.wide else columns_of(experiment)[0]
    place = "right" if "right" in experiment.sides else place
    found = {
        name: row[place] for name, row in results.items()
        if name in names and isinstance(row.get(place), dict) and isinstance(row[place].get("value"), float)
    }  # fmt: skip
    if len(found) < 2:
        return "Nothing can be compared: fewer than two variants have a distance."
    ranked = sorted(found, key=lambda name: found[name]["value"])
    best, second = ranked[:2]
    sure = found[best]["confidence"][1] < found[second]["confidence"][0]
    judged = f"“{best}” is closest to real pictures ({place})" + (
        ", and this is certain: the confidence intervals do not overlap"
        if sure
        else f", but this is not certain: its confidence interval overlaps that of “{second}”"
    )
    paper = {name: names[name].paper[place] for name in found if place in names[name].paper}
    if len(paper) < 2:
        return f"{judged}."
    theirs = min(paper, key=paper.__getitem__)
    return f"{judged}; in the paper it is “{theirs}”."


def _chart(path: Path, bars: list[tuple[str, float, float]]) -> None:
    """Horizontal bars of FD-EffLite0 with their confidence: shorter is nearer to real pictures."""
    sheet = Image.new("RGB", (LABELS + SCALE + 90, BAR * max(1, len(bars)) + 30), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((8, 6), "FD-EffLite0: shorter is nearer to real pictures", fill=INK)
    longest = max((value + spread for _, value, spread in bars), default=1) or 1
    for row, (name, value, spread) in enumerate(bars):
        top, end = 26 + row * BAR, LABELS + SCALE * value / longest
        draw.text((8, top + 4), name[:34], fill=INK)
        draw.rectangle((LABELS, top + 4, end, top + BAR - 4), fill=FILL)
        reach = SCALE * spread / longest
        draw.line((end - reach, top + BAR // 2, end + reach, top + BAR // 2), fill=ERROR, width=2)
        draw.text((end + reach + 6, top + 4), f"{value:.1f}", fill=INK)
    sheet.save(path)
