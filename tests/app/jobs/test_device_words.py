"""The device in the artist's language; the engine's own name of it is left as it is."""

from app import translation
from app.jobs.device_words import REASONS, device_and_reason, device_words, reason_words
from engine.device import choose_device, describe


def test_what_the_engine_says_of_its_device_is_translated() -> None:
    device, reason = choose_device("cpu")
    assert reason in REASONS and device_words(describe(device)) == describe(device)
    try:
        translation.use("de")
        assert device_words("CPU, 1 thread") == "CPU, 1 Thread" and device_words("CPU, 8 threads") == "CPU, 8 Threads"
        assert device_words("2 × CPU, 8 threads") == "2 × CPU, 8 Threads"
        assert device_words("CPU, 4 threads auf atelier") == "CPU, 4 Threads auf atelier"
        assert reason_words("no CUDA device found") == "kein CUDA-Gerät gefunden"
        assert device_and_reason("CPU, 1 thread", REASONS[1]) == "CPU, 1 Thread — kein CUDA-Gerät gefunden"
        assert device_words("NVIDIA T4") == reason_words("NVIDIA T4") == "NVIDIA T4"
    finally:
        translation._catalog = None
    assert device_words("") == reason_words("") == device_and_reason("", "") == ""
