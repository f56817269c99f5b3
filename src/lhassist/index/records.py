"""Articles and passages as lines of JSON.

A passage is stored by its offsets and gets its text from its article when it is read, so that
`document.text[p.start:p.end] == p.text` cannot fail.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lhassist.gazetteer import Entry, Gazetteer
from lhassist.schema import Block, Cue, Document, Media, Passage, Published, Span, TimeRange

_Json = dict[str, Any]


def dump_documents(documents: Iterable[Document]) -> bytes:
    """One line an article."""
    return _lines(_document(document) for document in documents)


def load_documents(data: bytes) -> list[Document]:
    """Reads what `dump_documents` wrote."""
    return [_to_document(json.loads(line)) for line in data.splitlines()]


def dump_passages(passages: Iterable[Passage]) -> bytes:
    """One line a passage, without its text."""
    return _lines(
        {
            "document_id": passage.document_id,
            "kind": passage.kind,
            "span": [passage.start, passage.end],
            "sentences": _spans(passage.sentences),
            "groups": _spans(passage.groups),
            "title": passage.title,
            "heading": passage.heading,
            "origin": passage.origin,
            "time": passage.time and [passage.time.start, passage.time.end],
        }
        for passage in passages
    )


def load_passages(data: bytes, documents: Mapping[str, Document]) -> list[Passage]:
    """Reads what `dump_passages` wrote."""
    passages = []
    for line in data.splitlines():
        record = json.loads(line)
        start, end = record["span"]
        passages.append(
            Passage(
                document_id=record["document_id"],
                kind=record["kind"],
                start=start,
                end=end,
                text=documents[record["document_id"]].text[start:end],
                sentences=_to_spans(record["sentences"]),
                groups=_to_spans(record["groups"]),
                title=record["title"],
                heading=record["heading"],
                origin=record.get("origin", "written"),
                time=TimeRange(*record["time"]) if record.get("time") else None,
            )
        )
    return passages


def dump_gazetteers(gazetteers: Mapping[str, Gazetteer]) -> bytes:
    """The local names of each gazetteer file, by the file's path."""
    return _lines(
        {
            "path": path,
            "entries": [
                {"name": e.name, "aliases": e.aliases, "reading": e.reading, "kind": e.kind}
                for e in gazetteer.entries
            ],
        }
        for path, gazetteer in sorted(gazetteers.items())
    )


def load_gazetteers(data: bytes) -> dict[str, Gazetteer]:
    """Reads what `dump_gazetteers` wrote."""
    gazetteers = {}
    for line in data.splitlines():
        record = json.loads(line)
        gazetteers[record["path"]] = Gazetteer(
            tuple(
                Entry(e["name"], tuple(e["aliases"]), e["reading"], e["kind"])
                for e in record["entries"]
            )
        )
    return gazetteers


def _lines(records: Iterable[_Json]) -> bytes:
    # JSON escapes every control character, so the only line feeds are those between records.
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "".join(dumps(record) + "\n" for record in records).encode()


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _to_spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _document(document: Document) -> _Json:
    published = document.published
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "blocks": [[b.kind, b.span.start, b.span.end, b.origin] for b in document.blocks],
        "script": document.script,
        "sha256": document.sha256,
        "path": document.path,
        "media": [_media(media) for media in document.media],
        "published": published and [published.date, published.inferred, published.basis],
        "topic": document.topic,
        "sources": document.sources,
    }


def _to_document(record: _Json) -> Document:
    return Document(
        id=record["id"],
        title=record["title"],
        text=record["text"],
        blocks=tuple(
            Block(kind, Span(start, end), *origin) for kind, start, end, *origin in record["blocks"]
        ),
        script=record["script"],
        sha256=record["sha256"],
        path=record["path"],
        media=tuple(_to_media(media) for media in record["media"]),
        published=record["published"] and Published(*record["published"]),
        topic=record["topic"],
        sources=tuple(record["sources"]),
    )


def _media(media: Media) -> _Json:
    return {
        "kind": media.kind,
        "caption": media.caption,
        "span": [media.span.start, media.span.end],
        "path": media.path,
        "sha256": media.sha256,
        "credit": media.credit,
        "cues": [[c.span.start, c.span.end, c.time.start, c.time.end] for c in media.cues],
        "words": media.words and [media.words.start, media.words.end],
        "look": media.look,
        "is_inside": media.is_inside,
    }


def _to_media(record: _Json) -> Media:
    cues = tuple(
        Cue(Span(start, end), TimeRange(since, until))
        for start, end, since, until in record.get("cues", ())
    )
    words = Span(*record["words"]) if record.get("words") else None
    return Media(**{**record, "span": Span(*record["span"]), "cues": cues, "words": words})
