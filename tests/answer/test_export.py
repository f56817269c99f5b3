from __future__ import annotations

import json

from lhassist.answer.citing.citations import Citations
from lhassist.answer.export import answer_to_json, claim_to_json, hit_to_json
from lhassist.schema import Answer, AnswerSentence, Claim, Hit, Point, Row, Series, Span
from tests.answer.articles import article, passage

DOCUMENT = article("flute", "骨笛四十支。", "!骨笛", title="贾湖", published="2025-01")
FOUND = Hit(passage(DOCUMENT, 0, 6), 0.71239, "fused", dense=0.9, lexical=12.0)


def test_an_answer_has_the_keys_of_the_contract() -> None:
    citations = Citations({DOCUMENT.id: DOCUMENT})
    number = citations.cite(FOUND, Span(0, 6))
    answer = Answer(
        question="骨笛多少支？",
        status="answered",
        script="zh-Hans",
        text="骨笛四十支。[1]",
        sentences=(AnswerSentence("骨笛四十支。", (number,)),),
        citations=citations.all,
        hits=(FOUND,),
        generator="extractive",
        timings_ms=(("retrieve", 12.123), ("answer", 3.04)),
    )
    printed = json.loads(json.dumps(answer_to_json(answer), ensure_ascii=False))
    assert printed["status"] == "answered"
    assert printed["text"] == "骨笛四十支。[1]"
    assert printed["timings_ms"] == {"retrieve": 12.1, "answer": 3.0}
    assert printed["hits"] == [
        {"passage_id": "flute#0-6", "document_id": "flute", "score": 0.7124, "source": "fused"}
    ]
    (citation,) = printed["citations"]
    assert citation == {
        "number": 1,
        "document_id": "flute",
        "title": "贾湖",
        "published": "2025-01",
        "published_inferred": False,
        "passage_id": "flute#0-6",
        "start": 0,
        "end": 6,
        "quote": "骨笛四十支。",
        "script": "zh-Hans",
        "origin": "written",
        "time": None,
        "media": [{"kind": "image", "caption": "骨笛", "path": None, "credit": None}],
    }


def test_a_table_prints_its_rows_and_how_the_question_was_understood() -> None:
    answer = Answer(
        question="那骨笛呢？",
        status="answered",
        script="zh-Hans",
        text="",
        sentences=(),
        citations=(),
        hits=(),
        generator="extractive",
        timings_ms=(),
        form="table",
        rows=(Row("骨笛", "2025年", "四十支", 40.0, "支", 1, "2025-01"),),
        series=Series("骨笛", "支", (Point("2025年", "2025-12", "四十支", 40.0, 1),)),
        suggestions=("骨笛有多长？",),
        understood_as="贾湖骨笛有多少支？",
    )
    printed = json.loads(json.dumps(answer_to_json(answer), ensure_ascii=False))
    assert printed["form"] == "table"
    assert printed["reason"] is None
    assert printed["understood_as"] == "贾湖骨笛有多少支？"
    assert printed["suggestions"] == ["骨笛有多长？"]
    assert printed["rows"] == [
        {
            "label": "骨笛",
            "period": "2025年",
            "value": "四十支",
            "number": 40.0,
            "unit": "支",
            "citation": 1,
            "published": "2025-01",
            "note": "",
        }
    ]
    assert printed["series"] == {
        "label": "骨笛",
        "unit": "支",
        "points": [
            {
                "period": "2025年",
                "ends": "2025-12",
                "value": "四十支",
                "number": 40.0,
                "citation": 1,
            }
        ],
    }


def test_a_claim_has_its_verdict_and_its_citations() -> None:
    citations = Citations({DOCUMENT.id: DOCUMENT})
    citations.cite(FOUND, Span(0, 6))
    claim = Claim("骨笛有五十支。", "contradicted", citations.all, "文章说是四十支。")
    printed = json.loads(json.dumps(claim_to_json(claim), ensure_ascii=False))
    assert printed["verdict"] == "contradicted"
    assert printed["note"] == "文章说是四十支。"
    assert [one["quote"] for one in printed["citations"]] == ["骨笛四十支。"]


def test_a_hit_has_the_keys_of_the_contract() -> None:
    assert hit_to_json(3, FOUND) == {
        "rank": 3,
        "passage_id": "flute#0-6",
        "document_id": "flute",
        "title": "贾湖",
        "score": 0.7124,
        "source": "fused",
        "text": "骨笛四十支。",
        "start": 0,
        "end": 6,
        "origin": "written",
        "time": None,
    }
