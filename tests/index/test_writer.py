from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lhassist.errors import GenerationError, IndexLocked
from lhassist.index import Generation, current_name, open_writer
from lhassist.schema import Document, Media, Span
from tests.index.samples import collection, document, sources
from tests.index.test_generations import ARTICLES, publish

HOLD = """
import sys
from pathlib import Path
from lhassist.index import open_writer
with open_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_may_not_write(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked, match=rf"process {holder.pid}\b"):
            publish(tmp_path)
        holder.kill()
    # The lock dies with its holder.
    assert publish(tmp_path).name == "000001"


def test_a_second_thread_may_not_write(tmp_path: Path) -> None:
    caught: list[IndexLocked] = []

    def write() -> None:
        try:
            publish(tmp_path)
        except IndexLocked as error:
            caught.append(error)

    with open_writer(tmp_path):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert f"process {os.getpid()}" in caught[0].message


def test_three_generations_are_kept(tmp_path: Path) -> None:
    for _ in range(5):
        publish(tmp_path)
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == [
        "000003",
        "000004",
        "000005",
    ]
    assert current_name(tmp_path) == "000005"


def test_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    publish(tmp_path)
    for name in (".new-000002", ".old-000000", "000002"):
        (tmp_path / "generations" / name).mkdir()
        (tmp_path / "generations" / name / "part").write_bytes(b"part")
    (tmp_path / ".CURRENT.new").write_bytes(b"0000")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / ".new-picture.png").write_bytes(b"part")
    assert publish(tmp_path, ARTICLES[:1]).name == "000002"
    assert {path.name for path in tmp_path.iterdir()} == {"CURRENT", "generations", "lock", "media"}
    assert len(list((tmp_path / "generations").iterdir())) == 2
    assert not list((tmp_path / "media").iterdir())
    Generation.open(tmp_path).verify()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system refuses to write more, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_old_generation(tmp_path: Path) -> None:
    before = publish(tmp_path)
    large = [document(f"{n:03}", "漯河的经济增长百分之七点八。" * 20) for n in range(40)]
    with open_writer(tmp_path) as writer:
        made = collection(large)
        with (
            largest_file(20_000),
            pytest.raises(GenerationError, match="cannot be written") as caught,
        ):
            writer.publish(made, sources(large), {})
    assert "free some space" in caught.value.hint
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [before.name]
    Generation.open(tmp_path).verify()


@pytest.mark.usefixtures("ordinary_user")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    try:
        with pytest.raises(GenerationError, match="Permission denied") as caught:
            publish(closed / "index")
        assert "--index" in caught.value.hint
    finally:
        closed.chmod(0o755)


@pytest.mark.usefixtures("ordinary_user")
def test_an_index_that_may_only_be_read_can_be_searched(tmp_path: Path) -> None:
    publish(tmp_path / "index")
    folders = [tmp_path / "index", *(p for p in (tmp_path / "index").rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    (tmp_path / "index" / "lock").chmod(0o444)
    try:
        assert Generation.open(tmp_path / "index").name == "000001"
        with pytest.raises(GenerationError, match="Permission denied"):
            publish(tmp_path / "index")
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(GenerationError, match="index"):
        publish(tmp_path / "index")


def illustrated(name: str, picture: Path) -> Document:
    caption = f"图：{picture.name}"
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    media = Media("image", caption, Span(0, len(caption)), picture.name, digest)
    return document(name, caption, "正文在这里。", media=(media,))


def publish_pictures(index_dir: Path, *articles: Document, root: Path) -> Generation:
    with open_writer(index_dir) as writer:
        for article in articles:
            for media in article.media:
                assert media.path is not None
                assert writer.media.add(media, root / media.path) is None
        return writer.publish(collection(articles), sources(articles), {})


def test_pictures_are_held_by_their_content(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("one.PNG", "same.png", "other.jpg"))
    one.write_bytes(b"picture")
    same.write_bytes(b"picture")
    other.write_bytes(b"another")
    articles = [illustrated("a", one), illustrated("b", same), illustrated("c", other)]
    held = publish_pictures(tmp_path / "index", *articles, root=tmp_path)
    paths = [held.media_path(article.media[0]) for article in articles]
    assert paths[0] == paths[1] != paths[2]
    assert paths[0] is not None
    assert paths[0].read_bytes() == b"picture"
    assert paths[0].suffix == ".png"
    assert held.media_path(Media("image", "无图", Span(0, 2))) is None
    assert len(list((tmp_path / "index" / "media").iterdir())) == 2
    held.verify()

    # As long as a generation that is kept refers to it, a picture stays.
    for expected in (2, 2, 1):
        held = publish_pictures(tmp_path / "index", articles[2], root=tmp_path)
        assert len(list((tmp_path / "index" / "media").iterdir())) == expected
    assert held.media_path(articles[0].media[0]) is None
    assert held.media_path(articles[2].media[0]) == paths[2]


def test_a_damaged_picture_is_found_and_mended(tmp_path: Path) -> None:
    picture = tmp_path / "one.png"
    picture.write_bytes(b"picture")
    article = illustrated("a", picture)
    held = publish_pictures(tmp_path / "index", article, root=tmp_path)
    path = held.media_path(article.media[0])
    assert path is not None
    path.write_bytes(b"damaged")
    with pytest.raises(GenerationError, match=path.name):
        held.verify()
    publish_pictures(tmp_path / "index", article, root=tmp_path).verify()


def test_a_picture_that_changed_since_it_was_read_is_not_taken(tmp_path: Path) -> None:
    picture = tmp_path / "one.png"
    picture.write_bytes(b"picture")
    media = illustrated("a", picture).media[0]
    picture.write_bytes(b"another")
    with open_writer(tmp_path / "index") as writer:
        assert writer.media.add(media, picture) == "changed while it was read"
        assert writer.media.find(media) is None
        picture.unlink()
        assert "No such file" in (writer.media.add(media, picture) or "")
