"""Decoders that are too large for one device: weights, gradients and states of optimisers in shards (FSDP2).

Checkpoints go through torch.distributed.checkpoint as safetensors, so nothing is pickled: each process writes what it
has, and any number of processes reads them, each what it needs.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.distributed.checkpoint import state_dict_loader, state_dict_saver
from torch.distributed.checkpoint.hf_storage import HuggingFaceStorageReader, HuggingFaceStorageWriter
from torch.distributed.checkpoint.metadata import TensorStorageMetadata
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard, register_fsdp_forward_method
from torch.distributed.tensor import DTensor

from engine.models.vision_decoder import VisionDecoder
from engine.training.distributed import World
from engine.training.optimizers import all_blocks
from engine.training.trainer import RunCheckpoint


def shard(net: VisionDecoder, device: torch.device) -> VisionDecoder:
    """Leave each process its share of every weight, block by block; alone it keeps all. Returns the network.

    What a block reads of the words is asked for beside its forward, so those weights are a unit of their own.
    """
    if World.current().size == 1:
        return net
    # It warns of views, to which something might be added in place; nothing is, and views save copies.
    warnings.filterwarnings("ignore", message="FSDP2-wrapped module .* returned a view")
    mesh = init_device_mesh(device.type, (World.current().size,))
    for block in all_blocks(net):
        if isinstance(part := getattr(block, "text_kv", None), nn.Module):
            fully_shard(part, mesh=mesh)
        fully_shard(block, mesh=mesh)
    fully_shard(net, mesh=mesh)
    for name in ("compute_cache", "read_text"):
        register_fsdp_forward_method(net, name)
    return net


class ShardedCheckpoint(RunCheckpoint):
    """The tensors of a run in shards, in a folder for each step; a newer one is complete before the older goes."""

    sharded = True

    def save(self, tensors: dict[str, Tensor], folder: Path, step: int) -> None:
        """Write what this process has; all of them call this together."""
        writer = HuggingFaceStorageWriter(str(_folder(folder, step)), save_distributed=True)
        with _alone_is_fine():
            state_dict_saver.save(dict(tensors), storage_writer=writer)

    def load(self, folder: Path, step: int, like: dict[str, Tensor]) -> dict[str, Tensor]:
        """Read what this process needs, cut as the tensors of `like` are now, however it was cut before."""
        reader = HuggingFaceStorageReader(str(_folder(folder, step)))
        kept = reader.read_metadata().state_dict_metadata
        tensors = {name: _room(name, each, like) for name, each in kept.items()}
        with _alone_is_fine():
            state_dict_loader.load(dict(tensors), storage_reader=reader)
        return tensors

    def tidy(self, folder: Path, step: int) -> None:
        """Remove the steps before."""
        for old in folder.glob("shards-*"):
            if old != _folder(folder, step):
                shutil.rmtree(old)

    def whole(self, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        """Put the shards of all processes together; they call this together."""
        return {name: each.full_tensor() if isinstance(each, DTensor) else each for name, each in tensors.items()}


def _folder(folder: Path, step: int) -> Path:
    return folder / f"shards-{step}"


def _room(name: str, kept: object, like: dict[str, Tensor]) -> Tensor:
    """An empty tensor for what is kept under a name; states of optimisers lie as their weights do."""
    assert isinstance(kept, TensorStorageMetadata)
    known = like.get(name, like.get(name.rpartition(".")[0]))
    if known is not None and known.shape == kept.size:
        return torch.zeros_like(known, dtype=kept.properties.dtype)
    return torch.zeros(kept.size, dtype=kept.properties.dtype)


@contextmanager
def _alone_is_fine() -> Iterator[None]:
    """A single process reads and writes shards, too, of which PyTorch warns."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="torch.distributed is disabled")
        yield
