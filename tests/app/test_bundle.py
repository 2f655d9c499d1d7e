"""What a bundle leaves to the programs that it starts."""

import os

import pytest

from app.__main__ import hide_bundle


@pytest.mark.parametrize("before", [None, "", "/usr/local/lib"])
def test_other_programs_find_the_libraries_of_the_system(before: str | None, monkeypatch: pytest.MonkeyPatch):
    for name, value in (("LD_LIBRARY_PATH", "/opt/handscroll/_internal"), ("LD_LIBRARY_PATH_ORIG", before)):
        monkeypatch.setenv(name, value) if value is not None else monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "")
    hide_bundle()
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1", "it sets it anew where it starts itself"
