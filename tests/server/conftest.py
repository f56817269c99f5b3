"""The service over the sample articles, and one over a small collection that may be changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from lhassist.assistant import Assistant
from lhassist.config import Settings
from lhassist.embedding import open_embedder
from lhassist.ingest import ingest
from lhassist.server.app import application
from lhassist.server.service import Service
from tests.ui.serving import START_SECONDS

TOKEN = "a token of sixteen letters".replace(" ", "-")
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="session")
def service(sample: Assistant, sample_index: Path, sample_corpus: Path) -> Service:
    return Service(sample, Settings.load(index_dir=sample_index, corpus_dir=sample_corpus))


@pytest.fixture(scope="session")
def app(service: Service) -> FastAPI:
    return application(service, page=False)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address(service: Service) -> Iterator[str]:
    """The whole service, page included, on a port of its own."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(application(service), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started:
        assert thread.is_alive(), "the server has ended"
        assert time.monotonic() < end, "the server does not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture
def own(tmp_path: Path) -> TestClient:
    """A service over two small articles, whose operator has a token."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "rivers.md").write_text("# 河流\n\n沙河和澧河在漯河市区交汇。\n", "utf-8")
    (corpus / "bridge.md").write_text("# 小商桥\n\n小商桥建于隋代。\n", "utf-8")
    settings = Settings.load(
        index_dir=tmp_path / "index",
        corpus_dir=corpus,
        cache_dir=tmp_path / "cache",
        embedder="hashing",
        operator_token=TOKEN,
    )
    embedder = open_embedder("hashing", settings.cache_dir)
    assert ingest(settings, [corpus], embedder=embedder).failed == ()
    service = Service(Assistant.open(settings, embedder=embedder), settings)
    return TestClient(application(service, page=False), raise_server_exceptions=False)
