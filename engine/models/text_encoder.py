"""Words: the text tokenizer and the text encoder, whose states y' the vision decoder reads (paper, section 3; Eq. 10).

Words are pieces of a small vocabulary that is learned from the captions; what it does not know is spelled in bytes, so
any script can be written. The empty prompt is the start piece alone: what it says is the same at every token, so a
painting without words costs no attention to them.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sentencepiece
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.config import TextConfig
from engine.request import UserError

SPACE = "▁"  # with which sentencepiece begins a word
START_PIECE = 1  # the row of every vocabulary that begins a prompt


class TextTokenizer:
    """Text to pieces of the vocabulary: lower case, canonical Unicode, bytes for what is unknown."""

    def __init__(self, model: bytes):
        """model: what `learn` made; raises UserError when it is damaged."""
        try:
            self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
            self.vocabulary = int(self._pieces.vocab_size())
            self.whole_words()  # reads every piece
            self.pieces("a")
        except (RuntimeError, ValueError, IndexError) as error:  # pieces of bytes that are no text, among others
            raise UserError("The vocabulary of the model is damaged. Install the model again.") from error
        self.model = model

    @classmethod
    def learn(cls, sentences: Iterable[str], vocabulary: int) -> "TextTokenizer":
        """A vocabulary of at most `vocabulary` pieces (from about 300 on: the bytes alone are 256)."""
        written = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(list(sentences)),
            model_writer=written,
            vocab_size=vocabulary,
            hard_vocab_limit=False,
            byte_fallback=True,
            bos_id=START_PIECE,
            normalization_rule_name="nmt_nfkc_cf",
            num_threads=1,
            minloglevel=2,
        )
        return cls(written.getvalue())

    def encode(self, text: str, length: int) -> list[int]:
        """The start piece and at most length - 1 pieces of the text."""
        return [START_PIECE, *self._pieces.encode(text)[: length - 1]]

    def count(self, text: str) -> int:
        """How many pieces the whole text has, with the start piece."""
        return 1 + len(self._pieces.encode(text))

    def pieces(self, text: str) -> list[str]:
        """What a text is written in, without the signs for spaces; bytes as "<0xE5>"."""
        pieces: list[str] = self._pieces.encode(text, out_type=str)
        return [bare for piece in pieces if (bare := piece.replace(SPACE, ""))]

    def whole_words(self) -> list[str]:
        """The pieces that begin a word and have letters alone: words, and beginnings of some."""
        pieces = [self._pieces.id_to_piece(number) for number in range(self.vocabulary)]
        return [piece[1:] for piece in pieces if piece.startswith(SPACE) and piece[1:].isalpha()]

    def batch(self, texts: Sequence[str], length: int, device: torch.device) -> tuple[Tensor, Tensor]:
        """Pieces (batch, longest) int64, and which of them are there, bool (batch, longest)."""
        rows = [self.encode(text, length) for text in texts]
        longest = max(map(len, rows))
        pieces = torch.tensor([row + [0] * (longest - len(row)) for row in rows], device=device)
        present = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows], device=device)
        return pieces, present


class TextBlock(nn.Module):
    """Self-attention of every piece with every other, and FFN; pre-norm."""

    def __init__(self, config: TextConfig):
        super().__init__()
        self.heads = config.heads
        self.attention_norm, self.ffn_norm = nn.LayerNorm(config.dim), nn.LayerNorm(config.dim)
        self.qkv, self.out = nn.Linear(config.dim, 3 * config.dim, bias=False), nn.Linear(config.dim, config.dim)
        self.wide, self.narrow = nn.Linear(config.dim, 4 * config.dim), nn.Linear(4 * config.dim, config.dim)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, piece, dim); mask: bool (batch, 1, 1, piece), False at padding."""
        q, k, v = self.qkv(self.attention_norm(x)).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)
        x = x + self.out(y)
        return x + self.narrow(F.gelu(self.wide(self.ffn_norm(x)), approximate="tanh"))


class TextEncoder(nn.Module):
    """y' of the paper: states (batch, piece, dim) of up to 77 pieces."""

    def __init__(self, config: TextConfig):
        super().__init__()
        self.config = config
        self.piece = nn.Embedding(config.vocabulary, config.dim)
        self.position = nn.Embedding(config.length, config.dim)
        self.blocks = nn.ModuleList(TextBlock(config) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.dim)

    def forward(self, pieces: Tensor, present: Tensor) -> Tensor:
        """pieces: (batch, piece) int64; present: bool (batch, piece)."""
        x = self.piece(pieces) + self.position.weight[: pieces.shape[1]]
        for block in self.blocks:
            x = block(x, present[:, None, None])
        return self.norm(x)


@dataclass(frozen=True)
class TextStates:
    """y' as the blocks of the decoder read it: keys, values (layers, batch, kv_heads, piece, head_dim).

    bias: (batch, piece), added to the logits of the attention: the logarithm of a prompt's weight, -inf at padding.
    """

    keys: Tensor
    values: Tensor
    bias: Tensor

    @property
    def empty(self) -> bool:
        """Whether no sample of the batch says anything: the start piece stands alone."""
        return self.bias.shape[1] == 1

    def expand(self, batch: int) -> "TextStates":
        """The states of one sample for each of a batch."""
        keys, values = (t.expand(-1, batch, -1, -1, -1) for t in (self.keys, self.values))
        return TextStates(keys, values, self.bias.expand(batch, -1))

    @classmethod
    def blended(cls, parts: Sequence[tuple["TextStates", float]]) -> "TextStates":
        """Several prompts heard at once, in proportion to their weights, which are above 0."""
        if len(parts) == 1:
            return parts[0][0]
        shares = torch.tensor([weight for _, weight in parts]).log()
        biases = [states.bias + float(share) for (states, _), share in zip(parts, shares, strict=True)]
        keys, values = (torch.cat(some, 3) for some in zip(*((s.keys, s.values) for s, _ in parts), strict=True))
        return cls(keys, values, torch.cat(biases, 1))

    @classmethod
    def batched(cls, samples: Sequence["TextStates"]) -> "TextStates":
        """Single samples side by side, padded to the longest."""
        longest = max(states.bias.shape[1] for states in samples)
        gaps = [longest - states.bias.shape[1] for states in samples]
        keys = torch.cat([F.pad(s.keys, (0, 0, 0, gap)) for s, gap in zip(samples, gaps, strict=True)], 1)
        values = torch.cat([F.pad(s.values, (0, 0, 0, gap)) for s, gap in zip(samples, gaps, strict=True)], 1)
        bias = torch.cat([F.pad(s.bias, (0, gap), value=-torch.inf) for s, gap in zip(samples, gaps, strict=True)])
        return cls(keys, values, bias)
