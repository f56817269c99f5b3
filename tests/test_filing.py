"""Articles that arrive as bytes and articles that leave, over the real index."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lhassist import corpus
from lhassist.config import Settings
from lhassist.corpus.formats import MARKDOWN
from lhassist.corpus.markdown import parse
from lhassist.corpus.parts import clean
from lhassist.corpus.pasted import as_markdown
from lhassist.embedding.hashing import HashingEmbedder
from lhassist.errors import ConfigError, CorpusError, IndexLocked, UploadRefused
from lhassist.index import Generation, history, open_writer
from lhassist.ingest import filing, ingest
from lhassist.ingest.arrivals import arrive, file_name
from lhassist.ingest.filing import Filing
from lhassist.ingest.folder import REMOVED
from lhassist.schema import Published

BRIDGE = "---\ntitle: 小商桥\n---\n\n小商桥在小商河上，始建于隋开皇四年，是敞肩式石拱桥。\n"
FLUTE = "---\ntitle: 賈湖骨笛\n---\n\n賈湖骨笛用鶴類的尺骨做成，大多開七個音孔。\n"
BROKEN = "---\ntitle: [\n---\n\n没有写完的文章。\n"


class Library:
    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            index_dir=folder / "index", corpus_dir=folder / "corpus", cache_dir=folder / "cache"
        )
        self.corpus = self.settings.corpus_dir
        self.embedder = HashingEmbedder()
        self.corpus.mkdir()
        (self.corpus / "flute.md").write_text(FLUTE, "utf-8")
        ingest(self.settings, [self.corpus], embedder=self.embedder)

    def add(self, *files: tuple[str, str | bytes], replace: bool = False) -> Filing:
        arrived = [
            arrive(self.corpus, name, text.encode() if isinstance(text, str) else text)
            for name, text in files
        ]
        return filing.add(self.settings, arrived, replace=replace, embedder=self.embedder)

    def remove(self, *ids: str) -> filing.Removal:
        return filing.remove(self.settings, ids, embedder=self.embedder)

    def articles(self) -> dict[str, str]:
        documents = Generation.open(self.settings.index_dir).documents
        return {name: document.title for name, document in documents.items()}

    def files(self) -> dict[str, str]:
        """Every file of the folder of articles, those set aside without the time in their names."""
        return {
            _shown(path.relative_to(self.corpus)): path.read_text("utf-8")
            for path in self.corpus.rglob("*")
            if path.is_file()
        }


def _shown(path: Path) -> str:
    set_aside = path.parent.name == REMOVED
    return f".removed/{path.name.split('-', 1)[1]}" if set_aside else path.as_posix()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def outcomes(made: Filing) -> list[tuple[str, str, str | None]]:
    return [(one.name, one.outcome, one.document_id) for one in made.files]


def test_an_article_that_arrives_is_held_and_its_file_lies_among_the_others(
    library: Library,
) -> None:
    made = library.add(("bridge.md", BRIDGE))
    assert outcomes(made) == [("bridge.md", "added", "bridge")]
    assert made.generation == "000002"
    assert library.articles() == {"bridge": "小商桥", "flute": "賈湖骨笛"}
    assert library.files() == {"bridge.md": BRIDGE, "flute.md": FLUTE}


def picture(colour: int) -> bytes:
    file = BytesIO()
    image = Image.new("RGB", (64, 40), (colour, 90, 60))
    image.putpixel((8, 8), (255, 255, 255))
    image.save(file, "PNG")
    return file.getvalue()


SHOWING = BRIDGE + "\n![小商桥全景](图/桥%20全景.png)\n\n![桥栏](rail.png)\n\n![别处](../out.png)\n"


def shown(library: Library, name: str) -> list[tuple[str, bool]]:
    document = Generation.open(library.settings.index_dir).documents[name]
    return [(media.caption, media.path is not None) for media in document.media]


def test_the_pictures_of_an_article_that_arrive_with_it_are_put_where_it_shows_them(
    library: Library,
) -> None:
    made = library.add(
        ("桥 全景.png", picture(10)), ("bridge.md", SHOWING), ("rail.png", picture(200))
    )
    assert outcomes(made) == [
        ("桥 全景.png", "shown", None),
        ("bridge.md", "added", "bridge"),
        ("rail.png", "shown", None),
    ]
    assert shown(library, "bridge") == [("小商桥全景", True), ("桥栏", True), ("别处", False)]
    assert (library.corpus / "图" / "桥 全景.png").read_bytes() == picture(10)
    assert not (library.corpus.parent / "out.png").exists()
    again = library.add(("bridge.md", SHOWING), ("rail.png", picture(200)))
    assert [outcome for _, outcome, _ in outcomes(again)] == ["unchanged", "shown"]


def test_the_files_of_a_folder_keep_their_places_and_each_article_its_own_picture(
    library: Library,
) -> None:
    other = BRIDGE.replace("小商桥", "沙河桥")
    arrived = [
        arrive(library.corpus, name, data, folder=folder)
        for folder, name, data in (
            ("桥/石", "index.md", f"{BRIDGE}\n![石桥](media/bridge.png)\n".encode()),
            ("桥/钢", "index.md", f"{other}\n![钢桥](../media/bridge.png)\n".encode()),
            ("桥/media", "bridge.png", picture(10)),
            ("桥/石/media", "bridge.png", picture(200)),
            ("桥/空", "empty.md", BROKEN.encode()),
        )
    ]
    made = filing.add(library.settings, arrived, embedder=library.embedder)
    assert [one.outcome for one in made.files] == ["added"] * 2 + ["shown"] * 2 + ["unreadable"]
    held = Generation.open(library.settings.index_dir).documents
    assert [held[name].media[0].path for name in ("桥/石/index", "桥/钢/index")] == [
        "桥/石/media/bridge.png",
        "桥/media/bridge.png",
    ]
    assert not (library.corpus / "桥/空").exists()
    assert not list(library.corpus.glob(".arrived-*"))


def test_a_picture_that_comes_later_with_its_article_is_shown_by_it(library: Library) -> None:
    library.add(("bridge.md", SHOWING))
    assert shown(library, "bridge")[1] == ("桥栏", False)
    made = library.add(("bridge.md", SHOWING), ("rail.png", picture(200)))
    assert outcomes(made) == [("bridge.md", "changed", "bridge"), ("rail.png", "shown", None)]
    assert shown(library, "bridge")[1] == ("桥栏", True)


def test_a_picture_of_a_name_that_is_taken_is_not_put_over_the_other(library: Library) -> None:
    library.add(("bridge.md", SHOWING), ("rail.png", picture(200)))
    other = SHOWING.replace("小商桥\n---", "另一座\n---").replace("小商桥在", "另一座桥在")
    made = library.add(("other.md", other), ("rail.png", picture(90)))
    assert outcomes(made)[1][:2] == ("rail.png", "exists")
    assert (library.corpus / "rail.png").read_bytes() == picture(200)


def test_each_file_of_several_has_its_own_result(library: Library) -> None:
    made = library.add(
        ("bridge.md", BRIDGE),
        ("broken.md", BROKEN),
        ("flute.md", FLUTE),
        ("copy.md", FLUTE),
        ("bridge.md", BRIDGE.replace("石拱桥", "桥")),
    )
    assert outcomes(made) == [
        ("bridge.md", "added", "bridge"),
        ("broken.md", "unreadable", None),
        ("flute.md", "unchanged", "flute"),
        ("copy.md", "duplicate", "flute"),
        ("bridge.md", "exists", None),
    ]
    assert "YAML" in made.files[1].reason
    assert library.articles() == {"bridge": "小商桥", "flute": "賈湖骨笛"}
    assert library.files() == {"bridge.md": BRIDGE, "flute.md": FLUTE}


def test_a_file_is_replaced_only_when_asked_for_and_the_old_one_is_kept(library: Library) -> None:
    newer = FLUTE.replace("七個", "七至八個")
    assert outcomes(library.add(("flute.md", newer))) == [("flute.md", "exists", "flute")]
    assert library.files() == {"flute.md": FLUTE}
    made = library.add(("flute.md", newer), replace=True)
    assert outcomes(made) == [("flute.md", "changed", "flute")]
    assert library.files() == {"flute.md": newer, ".removed/flute.md": FLUTE}


def test_an_unreadable_file_does_not_replace_anything(library: Library) -> None:
    made = library.add(("flute.md", BROKEN), replace=True)
    assert outcomes(made) == [("flute.md", "unreadable", "flute")]
    assert made.generation == "000001"
    assert library.files() == {"flute.md": FLUTE}
    assert library.articles() == {"flute": "賈湖骨笛"}


def test_when_another_ingest_runs_everything_stays_as_it_was(library: Library) -> None:
    with open_writer(library.settings.index_dir), pytest.raises(IndexLocked):
        library.add(("bridge.md", BRIDGE), ("flute.md", BRIDGE), replace=True)
    assert library.files() == {"flute.md": FLUTE}
    with open_writer(library.settings.index_dir), pytest.raises(IndexLocked):
        library.remove("flute")
    assert library.files() == {"flute.md": FLUTE}


def test_the_first_article_of_all_can_arrive(tmp_path: Path) -> None:
    settings = Settings(
        index_dir=tmp_path / "index", corpus_dir=tmp_path / "new/corpus", cache_dir=tmp_path / "c"
    )
    arrived = [arrive(settings.corpus_dir, "bridge.md", BRIDGE.encode())]
    made = filing.add(settings, arrived, embedder=HashingEmbedder())
    assert outcomes(made) == [("bridge.md", "added", "bridge")]


def test_what_is_removed_is_set_aside(library: Library) -> None:
    library.add(("bridge.md", BRIDGE))
    removal = library.remove("bridge")
    assert removal.removed == ("bridge",)
    assert removal.left == ()
    assert library.articles() == {"flute": "賈湖骨笛"}
    assert library.files() == {"flute.md": FLUTE, ".removed/bridge.md": BRIDGE}
    again = ingest(library.settings, [library.corpus], embedder=library.embedder)
    assert again.generation == removal.generation
    assert outcomes(library.add(("bridge.md", BRIDGE))) == [("bridge.md", "added", "bridge")]


def test_what_an_article_alone_shows_is_set_aside_with_it(library: Library) -> None:
    for name in ("own", "shared"):
        Image.new("RGB", (60, 40), (name == "own" and "red") or "blue").save(
            library.corpus / f"{name}.png"
        )
    both = "\n![两座桥](shared.png)\n"
    library.add(("bridge.md", f"{BRIDGE}{both}\n![小商桥](own.png)\n"), ("other.md", FLUTE + both))
    library.remove("bridge")
    assert not (library.corpus / "own.png").exists()
    assert list((library.corpus / ".removed").glob("*-own.png"))
    assert (library.corpus / "shared.png").exists()
    again = ingest(library.settings, [library.corpus], embedder=library.embedder)
    assert again.failed == ()


def test_a_file_elsewhere_is_not_touched(library: Library, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text(BRIDGE, "utf-8")
    ingest(library.settings, [elsewhere], embedder=library.embedder)
    assert library.remove("elsewhere").left == (str(elsewhere),)
    assert elsewhere.read_text("utf-8") == BRIDGE
    assert library.articles() == {"flute": "賈湖骨笛"}


def test_neither_the_last_article_nor_an_unknown_one_is_removed(library: Library) -> None:
    with pytest.raises(CorpusError, match="no article would be left"):
        library.remove("flute")
    with pytest.raises(CorpusError, match="no article bridge"):
        library.remove("flute", "bridge")
    assert library.files() == {"flute.md": FLUTE}
    assert library.articles() == {"flute": "賈湖骨笛"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "name"),
        ("..", "name"),
        ("corpus/", "name"),
        (".hidden.md", "name"),
        ("a\0b.md", "name"),
        ("a\nb.md", "name"),
        ("a\u202eb.md", "name"),
        ("program.exe", "format"),
        ("page", "format"),
        ("picture.svg", "format"),
    ],
)
def test_a_name_that_is_no_article_s_is_refused(tmp_path: Path, name: str, rule: str) -> None:
    with pytest.raises(UploadRefused) as caught:
        arrive(tmp_path, name, b"text")
    assert caught.value.rule == rule
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "rule"), [(b"", "empty"), (bytes(MARKDOWN.max_bytes + 1), "size")]
)
def test_a_file_of_no_fitting_size_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    with pytest.raises(UploadRefused) as caught:
        arrive(tmp_path, "article.md", data)
    assert caught.value.rule == rule
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "folder",
    ["..", "a/../..", "/etc", "a//b", "a/", ".hidden", "a\\b", "a\nb", "桥" * 100, "a/" * 600],
)
def test_a_folder_that_could_lead_elsewhere_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(UploadRefused) as caught:
        arrive(tmp_path, "article.md", b"text", folder=folder)
    assert caught.value.rule == "name"
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "corpus"
        try:
            path = arrive(folder, f"{name}.md", b"text")
        except UploadRefused:
            return
        assert path.parent.parent == folder
        assert path.suffix == ".md"
        assert path.read_bytes() == b"text"
        assert len(path.name.encode()) <= 200
        assert [file for file in Path(parent).rglob("*") if file.is_file()] == [path]


def test_what_a_killed_process_left_is_removed_after_a_day(tmp_path: Path) -> None:
    forgotten = arrive(tmp_path, "forgotten.md", b"text")
    os.utime(forgotten.parent, (0, 0))
    waiting = arrive(tmp_path, "waiting.md", b"text")
    arrive(tmp_path, "new.md", b"text")
    assert not forgotten.exists()
    assert waiting.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="file"):
        arrive(tmp_path / "file" / "corpus", "article.md", b"text")


PASTED = st.builds(
    dict,
    title=st.text(max_size=60),
    text=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=200),
    published=st.sampled_from(["", "2024", "2024-10", " 2024-10-01 "]),
    topic=st.sampled_from([None, "culture", "economy"]),
    source=st.text(max_size=30),
)


@given(PASTED)
def test_a_pasted_text_is_read_back(given: dict[str, Any]) -> None:
    given |= {"title": f"题{given['title']}", "text": f"正文：{given['text']}"}
    draft = parse(clean(as_markdown(**given)), Path(file_name(given["title"])))
    assert draft.title == " ".join(clean(given["title"]).split())
    assert draft.topic == given["topic"]
    assert draft.parts[0].text.startswith("正文：")
    assert draft.published == (
        Published(given["published"].strip()) if given["published"] else draft.published
    )
    source = " ".join(clean(given["source"]).split())
    assert draft.sources == ((source,) if source else ())


def test_lines_of_a_pasted_text_are_paragraphs_unless_blank_lines_divide_it(
    tmp_path: Path,
) -> None:
    for text, paragraphs in (("　　第一段。\n　　第二段。", 2), ("一段\n两行。\n\n另一段。", 2)):
        path = arrive(tmp_path, "pasted.md", as_markdown("题目", text).encode())
        document = corpus.read(path, document_id="pasted", root=path.parent)
        assert len(document.blocks) == paragraphs


def test_the_history_says_what_changed(library: Library) -> None:
    library.add(("bridge.md", BRIDGE))
    library.add(("flute.md", FLUTE.replace("七個", "七至八個")), replace=True)
    library.remove("bridge")
    newest, middle, oldest = history(library.settings.index_dir)
    assert (newest.generation, newest.removed, newest.articles) == ("000004", ("bridge",), 1)
    assert (middle.changed, middle.added, middle.before) == (("flute",), (), "000002")
    assert (oldest.generation, oldest.before, oldest.added) == ("000002", None, ())
    assert not newest.remade


def test_a_damaged_older_generation_is_left_out_of_the_history(library: Library) -> None:
    library.add(("bridge.md", BRIDGE))
    (library.settings.index_dir / "generations/000001/manifest.json").write_text("{")
    assert [change.generation for change in history(library.settings.index_dir)] == ["000002"]
