"""Words for a region: one prompt for all of it, or several that follow one another along its longer side."""

from engine.request import Box, Prompt

BETWEEN = "|"  # stands between prompts that follow one another


def prompts_for(words: str, box: Box) -> tuple[Prompt, ...]:
    """The prompts of a region at `box`; none for empty words. Of several each stands in the middle of its share."""
    parts = [part.strip() for part in words.split(BETWEEN)]
    if not any(parts):
        return ()
    if len(parts) == 1:
        return (Prompt(parts[0]),)
    shares = [(2 * number + 1) / (2 * len(parts)) for number in range(len(parts))]
    middle = (box.x + box.width // 2, box.y + box.height // 2)
    if box.width >= box.height:
        places = [(box.x + round(share * box.width), middle[1]) for share in shares]
    else:
        places = [(middle[0], box.y + round(share * box.height)) for share in shares]
    return tuple(Prompt(part, place) for part, place in zip(parts, places, strict=True))
