"""A run that is killed at any point leaves a generation serving, and the next run works."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.index import Generation
from lhassist.ingest import ingest
from lhassist.retrieve import Retriever

DRIVER = Path(__file__).with_name("killed_ingest.py")
POINTS = 10

OLD = {"growth": "漯河上半年的经济增长百分之七点八，全省第一。", "gone": "这一篇后来没有了。" * 3}
NEW = {"growth": "漯河全年的经济增长百分之六点一，全省第二。", "flute": "贾湖骨笛用鹤的尺骨做成。"}


def write(corpus: Path, articles: dict[str, str]) -> None:
    shutil.rmtree(corpus, ignore_errors=True)
    (corpus / "media").mkdir(parents=True)
    for name, text in articles.items():
        (corpus / "media" / f"{name}.png").write_bytes(text.encode())
        (corpus / f"{name}.md").write_text(
            f"---\ntitle: {name}\n---\n\n{text}\n\n![{name}的图](media/{name}.png)\n",
            encoding="utf-8",
        )


def run(index: Path, corpus: Path, cache: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DRIVER), str(index), str(corpus), str(cache), str(step)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the old articles, three generations old, and the new articles."""
    folder = tmp_path_factory.mktemp("killed")
    settings = Settings(index_dir=folder / "index", cache_dir=folder / "cache")
    for articles in ({"first": "最早的一篇文章。" * 3}, {"second": "其次的一篇文章。" * 3}, OLD):
        write(folder / "corpus", articles)
        ingest(settings, [folder / "corpus"], prune=True, embedder=HashingEmbedder())
    write(folder / "corpus", NEW)
    return folder


@pytest.fixture(scope="module")
def steps(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The file system calls of a run that nobody kills."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(before / "index", folder / "index")
    whole = run(folder / "index", before / "corpus", folder / "cache", 0)
    assert whole.returncode == 0, whole.stderr
    return whole.stdout.split()


def texts(generation: Generation) -> dict[str, str]:
    return {name: document.text for name, document in generation.documents.items()}


def check(index: Path) -> str:
    """Opens, verifies and searches the index; tells which articles it holds."""
    generation = Generation.open(index)
    generation.verify()
    for document in generation.documents.values():
        for media in document.media:
            path = generation.media_path(media)
            assert path is not None
            assert path.read_text() in document.text
    hits = Retriever(generation, HashingEmbedder()).search("经济增长多少").hits
    assert hits[0].passage.document_id == "growth"
    held = {name: text.split("\n")[0] for name, text in texts(generation).items()}
    assert held in (OLD, NEW)
    return "old" if held == OLD else "new"


def test_the_steps_are_worth_killing_at(steps: list[str]) -> None:
    assert len(steps) > 2 * POINTS
    assert {"fsync", "rename", "replace", "mkdir", "unlink"} <= set(steps)


@pytest.mark.parametrize("point", range(POINTS))
def test_killed(point: int, before: Path, steps: list[str], tmp_path: Path) -> None:
    # From the first call to the last, at equal distances.
    step = 1 + point * (len(steps) - 1) // (POINTS - 1)
    index = tmp_path / "index"
    shutil.copytree(before / "index", index)

    killed = run(index, before / "corpus", tmp_path / "cache", step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    state = check(index)
    # `CURRENT` is the last file that is replaced; what comes after only tidies up.
    replaced = len(steps) - steps[::-1].index("replace")
    assert state == ("old" if step <= replaced else "new")

    again = run(index, before / "corpus", tmp_path / "cache", 0)
    assert again.returncode == 0, again.stderr
    assert check(index) == "new"
    names = {path.name for path in (index / "generations").iterdir()}
    assert len(names) <= 3
    assert all(name.isdecimal() for name in names)
    assert not list(index.rglob(".*"))


def test_killed_in_the_very_first_run(before: Path, tmp_path: Path) -> None:
    for step in (10, 20):
        index = tmp_path / f"index-{step}"
        killed = run(index, before / "corpus", tmp_path / "cache", step)
        assert killed.returncode == -signal.SIGKILL
        again = run(index, before / "corpus", tmp_path / "cache", 0)
        assert again.returncode == 0, again.stderr
        assert check(index) == "new"
