from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

import lhassist
from lhassist.config import Settings
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import CorpusError, IndexCorrupt, IndexLocked, IndexMissing
from lhassist.index import Collection, Generation, Source, open_writer
from lhassist.ingest import Article, Copy, Report, build_in_memory, ingest
from lhassist.ingest.plan import Plan, make_plan
from lhassist.passages import split
from tests.corpus.making import picture

GROWTH = "今年上半年，漯河市生产总值增长百分之七点八，增速居全省第一位，工业和投资也都走在前面。"
FLUTE = "賈湖骨笛用鶴類的尺骨做成，大多開七個音孔，能夠奏出七聲音階，距今約八千年。"
HOTLINE = "12345热线设座席80个，全天有人接听，群众反映的事情有人记录、有人办理、有人回访。"


class CountingEmbedder(HashingEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self, fingerprint: str = "counting-1") -> None:
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def embed_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.embedded += texts
        return super().embed_passages(texts, progress=progress)


class House:
    """A folder of articles, an index and a cache."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.index = folder / "index"
        self.embedder = CountingEmbedder()
        self.settings = Settings(index_dir=self.index, cache_dir=folder / "cache")

    def write(self, name: str, text: str, title: str = "题目") -> Path:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {title}\n---\n\n{text}\n", encoding="utf-8")
        return path

    def ingest(self, *paths: Path, rebuild: bool = False, prune: bool = False) -> Report:
        self.embedder.embedded.clear()
        return ingest(
            self.settings,
            paths or (self.corpus,),
            rebuild=rebuild,
            prune=prune,
            embedder=self.embedder,
        )

    def open(self) -> Generation:
        return Generation.open(self.index)

    def texts(self) -> dict[str, str]:
        return {name: document.text for name, document in self.open().documents.items()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.write("growth.md", GROWTH)
    made.write("culture/flute.md", FLUTE)
    return made


def test_new_changed_and_unchanged(house: House) -> None:
    first = house.ingest()
    assert first.generation == "000001"
    assert first.added == ("culture/flute", "growth")
    assert first.passages == len(house.open().passages) > 0
    assert house.embedder.embedded

    house.write("growth.md", GROWTH.replace("七点八", "六点一"))
    house.write("hotline.md", HOTLINE)
    second = house.ingest()
    assert second.generation == "000002"
    assert second.added == ("hotline",)
    assert second.changed == ("growth",)
    assert second.removed == ()
    assert second.unchanged == 1
    assert house.texts() == {
        "culture/flute": FLUTE,
        "growth": GROWTH.replace("七点八", "六点一"),
        "hotline": HOTLINE,
    }
    assert not any("骨" in text for text in house.embedder.embedded)


def test_nothing_new_makes_no_generation(house: House) -> None:
    house.ingest()
    again = house.ingest()
    assert again.generation == "000001"
    assert again.unchanged == 2
    assert not again.added
    assert not house.embedder.embedded
    assert len(list((house.index / "generations").iterdir())) == 1


def test_only_what_is_given_is_looked_at(house: House) -> None:
    house.ingest()
    (house.corpus / "growth.md").unlink()
    path = house.write("hotline.md", HOTLINE)
    report = house.ingest(path)
    assert report.added == ("hotline",)
    assert report.missing == ("growth",)
    assert set(house.texts()) == {"growth", "culture/flute", "hotline"}


def test_a_report_is_json_with_the_agreed_keys(house: House) -> None:
    (house.corpus / "empty.md").touch()
    record = house.ingest().to_json()
    assert set(record) >= {
        *("generation", "added", "changed", "removed", "unchanged"),
        *("failed", "passages", "seconds"),
    }
    (failed,) = record["failed"]
    assert set(failed) == {"path", "reason", "kind", "about"}
    assert failed["kind"] == "empty"


def test_bad_files_are_named_and_the_rest_goes_on(house: House) -> None:
    (house.corpus / "empty.txt").touch()
    (house.corpus / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (house.corpus / "huge.txt").write_bytes("漯河的文章。".encode() * 1_700_000)
    (house.corpus / "front.md").write_text("---\ntitle: [never closed\n---\n\n正文。\n")
    (house.corpus / "loop.md").symlink_to("loop.md")
    report = house.ingest()
    names = sorted(Path(failure.path).name for failure in report.failed)
    assert names == ["binary.txt", "empty.txt", "front.md", "huge.txt", "loop.md"]
    assert all(failure.reason and "\n" not in failure.reason for failure in report.failed)
    assert report.added == ("culture/flute", "growth")
    # What failed is tried again, and is no reason for a new generation.
    again = house.ingest()
    assert again.generation == "000001"
    assert len(again.failed) == 5


@pytest.mark.usefixtures("ordinary_user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    house = House(tmp_path)
    path = house.write("growth.md", GROWTH)
    house.write("flute.md", FLUTE)
    path.chmod(0)
    report = house.ingest()
    assert report.added == ("flute",)
    assert "permission" in report.failed[0].reason
    # A folder that may not be entered does not make its articles disappear.
    path.chmod(0o644)
    house.ingest()
    house.corpus.chmod(0)
    report = house.ingest(prune=True)
    house.corpus.chmod(0o755)
    assert report.removed == ()
    assert set(house.texts()) == {"flute", "growth"}


def test_a_known_file_that_went_bad_keeps_its_article(house: House) -> None:
    house.ingest()
    (house.corpus / "growth.md").write_bytes(b"")
    house.write("hotline.md", HOTLINE)
    for rebuild in (False, True):
        report = house.ingest(rebuild=rebuild)
        assert [Path(failure.path).name for failure in report.failed] == ["growth.md"]
        assert house.texts()["growth"] == GROWTH
    house.write("growth.md", HOTLINE + GROWTH)
    assert house.ingest().changed == ("growth",)


def test_nothing_readable_and_nothing_held(house: House, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    with pytest.raises(CorpusError, match="no article there") as caught:
        house.ingest(tmp_path / "bad")
    assert "lhassist ingest" in caught.value.hint
    (tmp_path / "bad" / "empty.md").touch()
    with pytest.raises(CorpusError, match=r"empty\.md"):
        house.ingest(tmp_path / "bad")
    with pytest.raises(CorpusError, match="no such file"):
        house.ingest(tmp_path / "not-there")
    with pytest.raises(IndexMissing):
        house.open()


def test_prune_drops_what_is_gone(house: House) -> None:
    house.ingest()
    (house.corpus / "growth.md").unlink()
    report = house.ingest()
    assert report.missing == ("growth",)
    assert report.generation == "000001"
    report = house.ingest(prune=True)
    assert report.removed == ("growth",)
    assert report.missing == ()
    assert set(house.texts()) == {"culture/flute"}
    # A folder that is not there at all is rather an accident.
    shutil.rmtree(house.corpus)
    with pytest.raises(CorpusError, match="no article would be left"):
        house.ingest(prune=True)
    assert set(house.texts()) == {"culture/flute"}


def test_files_that_share_an_id(house: House, tmp_path: Path) -> None:
    house.ingest()
    other = tmp_path / "news"
    other.mkdir()
    (other / "growth.md").write_text(HOTLINE, encoding="utf-8")
    (other / "growth.txt").write_text(f"热线\n\n{HOTLINE}再多一句话。", encoding="utf-8")
    report = house.ingest(other)
    assert report.added == ("news/growth", f"{tmp_path.name}/news/growth")
    texts = house.texts()
    assert texts["growth"] == GROWTH
    assert texts["news/growth"] == HOTLINE
    assert house.ingest(other, house.corpus).unchanged == 4


def test_the_same_bytes_twice(house: House, tmp_path: Path) -> None:
    shutil.copy(house.corpus / "growth.md", house.corpus / "zz-copy.md")
    first = house.ingest()
    assert first.added == ("culture/flute", "growth")
    assert [(Path(d.path).name, d.document_id) for d in first.duplicates] == [
        ("zz-copy.md", "growth")
    ]
    shutil.copy(house.corpus / "growth.md", tmp_path / "elsewhere.md")
    assert house.ingest(tmp_path / "elsewhere.md").duplicates[0].document_id == "growth"
    assert not first.failed


def test_a_moved_file_takes_its_article_along(house: House) -> None:
    house.ingest()
    (house.corpus / "growth.md").rename(house.corpus / "economy.md")
    report = house.ingest(prune=True)
    assert (report.added, report.changed, report.removed) == ((), ("growth",), ())
    assert house.open().documents["growth"].path.endswith("economy.md")
    assert not house.embedder.embedded
    assert house.ingest(prune=True).unchanged == 2


def test_an_article_given_by_itself_is_the_one_from_its_folder(house: House) -> None:
    house.ingest()
    report = house.ingest(house.corpus / "culture" / "flute.md")
    assert report.generation == "000001"
    assert (report.added, report.duplicates) == ((), ())


def test_rebuild_reads_and_embeds_everything_that_is_known(house: House, tmp_path: Path) -> None:
    extra = tmp_path / "extra.md"
    extra.write_text(HOTLINE, encoding="utf-8")
    house.ingest(house.corpus, extra)
    embedded = set(house.embedder.embedded)
    report = house.ingest(house.corpus, rebuild=True)
    assert report.generation == "000002"
    assert report.unchanged == 3
    assert set(house.embedder.embedded) == embedded


def test_rebuild_mends_a_damaged_index(house: House, tmp_path: Path) -> None:
    extra = tmp_path / "extra.md"
    extra.write_text(HOTLINE, encoding="utf-8")
    house.ingest(house.corpus, extra)
    (house.index / "generations" / "000001" / "documents.jsonl").write_bytes(b"{}\n")
    with pytest.raises(IndexCorrupt):
        house.ingest()
    report = house.ingest(rebuild=True)
    assert set(report.added) == {"growth", "culture/flute", "extra"}
    house.open().verify()
    # What is gone from both cannot come back, and is named.
    extra.unlink()
    (house.index / "generations" / "000002" / "documents.jsonl").write_bytes(b"{}\n")
    report = house.ingest(rebuild=True)
    assert report.added == ("culture/flute", "growth")
    assert report.missing == ()
    assert [Path(failure.path).name for failure in report.failed] == ["extra.md"]
    # Even without a manifest there is what was given.
    (house.index / "generations" / "000003" / "manifest.json").unlink()
    assert house.ingest(rebuild=True).added == ("culture/flute", "growth")


def test_another_model_embeds_everything_again(house: House) -> None:
    house.ingest()
    house.embedder = CountingEmbedder("counting-2")
    report = house.ingest()
    assert report.generation == "000002"
    assert report.unchanged == 2
    assert "counting-1" in report.notes[0]
    assert "counting-2" in report.notes[0]
    assert house.open().embedder == "counting-2"
    assert house.embedder.embedded


def test_another_version_reads_everything_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.ingest()
    monkeypatch.setattr(lhassist, "__version__", "99.0")
    report = house.ingest()
    assert report.generation == "000002"
    assert "99.0" in report.notes[0]
    assert house.ingest().generation == "000002"


def test_an_unfinished_run_is_not_embedded_again(house: House) -> None:
    for number in range(200):
        house.write(f"{number:03}.md", f"第{number}篇文章写的是漯河的第{number}件事情。")

    class Broken(CountingEmbedder):
        def embed_passages(
            self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
        ) -> NDArray[np.float32]:
            if len(self.embedded) > 100:
                raise KeyboardInterrupt
            return super().embed_passages(texts, progress=progress)

    whole, house.embedder = house.embedder, Broken()
    with pytest.raises(KeyboardInterrupt):
        house.ingest()
    done = set(house.embedder.embedded)
    house.embedder = whole
    house.ingest()
    assert done
    assert done.isdisjoint(house.embedder.embedded)


def test_the_gazetteer_comes_along_and_its_change_counts(house: House, tmp_path: Path) -> None:
    gazetteer = house.corpus / "gazetteer.toml"
    gazetteer.write_text('[[name]]\nname = "尺骨做成"\nkind = "other"\n', encoding="utf-8")
    house.ingest()
    assert [entry.name for entry in house.open().gazetteer.entries] == ["尺骨做成"]
    assert house.open().lexical.scores(["尺骨做成"])[0].any()

    gazetteer.write_text('[[name]]\nname = "七个音孔"\nkind = "other"\n', encoding="utf-8")
    report = house.ingest()
    assert report.generation == "000002"
    assert "gazetteer" in report.notes[0]
    assert not house.embedder.embedded
    assert house.open().lexical.scores(["七个音孔"])[0].any()
    assert not house.open().lexical.scores(["尺骨做成"])[0].any()

    # Another folder has none: what is held stays; a bad one is reported and what is held stays.
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "hotline.md").write_text(HOTLINE, encoding="utf-8")
    house.ingest(tmp_path / "other")
    assert [entry.name for entry in house.open().gazetteer.entries] == ["七个音孔"]
    gazetteer.write_text("[[name", encoding="utf-8")
    report = house.ingest()
    assert [Path(failure.path).name for failure in report.failed] == ["gazetteer.toml"]
    assert [entry.name for entry in house.open().gazetteer.entries] == ["七个音孔"]


def test_pictures_are_held_and_their_change_counts(house: House) -> None:
    (house.corpus / "media").mkdir()
    picture = house.corpus / "media" / "map.png"
    picture.write_bytes(b"a map")
    house.write("rivers.md", f"{HOTLINE}\n\n![沙河和澧河](media/map.png)")
    house.ingest()

    def held() -> bytes | None:
        generation = house.open()
        (media,) = generation.documents["rivers"].media
        path = generation.media_path(media)
        return path.read_bytes() if path else None

    assert held() == b"a map"
    picture.write_bytes(b"a better map")
    assert house.ingest().changed == ("rivers",)
    assert held() == b"a better map"
    assert not house.embedder.embedded
    picture.unlink()
    assert house.ingest().changed == ("rivers",)
    assert held() is None
    picture.write_bytes(b"a map again")
    house.ingest()
    assert held() == b"a map again"
    # A copy that is lost comes back with a rebuild.
    shutil.rmtree(house.index / "media")
    assert house.ingest().generation == house.open().name
    assert held() is None
    house.ingest(rebuild=True)
    assert held() == b"a map again"


def test_a_second_ingest_waits_for_nobody(house: House) -> None:
    house.ingest()
    with open_writer(house.index), pytest.raises(IndexLocked):
        house.ingest()


def test_progress_is_told_to_the_end(house: House) -> None:
    told: list[tuple[str, int, int]] = []
    ingest(
        house.settings,
        [house.corpus],
        embedder=house.embedder,
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    for stage in ("read", "embed"):
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


edits = st.lists(
    st.dictionaries(
        st.sampled_from(["a.md", "b.txt", "c/a.md", "c/d.md"]),
        st.sampled_from([GROWTH, FLUTE, HOTLINE, GROWTH + HOTLINE, ""]),
        min_size=1,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(history=edits)
def test_any_history_leads_to_the_index_of_a_first_run(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, str]]
) -> None:
    house = House(tmp_path_factory.mktemp("history"))
    house.write("always.md", "这一篇一直都在，所以索引里总有一篇文章。")
    house.ingest()
    for files in history:
        for name, text in files.items():
            if text:
                # Different titles: equal bytes would make one a duplicate of the other.
                house.write(name, text, title=name)
            else:
                (house.corpus / name).unlink(missing_ok=True)
        house.ingest(prune=True)
    held = house.open()
    articles = [Article(d, split(d)) for d in held.documents.values()]
    assert set(held.documents) == {
        source.relative_to(house.corpus).with_suffix("").as_posix()
        for source in house.corpus.rglob("*.*")
    }
    assert_same(held, build_in_memory(articles, embedder=house.embedder))


def assert_same(one: Collection, other: Collection) -> None:
    assert one.documents == other.documents
    assert one.passages == other.passages
    np.testing.assert_array_equal(one.group_vectors, other.group_vectors)
    np.testing.assert_array_equal(one.group_owner, other.group_owner)
    assert one.lexical.vocabulary == other.lexical.vocabulary
    np.testing.assert_array_equal(one.lexical.passages.units, other.lexical.passages.units)
    np.testing.assert_array_equal(one.lexical.groups.counts, other.lexical.groups.counts)


def source(name: str, document_id: str, digest: str) -> Source:
    return Source(document_id, f"/folder/{name}", "/folder", digest)


paths = st.sampled_from(["a.md", "b.md", "c/a.md", "c/b.md", "d.md"])
digests = st.sampled_from(["1", "2", "3"])
ids = st.sampled_from(["a", "b", "c/a", "folder/a", "folder/c/a"])


@given(
    known=st.dictionaries(paths, st.tuples(ids, digests)),
    found=st.dictionaries(paths, st.tuples(ids, digests | st.just(""))),
    gone=st.sets(paths),
    reread=st.booleans(),
    prune=st.booleans(),
)
def test_a_plan_forgets_nothing(
    known: dict[str, tuple[str, str]],
    found: dict[str, tuple[str, str]],
    gone: set[str],
    reread: bool,
    prune: bool,
) -> None:
    held = [source(name, *rest) for name, rest in known.items()]
    held = list({one.document_id: one for one in held}.values())
    files = [source(name, *rest) for name, rest in found.items() if name not in gone]
    gone_paths = {f"/folder/{name}" for name in gone}
    plan: Plan = make_plan(held, files, gone_paths, reread=reread, prune=prune)

    names = [one.document_id for part in (plan.keep, plan.read, plan.drop) for one in part]
    assert len(names) == len(set(names))
    assert {one.document_id for one in held} <= set(names)
    for one in (*plan.drop, *plan.missing):
        assert one.path in gone_paths
    assert not plan.drop or prune
    assert set(plan.missing) <= set(plan.keep)

    placed = {one.path for one in (*plan.keep, *plan.read)} | {d.path for d in plan.duplicates}
    assert {one.path for one in files} <= placed
    kept = {one.path: one for one in plan.keep}
    for file in files:
        # What is kept although it was found has the bytes that were found.
        if file.path in kept:
            assert kept[file.path].sha256 == file.sha256
            assert not reread


def test_copies_of_pictures_are_told_and_held(house: House) -> None:
    bridge = Image.open(io.BytesIO(picture(1)))
    bridge.save(house.corpus / "bridge.png")
    house.write("a.md", "河上的桥。\n\n![桥](bridge.png)")
    assert house.ingest().copies == ()
    bridge.resize((160, 100)).save(house.corpus / "small.jpg", quality=60)
    (house.corpus / "same.png").write_bytes((house.corpus / "bridge.png").read_bytes())
    (house.corpus / "other.png").write_bytes(picture(2))
    house.write("b.md", "桥还是那座。\n\n![小图](small.jpg)\n\n![另一张](other.png)")
    house.write("c.md", "河边。\n\n![同一张](same.png)")
    house.write("d.md", "第二篇。\n\n![桥](bridge.png)")
    report = house.ingest()
    assert report.failed == ()
    assert report.copies == (
        Copy("small.jpg", "b", "bridge.png", "a", is_exact=False),
        Copy("same.png", "c", "bridge.png", "a", is_exact=True),
    )
    assert "small.jpg in b: looks like bridge.png in a" in report.summary()
    assert "same.png in c: the same picture as bridge.png in a" in report.summary()
    assert report.to_json()["copies"][0]["of_document_id"] == "a"
    assert {"a", "b", "c", "d"} <= set(house.texts())
    assert house.ingest().copies == ()
