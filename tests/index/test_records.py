from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.index import records
from lhassist.schema import Block, Cue, Document, Media, Passage, Published, Span, TimeRange

# Everything that UTF-8 can write, line ends of every kind among it.
text = st.text(st.characters(codec="utf-8") | st.sampled_from("\n\r\x85\u2028\x1c\x00漯𠮷"))
spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Span(*sorted(pair)))
times = st.tuples(st.floats(0, 9e5), st.floats(0, 9e5)).map(lambda t: TimeRange(*sorted(t)))
origins = st.sampled_from(["written", "ocr", "speech", "subtitles"])
media = st.builds(
    Media,
    kind=st.sampled_from(["image", "audio", "video"]),
    caption=text,
    span=spans,
    path=st.none() | text,
    sha256=st.none() | text,
    credit=st.none() | text,
    cues=st.lists(st.builds(Cue, spans, times)).map(tuple),
    words=st.none() | spans,
    look=st.none() | text,
)
documents = st.builds(
    Document,
    id=text,
    title=text,
    text=text,
    blocks=st.lists(
        st.builds(Block, st.sampled_from(["heading", "paragraph", "caption"]), spans, origins)
    ).map(tuple),
    script=st.sampled_from(["zh-Hans", "zh-Hant"]),
    sha256=text,
    path=text,
    media=st.lists(media).map(tuple),
    published=st.none() | st.builds(Published, date=text, inferred=st.booleans(), basis=text),
    topic=st.none() | st.sampled_from(["economy", "culture"]),
    sources=st.lists(text).map(tuple),
)


@given(st.lists(documents))
def test_documents_come_back(some: list[Document]) -> None:
    assert records.load_documents(records.dump_documents(some)) == some


@given(documents, st.data())
def test_passages_come_back_with_the_text_of_their_article(
    document: Document, data: st.DataObject
) -> None:
    ends = st.integers(0, len(document.text))
    start, end = sorted(data.draw(st.tuples(ends, ends)))
    passage = Passage(
        document_id=document.id,
        kind=data.draw(st.sampled_from(["body", "caption"])),
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(data.draw(st.lists(spans))),
        groups=tuple(data.draw(st.lists(spans))),
        title=document.title,
        heading=data.draw(text),
        origin=data.draw(origins),
        time=data.draw(st.none() | times),
    )
    dumped = records.dump_passages([passage])
    assert records.load_passages(dumped, {document.id: document}) == [passage]


@given(st.dictionaries(text, st.lists(st.builds(Entry, text, st.tuples(text), text, text))))
def test_gazetteers_come_back(entries: dict[str, list[Entry]]) -> None:
    gazetteers = {path: Gazetteer(tuple(some)) for path, some in entries.items()}
    assert records.load_gazetteers(records.dump_gazetteers(gazetteers)) == gazetteers
