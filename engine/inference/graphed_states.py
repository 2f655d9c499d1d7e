"""Token by token through a batch of patches on a graphics card, by a graph of the step that is replayed.

Launching the step's kernels one by one takes longer than they do. A graph reads and writes the same memory each time:
so all lengths are fixed (`StaticAttention`), and what differs from step to step is copied into place.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from engine.inference.incremental_decoding import PatchStates
from engine.inference.kv_cache import StaticAttention
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, VisionDecoder


class GraphedStates(PatchStates):
    """A batch of patches, of which each step paints one token; on a device without graphs each step is done anew."""

    def __init__(self, decoder: VisionDecoder, orders: Tensor, context: Context | None, text: TextStates | None = None):
        super().__init__(decoder, orders, context, text, StaticAttention)
        self._replay: Callable[[], object] | None = None

    def _through(self, x: Tensor, turns: Tensor) -> Tensor:
        if self._replay is None:
            self._own_x, self._own_turns = x.clone(), turns.clone()
            self._replay = self._recorded() if x.is_cuda else self._step
        self._own_x.copy_(x)
        self._own_turns.copy_(turns)
        self._replay()
        return self._logits.clone()

    def _step(self) -> None:
        self._logits = super()._through(self._own_x, self._own_turns)

    def _recorded(self) -> Callable[[], object]:
        """The graph; the step is done once before, aside, so that libraries have what they need."""
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            self._step()
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self._step()
        return graph.replay
