"""What is compiled is kept, and made anew when another file of the package changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import engine.inference.compiled as compiled

CALLER = "from loops import ORDERED, compiled\nfrom loops.called import called\n\n\n@compiled(ORDERED)\ndef f(x):\n"
CALLED = "from loops import ORDERED, compiled\n\n\n@compiled(ORDERED)\ndef called(x):\n    return x + {}\n"
ASK = "from loops.caller import f; print(f(1), dict(f.stats.cache_hits) != {})"


def test_a_change_in_what_is_called_is_seen(tmp_path: Path) -> None:
    package = tmp_path / "loops"
    package.mkdir()
    shutil.copy(str(compiled.__file__), package / "__init__.py")
    (package / "caller.py").write_text(CALLER + "    return 2 * called(x)\n")

    def ask(more: int) -> str:
        (package / "called.py").write_text(CALLED.format(more))
        run = [sys.executable, "-c", ASK]
        return subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()

    assert ask(1) == "4 False"
    assert ask(1) == "4 True", "kept"
    assert ask(5) == "12 False"
    assert len(list((package / "__pycache__").glob("compiled-*"))) == 1, "what was kept before is gone"


def test_a_bundle_keeps_it_in_the_users_cache(tmp_path: Path) -> None:
    package, program = tmp_path / "loops", tmp_path / "handscroll"
    package.mkdir()
    shutil.copy(str(compiled.__file__), package / "__init__.py")
    (package / "called.py").write_text(CALLED.format(1))
    ask = f"import sys; sys.frozen, sys.executable = True, {str(program)!r}; {ASK}"
    ask = ask.replace("caller import", "called import called as")
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}

    def said(version: bytes) -> str:
        program.write_bytes(version)
        run = [sys.executable, "-c", ask]
        return subprocess.run(
            run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert said(b"1") == "2 False"
    assert said(b"1") == "2 True", "kept"
    assert said(b"2") == "2 False", "numba keeps nothing from one program to the next, so nor may the folder"
    assert len(list((tmp_path / "cache" / "handscroll").glob("compiled-*/*"))) == 2
    assert sorted(path.name for path in package.iterdir()) == ["__init__.py", "called.py"], "it stays as it was"
