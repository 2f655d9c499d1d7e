"""Published weights of taming-transformers: names and shapes as they were published, what comes of them, bad files."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.config import PRESETS, TokenizerConfig
from engine.models.checkpoint import load_model
from engine.models.import_taming import import_vqgan
from engine.models.taming_vqgan import WINDOW, TamingVQGAN
from engine.request import UserError
from engine.training.recipe import begin

SMALL = TokenizerConfig(
    16, (8, 8, 16, 16, 32), (2,) * 5, quantizer="vq", codebook=64, code_dim=16, architecture="taming"
)  # fmt: skip
F16 = TokenizerConfig(16, (128, 128, 256, 256, 512), (2,) * 5, quantizer="vq", architecture="taming")
PUBLISHED = {  # names and shapes of vqgan_imagenet_f16_16384, a few of each kind
    "encoder.conv_in.weight": (128, 3, 3, 3),
    "encoder.down.0.block.1.norm2.weight": (128,),
    "encoder.down.0.downsample.conv.weight": (128, 128, 3, 3),
    "encoder.down.2.block.0.nin_shortcut.weight": (256, 128, 1, 1),
    "encoder.down.4.attn.1.proj_out.weight": (512, 512, 1, 1),
    "encoder.mid.attn_1.q.bias": (512,),
    "encoder.conv_out.weight": (256, 512, 3, 3),
    "decoder.conv_in.weight": (512, 256, 3, 3),
    "decoder.up.4.attn.2.k.weight": (512, 512, 1, 1),
    "decoder.up.3.block.0.nin_shortcut.weight": (256, 512, 1, 1),
    "decoder.up.1.upsample.conv.weight": (128, 128, 3, 3),
    "decoder.up.0.block.2.conv2.weight": (128, 128, 3, 3),
    "decoder.norm_out.weight": (128,),
    "quantize.embedding.weight": (16384, 256),
    "quant_conv.weight": (256, 256, 1, 1),
    "post_quant_conv.bias": (256,),
}


@pytest.fixture
def weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(3)
    return {**TamingVQGAN(SMALL).state_dict(), "loss.discriminator.weight": torch.zeros(3)}


def test_names_and_shapes_are_those_that_were_published() -> None:
    with torch.device("meta"):
        state = TamingVQGAN(F16).state_dict()
    assert {name: tuple(state[name].shape) for name in PUBLISHED} == PUBLISHED
    assert not any(name.startswith(("encoder.down.4.downsample", "decoder.up.0.upsample")) for name in state)
    assert sum(value.numel() for value in state.values()) == pytest.approx(76e6, rel=0.02)


@pytest.mark.parametrize("suffix", [".safetensors", ".ckpt", ".pt"])
def test_weights_become_a_model_folder_that_decoders_are_trained_over(
    weights: dict[str, torch.Tensor], tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / f"vqgan{suffix}"
    if suffix == ".safetensors":
        save_file(weights, source)
    else:
        torch.save({"state_dict": weights} if suffix == ".ckpt" else weights, source)
    import_vqgan(source, tmp_path / "published")
    model = load_model(str(tmp_path / "published"), "cpu")
    assert isinstance(model.tokenizer, TamingVQGAN) and model.config.tokenizer == SMALL
    pixels = torch.rand(1, 3, 64, 96) * 2 - 1
    tokens = model.tokenizer.encode(pixels)
    assert tokens.shape == (1, 4, 6) and tokens.max() < 64
    assert model.tokenizer.decode(tokens).shape == pixels.shape
    decoder = replace(PRESETS["tiny"].decoder, vocabulary=64)
    begin(tmp_path / "run", replace(PRESETS["tiny"], tokenizer=SMALL, decoder=decoder), str(tmp_path / "published"))
    over = load_model(str(tmp_path / "run" / "model"), "cpu")
    assert torch.equal(over.tokenizer.encode(pixels), tokens)


def test_what_is_not_painted_yet_is_the_mean_of_the_codebook() -> None:
    torch.manual_seed(4)
    net = TamingVQGAN(SMALL).eval()
    with torch.no_grad():
        codes = net.quantize.embedding.weight
        codes[5] = (codes.sum(0) - codes[5]) / 63
    tokens = torch.randint(64, (1, 4, 4))
    hidden, mean = tokens.clone(), tokens.clone()
    hidden[0, 1, 2], mean[0, 1, 2] = -1, 5
    assert torch.allclose(net.decode(hidden), net.decode(mean), atol=1e-5)
    assert net.halo == net.encoder_halo == WINDOW


def test_tokens_are_the_nearest_entries() -> None:
    torch.manual_seed(5)
    net = TamingVQGAN(SMALL).eval()
    latents = torch.randn(2, 16, 3, 5)
    flat = latents.permute(0, 2, 3, 1).reshape(-1, 16)
    expected = torch.cdist(flat, net.quantize.embedding.weight).argmin(1).view(2, 3, 5)
    assert torch.equal(net.quantize.nearest(latents), expected)


class Evil:
    def __reduce__(self):  # what loading with pickle would run
        return (print, ("run",))


def test_what_is_no_published_vqgan_is_told(weights: dict[str, torch.Tensor], tmp_path: Path, capsys) -> None:
    def refused(name: str, words: str) -> None:
        with pytest.raises(UserError, match=words):
            import_vqgan(tmp_path / name, tmp_path / "out")
        assert not (tmp_path / "out").exists()

    refused("none.ckpt", "does not exist")
    torch.save({"state_dict": weights, "callbacks": Evil()}, tmp_path / "evil.ckpt")
    refused("evil.ckpt", "more than weights")
    assert capsys.readouterr().out == ""
    (tmp_path / "damaged.safetensors").write_bytes(b"x" * 100)
    refused("damaged.safetensors", "more than weights")
    (tmp_path / "empty.ckpt").write_bytes(b"")
    refused("empty.ckpt", "more than weights")
    save_file({"a": torch.zeros(1)}, tmp_path / "other.safetensors")
    refused("other.safetensors", "VQGAN of taming")
    del weights["decoder.up.0.block.0.conv1.weight"]
    save_file(weights, tmp_path / "partly.safetensors")
    refused("partly.safetensors", "VQGAN of taming")
