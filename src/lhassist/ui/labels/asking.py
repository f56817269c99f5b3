"""Questions, answers and what stands under an answer."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    # Asking
    "ask.heading": (
        "关于漯河，您想知道什么？",
        "關於漯河，您想知道什麼？",
        "關於漯河，您想知道甚麼？",
        "What would you like to know about Luohe?",
    ),
    "ask.label": ("您的问题", "您的問題", "您的問題", "Your question"),
    "ask.placeholder": (
        "用简体或繁体提问",
        "用繁體或簡體提問",
        "用繁體或簡體提問",
        "Ask about the city",
    ),
    "ask.send": ("提问", "提問", "提問", "Ask"),
    "ask.examples": ("试着问", "試著問", "試試問", "Try asking"),
    "ask.busy": (
        "正在文章里查找……",
        "正在文章中尋找……",
        "正在文章中尋找……",
        "Searching the articles …",
    ),
    "turn.question": ("问", "問", "問", "Q"),
    "turn.answer": ("答", "答", "答", "A"),
    "turn.understood": (
        "按“{question}”理解",
        "按「{question}」理解",
        "按「{question}」理解",
        "Taken as: {question}",
    ),
    # An answer
    "cite.mark": (
        "出处 {n}：{title}。打开原文",
        "出處 {n}：{title}。開啟原文",
        "出處 {n}：{title}。打開原文",
        "Source {n}: {title}. Open the article",
    ),
    "sources.heading": ("出处", "出處", "出處", "Sources"),
    "date.known": ("{date}", "{date}", "{date}", "{date}"),
    "date.inferred": ("{date}（推定）", "{date}（推定）", "{date}（推定）", "{date} (inferred)"),
    "date.basis": (
        "{date}（推定，依据“{basis}”）",
        "{date}（推定，依據「{basis}」）",
        "{date}（推定，依據「{basis}」）",
        "{date} (inferred from “{basis}”)",
    ),
    "date.none": ("日期不详", "日期不詳", "日期不詳", "no date"),
    "pictures.heading": ("相关图片", "相關圖片", "相關圖片", "Pictures"),
    "picture.missing": ("图片未收录", "圖片未收錄", "圖片未收錄", "Picture not in the collection"),
    "picture.enlarge": (
        "放大图片：{caption}",
        "放大圖片：{caption}",
        "放大圖片：{caption}",
        "Enlarge the picture: {caption}",
    ),
    "picture.view": ("图片", "圖片", "圖片", "Picture"),
    "picture.credit": ("图：{credit}", "圖：{credit}", "圖：{credit}", "Credit: {credit}"),
    "table.what": ("指标", "指標", "指標", "Figure"),
    "table.period": ("时间", "時間", "時間", "Period"),
    "table.value": ("数值", "數值", "數值", "Value"),
    "refused.topics": (
        "不妨从这些方面看起：",
        "不妨從這些方面看起：",
        "不妨從這些方面看起：",
        "You could start from here:",
    ),
}
