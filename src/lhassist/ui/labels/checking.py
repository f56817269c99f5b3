"""Holding a text against the articles."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "check.heading": (
        "核对一段话",
        "查核一段話",
        "核對一段話",
        "Check a text",
    ),
    "check.explained": (
        "粘贴一段关于漯河的文字，每句话都与收录的文章核对，并附上原句。",
        "貼上一段關於漯河的文字，每句話都與收錄的文章核對，並附上原句。",
        "貼上一段關於漯河的文字，每句話都與收錄的文章核對，並附上原句。",
        "Paste a text about the city: each sentence is held against the articles and shown with "
        "the quote.",
    ),
    "check.label": ("要核对的文字", "要查核的文字", "要核對的文字", "The text to check"),
    "check.placeholder": (
        "简体或繁体都可以",
        "繁體或簡體都可以",
        "繁體或簡體都可以",
        "In Simplified or Traditional Chinese",
    ),
    "check.send": ("核对", "查核", "核對", "Check"),
    "check.try": ("用一段例文试试", "用一段例文試試", "用一段例文試試", "Try it with a sample"),
    "check.busy": ("正在逐句核对……", "正在逐句查核……", "正在逐句核對……", "Checking …"),
    "check.counts": (
        "属实 {supported} 句 · 不符 {contradicted} 句 · 未见 {not_found} 句",
        "屬實 {supported} 句 · 不符 {contradicted} 句 · 未見 {not_found} 句",
        "屬實 {supported} 句 · 不符 {contradicted} 句 · 未見 {not_found} 句",
        "{supported} borne out · {contradicted} contradicted · {not_found} not found",
    ),
    "verdict.supported": ("属实", "屬實", "屬實", "Borne out"),
    "verdict.contradicted": ("不符", "不符", "不符", "Contradicted"),
    "verdict.not_found": ("未见", "未見", "未見", "Not found"),
    "error.text": (
        "请粘贴一段有文字的话，最多 {limit} 个字。",
        "請貼上一段有文字的話，最多 {limit} 個字。",
        "請貼上一段有文字的話，最多 {limit} 個字。",
        "Please paste a text with words in it, of at most {limit} characters.",
    ),
}
