"""Answers, hits and articles as the JSON objects that `--json` prints and the service sends.

The keys are a contract with other programs: keys may be added, never renamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lhassist.schema import Answer, Citation, Claim, Document, Hit, Media, Row, Series, TimeRange


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The object of `ask --json`; every value is one that `json.dumps` takes."""
    return {
        "question": answer.question,
        "status": answer.status,
        "form": answer.form,
        "reason": answer.reason,
        "understood_as": answer.understood_as,
        "script": answer.script,
        "text": answer.text,
        "sentences": [
            {"text": sentence.text, "citations": list(sentence.citations)}
            for sentence in answer.sentences
        ],
        "rows": [_row(row) for row in answer.rows],
        "series": _series(answer.series) if answer.series else None,
        "citations": [_citation(citation) for citation in answer.citations],
        "hits": [
            {
                "passage_id": hit.passage.id,
                "document_id": hit.passage.document_id,
                "score": round(hit.score, 4),
                "source": hit.source,
            }
            for hit in answer.hits
        ],
        "topics": list(answer.topics),
        "suggestions": list(answer.suggestions),
        "generator": answer.generator,
        "fallback": answer.fallback,
        "timings_ms": {stage: round(ms, 1) for stage, ms in answer.timings_ms},
    }


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """One of the claims of `check --json`."""
    return {
        "text": claim.text,
        "verdict": claim.verdict,
        "note": claim.note,
        "citations": [_citation(citation) for citation in claim.citations],
    }


def hit_to_json(rank: int, hit: Hit) -> dict[str, Any]:
    """One of the hits of `search --json`; ranks count from 1."""
    passage = hit.passage
    return {
        "rank": rank,
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "title": passage.title,
        "score": round(hit.score, 4),
        "source": hit.source,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "origin": passage.origin,
        "time": _time(passage.time),
    }


def sources_below(citations: Sequence[Citation]) -> str:
    """The citations as lines below a text, for programs that show text alone; maybe empty."""
    lines = [
        f"[{one.number}] {one.title}"
        + (f" ({one.published.date})" if one.published else "")
        + f": {' '.join(one.quote.split())}"
        for one in citations
    ]
    return "\n\n" + "\n".join(lines) if lines else ""


def entry_to_json(document: Document) -> dict[str, Any]:
    """An article as `info --json` lists it."""
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published.date if document.published else None,
        "topic": document.topic,
        "script": document.script,
        "media": len(document.media),
    }


def document_to_json(document: Document) -> dict[str, Any]:
    """A whole article for its readers; where its file lies is the operator's."""
    published = document.published
    return {
        **entry_to_json(document),
        "published_inferred": published.inferred if published else False,
        "sources": list(document.sources),
        "text": document.text,
        "blocks": [
            {"kind": block.kind, "start": block.span.start, "end": block.span.end}
            for block in document.blocks
        ],
        "media": [_media(media) for media in document.media],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "label": row.label,
        "period": row.period,
        "value": row.value,
        "number": row.number,
        "unit": row.unit,
        "citation": row.citation,
        "published": row.published,
        "note": row.note,
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "label": series.label,
        "unit": series.unit,
        "points": [
            {
                "period": point.period,
                "ends": point.ends,
                "value": point.value,
                "number": point.number,
                "citation": point.citation,
            }
            for point in series.points
        ],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    published = citation.published
    return {
        "number": citation.number,
        "document_id": citation.document_id,
        "title": citation.title,
        "published": published.date if published else None,
        "published_inferred": published.inferred if published else False,
        "passage_id": citation.passage_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "script": citation.script,
        "origin": citation.origin,
        "time": _time(citation.time),
        "media": [_media(media) for media in citation.media],
    }


def _time(time: TimeRange | None) -> dict[str, float] | None:
    """Seconds from the beginning of the sound or film."""
    return {"start": time.start, "end": time.end} if time else None


def _media(media: Media) -> dict[str, Any]:
    return {
        "kind": media.kind,
        "caption": media.caption,
        "path": media.path,
        "credit": media.credit,
    }
