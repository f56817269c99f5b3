"""Installing language models: from files and addresses, held against their checksums."""

from __future__ import annotations

import hashlib
import stat
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lhassist.config import Settings
from lhassist.errors import ConfigError, ModelCorrupt, ModelMissing
from lhassist.llm import open_model
from lhassist.llm.catalogue import install, installed, known, listed

WEIGHTS = b"GGUF" + b"weights" * 1000
DIGEST = hashlib.sha256(WEIGHTS).hexdigest()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A folder on loopback with one model in it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "Some_Model.Q4.gguf").write_bytes(WEIGHTS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "Some_Model.Q4.gguf"
    path.write_bytes(WEIGHTS)
    return path


def test_a_file_and_an_address_become_the_same_model(
    tmp_path: Path, weights: Path, site: str
) -> None:
    steps: list[tuple[str, int, int]] = []
    for source in (str(weights), f"{site}/{weights.name}"):
        folder = tmp_path / "models"
        model = install(folder, source, sha256=DIGEST.upper(), progress=lambda *s: steps.append(s))
        assert (model.name, model.size, model.sha256) == ("some-model.q4", len(WEIGHTS), DIGEST)
        assert model.source == source
        assert listed(folder) == (model,)
        assert installed(folder, model.name).read_bytes() == WEIGHTS
        assert steps[-1] == ("model", len(WEIGHTS), len(WEIGHTS))


def test_weights_may_be_read_by_whom_the_umask_lets(tmp_path: Path, weights: Path) -> None:
    folder = tmp_path / "models"
    model = install(folder, str(weights))
    usual = tmp_path / "usual"
    usual.touch()
    assert stat.filemode(model.file(folder).stat().st_mode) == stat.filemode(usual.stat().st_mode)
    assert {one.suffix for one in folder.iterdir()} == {".gguf", ".json"}


def test_what_is_not_the_model_changes_nothing(tmp_path: Path, weights: Path, site: str) -> None:
    folder = tmp_path / "models"
    install(folder, str(weights))
    before = sorted(folder.iterdir())
    with pytest.raises(ModelCorrupt, match="the checksum is"):
        install(folder, str(weights), sha256="0" * 64)
    page = tmp_path / "page.gguf"
    page.write_text("<html>not found</html>", "utf-8")
    with pytest.raises(ModelCorrupt, match="no model in the format GGUF"):
        install(folder, str(page))
    for source in ("no-such-name", str(tmp_path / "none.gguf"), f"{site}/none.gguf"):
        with pytest.raises(ModelMissing):
            install(folder, source)
    with pytest.raises(ModelMissing, match="only addresses of https"):
        install(folder, "http://models.example/a.gguf")
    assert sorted(folder.iterdir()) == before


def test_a_file_with_a_known_ones_name_is_held_against_its_checksum(tmp_path: Path) -> None:
    name, model = next(iter(known().items()))
    fake = tmp_path / model.url.rpartition("/")[2]
    fake.write_bytes(WEIGHTS)
    with pytest.raises(ModelCorrupt, match=model.sha256):
        install(tmp_path / "models", str(fake))
    with pytest.raises(ModelMissing, match="is not installed") as raised:
        installed(tmp_path / "models", name)
    assert f"lhassist models install {name}" in raised.value.hint


def test_every_known_model_says_what_it_is() -> None:
    for model in known().values():
        assert model.url.startswith("https://")
        assert len(model.sha256) == 64
        assert model.size > 0
        assert model.licence


def test_a_cut_file_is_noticed_before_it_is_loaded(tmp_path: Path, weights: Path) -> None:
    folder = tmp_path / "models"
    model = install(folder, str(weights))
    model.file(folder).write_bytes(WEIGHTS[:-1])
    settings = Settings.load(
        models_dir=folder, generator="llm", llm_server="local", llm_model=model.name
    )
    with pytest.raises(ModelCorrupt, match="not the file that was installed"):
        open_model(settings)
    with pytest.raises(ConfigError, match="no model is named"):
        open_model(settings.model_copy(update={"llm_model": ""}))
