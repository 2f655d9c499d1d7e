"""Every text of the window is in the catalogs, every catalog is complete, and a window speaks the language chosen."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from app import translation
from app.translation import FOLDER, LANGUAGES, SYSTEM, of_the_system, tr, use

ROOT = Path(__file__).parents[3]
FOREIGN = sorted(LANGUAGES.keys() - {"en"})
NO_WINDOW = (  # command line, engine's process and files: these speak English
    "cli/", "document/", "jobs/worker.py", "jobs/scheduler.py", "jobs/model_store.py", "settings.py", "launch.py",
    "export/naming.py", "jobs/model_registry.py", "jobs/request_codec.py", "jobs/inquiries.py",
)  # fmt: skip
SENTENCE = re.compile(r"[A-Za-z“{…]\S* \S+ .*[a-z…)][.!?]$")
FILLED = re.compile(r"\{(\w*)[^}]*\}|%n")


def messages(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter("message"))


def text(message: ElementTree.Element, name: str) -> str:
    return "".join(message.find(name).itertext())  # type: ignore[union-attr]


def forms(message: ElementTree.Element) -> list[str]:
    """The translation, or one for each number."""
    plural = message.findall("translation/numerusform")
    return [form.text or "" for form in plural] if plural else [text(message, "translation")]


@pytest.fixture
def english():
    yield
    translation._catalog = None


def test_nothing_in_the_window_is_missed(tmp_path: Path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "HANDSCROLL_DATA": str(tmp_path),
    }
    script = ROOT / "tests" / "driven" / "untranslated.py"
    told = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    assert not told.stderr.count("Traceback"), told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == []


def sentences(node: ast.AST) -> Iterator[ast.expr]:
    """Literals that read as a sentence outside of `tr`, docstrings and assertions."""
    if isinstance(node, ast.Assert) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "tr":
        return
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    if isinstance(node, ast.JoinedStr | ast.Constant):
        words = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        if isinstance(getattr(node, "value", ""), str) and SENTENCE.search(words):
            yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from sentences(child)


def test_no_sentence_of_the_window_stands_outside_of_tr():
    """Those that need a rare event to be seen, such as a failure, the window does not show by itself."""
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        name = path.relative_to(ROOT / "app").as_posix()
        if not name.startswith(NO_WINDOW):
            lines = (node.lineno for node in sentences(ast.parse(path.read_text(encoding="utf-8"))))
            found += [f"app/{name}:{line}" for line in lines]
    assert not found


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalog_is_complete_and_fills_in_what_the_text_fills_in(language: str):
    found = messages(FOLDER / f"{language}.ts")
    unfinished = [text(each, "source") for each in found if each.find("translation").get("type")]  # type: ignore[union-attr]
    assert not unfinished and len(found) > 600
    for message in found:
        names = sorted(match[0] for match in FILLED.finditer(text(message, "source")))
        for form in forms(message):
            assert form and sorted(match[0] for match in FILLED.finditer(form)) == names, text(message, "source")


def test_the_catalogs_hold_what_the_sources_say_and_are_compiled(tmp_path: Path):
    lupdate, lrelease = (
        shutil.which(f"pyside6-{name}", path=Path(sys.executable).parent) for name in ("lupdate", "lrelease")
    )
    if lupdate is None or lrelease is None:
        pytest.skip("needs the tools that come with PySide6")
    sources = sorted(path.relative_to(ROOT) for path in (ROOT / "app").rglob("*.py"))
    fresh = tmp_path / "de.ts"
    command = [
        lupdate,
        *map(str, sources),
        "-silent",
        "-locations",
        "none",
        "-target-language",
        "de",
        "-ts",
        str(fresh),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    wanted = {text(each, "source") for each in messages(fresh)}
    for language in FOREIGN:
        assert {text(each, "source") for each in messages(FOLDER / f"{language}.ts")} == wanted
    for language in LANGUAGES:
        made = tmp_path / f"{language}.qm"
        subprocess.run([lrelease, "-silent", str(FOLDER / f"{language}.ts"), "-qm", str(made)], check=True)
        assert made.read_bytes() == (FOLDER / f"{language}.qm").read_bytes()


def test_plurals_follow_the_language(english: None):
    assert (tr("%n files", "", 1), tr("%n files", "", 2)) == ("1 file", "2 files")
    assert use("de") == "de" and (tr("%n files", "", 1), tr("%n files", "", 2)) == ("1 Datei", "2 Dateien")
    assert use("ja") == "ja" and tr("%n files", "", 1) == "1 個のファイル"
    assert use("zh_CN") == "zh_CN" and tr("%n patches", "", 12_000) == "12\u202f000 个图块"


def test_the_desktop_chooses_the_language_and_english_stands_in(english: None, monkeypatch: pytest.MonkeyPatch):
    for wanted, language in (
        (["de-AT", "de"], "de"),
        (["zh-Hans-CN", "zh"], "zh_CN"),
        (["fr", "ja-JP"], "ja"),
        (["C"], "en"),
    ):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _, wanted=wanted: wanted)
        assert of_the_system() == language == use(SYSTEM)
    assert use("eo") == "en" and tr("Save") == "Save"
