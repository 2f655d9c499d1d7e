"""A short run of tests/driven/fuzz.py, which does ten thousand of each kind."""

from pathlib import Path

import pytest

from tests.driven.fuzz import KINDS, fuzz


@pytest.mark.filterwarnings("ignore")  # Pillow and psd-tools warn of what they then refuse
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_damaged_is_read_or_told(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    told, found = fuzz(kind, 25, tmp_path)
    assert not found, found
    assert 0 < told < 25
