"""What loading a model and listing the presets must not cost."""

import subprocess
import sys

from engine.config import PARAMETERS, PRESETS
from engine.models.checkpoint import tokenizer_of, without_weights
from engine.models.vision_decoder import VisionDecoder


def test_the_parameters_of_the_presets_are_those_of_their_networks() -> None:
    counted = {}
    for name, config in PRESETS.items():
        with without_weights():
            nets = tokenizer_of(config.tokenizer), VisionDecoder(config.decoder)
        counted[name] = tuple(sum(p.numel() for p in net.parameters()) for net in nets)
    assert counted == PARAMETERS


def test_a_model_is_read_without_the_compiler_of_torch() -> None:
    code = """import sys; from engine.models.checkpoint import load_model; load_model("starter", "cpu")
sys.exit("torch._dynamo" in sys.modules)"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_models_are_listed_without_torch() -> None:
    code = 'import sys; from app.cli import main; main(["models"]); sys.exit("torch" in sys.modules)'
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
