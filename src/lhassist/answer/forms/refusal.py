"""What the assistant says when the articles do not hold an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lhassist.answer.question import Question
from lhassist.answer.weighing.candidates import Weights
from lhassist.schema import Answer, Document, Hit, ReaderScript, RefusalReason, Topic

_NONE_HELD: dict[ReaderScript, str] = {
    "zh-Hans": "收录的文章里没有找到能回答这个问题的内容。",
    "zh-Hant": "收錄的文章裏沒有找到能回答這個問題的內容。",
    "zh-TW": "收錄的文章裡沒有找到能回答這個問題的內容。",
    "zh-HK": "收錄的文章裏沒有找到能回答這個問題的內容。",
    "en": "The articles collected here do not hold an answer to this question.",
}
_OUTSIDE: dict[ReaderScript, str] = {
    "zh-Hans": "收录的文章里完全没有谈到所问的事。",
    "zh-Hant": "收錄的文章裏完全沒有談到所問的事。",
    "zh-TW": "收錄的文章裡完全沒有談到所問的事。",
    "zh-HK": "收錄的文章裏完全沒有談到所問的事。",
    "en": "The articles collected here have nothing at all on what was asked.",
}
_COVERED: dict[ReaderScript, str] = {
    "zh-Hans": "文章谈的是漯河的{}，可以就这些方面再问。",
    "zh-Hant": "文章談的是漯河的{}，可以就這些方面再問。",
    "zh-TW": "文章談的是漯河的{}，可以就這些方面再問。",
    "zh-HK": "文章談的是漯河的{}，可以就這些方面再問。",
    "en": " They are in Chinese, on Luohe's {}; asking in Chinese finds more than in English.",
}
_SEPARATOR: dict[ReaderScript, str] = {"en": ", "}
_HANT: dict[Topic, str] = {
    "economy": "經濟與產業",
    "reform": "改革與政策",
    "livelihood": "民生與政務服務",
    "culture": "歷史與文化",
    "geography": "地理與城市概況",
}
_TOPICS: dict[ReaderScript, dict[Topic, str]] = {
    "zh-Hans": {
        "economy": "经济与产业",
        "reform": "改革与政策",
        "livelihood": "民生与政务服务",
        "culture": "历史与文化",
        "geography": "地理与城市概况",
    },
    "zh-Hant": _HANT,
    "zh-TW": _HANT,
    "zh-HK": _HANT,
    "en": {
        "economy": "economy and industry",
        "reform": "reforms and policies",
        "livelihood": "everyday life and public services",
        "culture": "history and culture",
        "geography": "geography and general profile",
    },
}


def topics_of(documents: Mapping[str, Document], script: ReaderScript) -> tuple[str, ...]:
    """The names of the topics that a collection has articles on, in a fixed order."""
    held = {document.topic for document in documents.values()}
    return tuple(name for topic, name in _TOPICS[script].items() if topic in held)


def reason_of(question: Question, weights: Weights) -> RefusalReason:
    """Why nothing answers: `field` if the articles have no word of the question at all."""
    forms = [form for term in question.terms for form in term.forms]
    known = any(map(weights.frequency, forms))
    return "field" if forms and not question.is_foreign and not known else "nothing"


def refused(
    question: str,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    script: ReaderScript,
    reason: RefusalReason = "nothing",
) -> Answer:
    """Says that no article answers, why, and what the articles do cover."""
    topics = topics_of(documents, script)
    named = _COVERED[script].format(_SEPARATOR.get(script, "、").join(topics)) if topics else ""
    return Answer(
        question=question,
        status="refused",
        script=script,
        text=(_OUTSIDE if reason == "field" else _NONE_HELD)[script] + named,
        sentences=(),
        citations=(),
        hits=tuple(hits),
        generator="extractive",
        timings_ms=(),
        topics=topics,
        form="refusal",
        reason=reason,
    )
