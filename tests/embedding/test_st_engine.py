"""Models of sentence-transformers by name and folder."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from lhassist.embedding import Embedder, open_embedder
from lhassist.embedding.bundled import st_folder
from lhassist.embedding.st_engine import Prompts, prompts_for
from lhassist.errors import ModelCorrupt, ModelMissing
from tests.conftest import missing
from tests.embedding.texts import HANS


@pytest.fixture
def folder(bundled_st: Embedder, cache_dir: Path, tmp_path: Path) -> Path:
    """The bundled model in a folder of its own, its weights linked."""
    source, copy = st_folder(cache_dir), tmp_path / "a-model"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("model.safetensors"))
    (copy / "model.safetensors").symlink_to(source / "model.safetensors")
    return copy


def forget_prompts(folder: Path) -> None:
    path = folder / "config_sentence_transformers.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(settings | {"prompts": {}}), encoding="utf-8")


def test_any_folder_opens(folder: Path, bundled_st: Embedder, tmp_path: Path) -> None:
    model = open_embedder(str(folder), tmp_path)
    np.testing.assert_allclose(
        model.embed_passages(HANS), bundled_st.embed_passages(HANS), atol=1e-5
    )


def test_a_folder_without_prompts_gets_those_of_its_name(
    folder: Path, bundled_st: Embedder
) -> None:
    forget_prompts(folder)
    e5, other = folder.with_name("my-e5-small"), folder.with_name("other")
    shutil.copytree(folder, e5, symlinks=True)
    folder.rename(other)
    expected = bundled_st.embed_query(HANS[0])
    prompted, bare = open_embedder(str(e5), Path()), open_embedder(str(other), Path())
    assert prompted.embed_query(HANS[0]) @ expected == pytest.approx(1, abs=1e-5)
    assert bare.embed_query(HANS[0]) @ expected < 0.999
    assert prompted.fingerprint.rsplit("-", 1)[1] != bare.fingerprint.rsplit("-", 1)[1]


@pytest.mark.parametrize(
    ("name", "own", "expected"),
    [
        ("intfloat/multilingual-e5-base", {}, Prompts("query: ", "passage: ")),
        ("/models/e5-small-v2", {"query": "", "document": ""}, Prompts("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", {}, Prompts("为这个句子生成表示以用于检索相关文章：", "")),
        ("/models/e5/bge-base-zh", {}, Prompts("为这个句子生成表示以用于检索相关文章：", "")),
        ("BAAI/bge-m3", {}, Prompts("", "")),
        ("thenlper/gte-base-zh", {}, Prompts("", "")),
        ("some/e5", {"query": "Q: ", "document": "D: "}, Prompts("Q: ", "D: ")),
        ("some/e5", {"query": "Q: ", "passage": "P: "}, Prompts("Q: ", "P: ")),
        ("some/model", {"query": "Q: "}, Prompts("Q: ", "")),
    ],
)
def test_prompts(name: str, own: dict[str, str], expected: Prompts) -> None:
    assert prompts_for(name, own) == expected


def test_instructed_e5_wants_a_task_before_questions_only() -> None:
    prompts = prompts_for("intfloat/multilingual-e5-large-instruct", {})
    assert prompts.query.startswith("Instruct: ")
    assert prompts.query.endswith("\nQuery: ")
    assert prompts.passage == ""


@pytest.fixture
def library() -> None:
    if find_spec("sentence_transformers") is None:
        missing("the extra [st]")


@pytest.mark.usefixtures("library")
def test_a_name_that_is_not_cached_says_how_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="nobody/no-such-model") as caught:
        open_embedder("nobody/no-such-model", tmp_path)
    assert "HF_HUB_OFFLINE=0" in caught.value.hint


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", ["/no/such/folder", "./none", "a/b/c"])
def test_a_folder_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=f"{name}: there is no such folder"):
        open_embedder(name, tmp_path)


def test_a_folder_with_damaged_weights_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelCorrupt, match="a-model"):
        open_embedder(str(folder), tmp_path)


@pytest.mark.usefixtures("library")
def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelCorrupt, match="not a SentenceTransformer"):
        open_embedder(str(tmp_path), tmp_path)


@pytest.mark.parametrize("name", ["bundled-st", "BAAI/bge-small-zh-v1.5"])
def test_without_the_extra_a_line_says_what_to_type(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ModelMissing, match="sentence_transformers") as caught:
        open_embedder(name, tmp_path / "cache")
    assert caught.value.hint == "pip install 'lhassist[st]'"
    assert not (tmp_path / "cache").exists()
