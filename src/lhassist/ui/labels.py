"""What the page itself says, in four languages, and which of them a reader gets first.

The browser fills these labels in (`static/labels.js`), so that switching the language changes every
text of a running conversation at once. Markup names a label: `data-label="panel.close"` for an
element's text, `data-label-aria="…"` and the like for an attribute, and `data-args` (JSON) for what
stands in braces. An argument called `date` is an ISO 8601 date and is written out by the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from lhassist.schema import ReaderScript, Script, Topic

Language = Literal["zh-CN", "zh-TW", "zh-HK", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
TOPICS: tuple[Topic, ...] = get_args(Topic)

DEFAULT: Language = "zh-CN"
"""For a reader whose browser names none of the four."""

FONT_TAG: Mapping[Language | Script | ReaderScript, str] = {
    "zh-CN": "zh-Hans",
    "zh-TW": "zh-Hant-TW",
    "zh-HK": "zh-Hant-HK",
    "zh-Hans": "zh-Hans",
    "zh-Hant": "zh-Hant-TW",
    "en": "en",
}
"""The `lang` attribute that makes a browser take the right glyphs for the same code points."""

READER: Mapping[Language, ReaderScript] = {
    "zh-CN": "zh-Hans",
    "zh-TW": "zh-TW",
    "zh-HK": "zh-HK",
    "en": "en",
}
"""The script that answers are in where neither the question nor the reader says so."""

_TABLE: Mapping[str, tuple[str, str, str, str]] = {
    # The page
    "page.title": ("漯河问答", "漯河問答", "漯河問答", "Ask Luohe"),
    "page.seal": ("漯", "漯", "漯", "漯"),
    "page.deck": (
        "每一句答案都引自一篇文章，点开就能读到原文",
        "每一句回答都引自一篇文章，點開就能讀到原文",
        "每一句答案都引自一篇文章，按一下便能讀到原文",
        "Every sentence is quoted from an article that you can open and read",
    ),
    "page.standing": (
        "收录文章 {n} 篇 · 不联网",
        "收錄文章 {n} 篇 · 不連網",
        "收錄文章 {n} 篇 · 不連線",
        "{n} articles · works offline",
    ),
    "page.skip": ("跳到提问框", "跳到提問框", "跳到提問框", "Skip to the question box"),
    "page.foot": (
        "答案由收录文章的原句组成，日期以文章为准。",
        "回答由收錄文章的原句組成，日期以文章為準。",
        "答案由收錄文章的原句組成，日期以文章為準。",
        "Answers are made of sentences from the articles; dates are the articles' own.",
    ),
    "page.new": ("新对话", "新對話", "新對話", "New conversation"),
    "page.language": ("界面语言", "介面語言", "介面語言", "Language"),
    # The names of the languages are the same in all of them.
    "language.zh-CN": ("简体中文",) * 4,
    "language.zh-TW": ("繁體中文（台灣）",) * 4,
    "language.zh-HK": ("繁體中文（香港）",) * 4,
    "language.en": ("English",) * 4,
    "script.label": ("答案用字", "回答用字", "答案用字", "Answers in"),
    "script.auto": ("随提问", "隨提問", "隨提問", "the question's script"),
    "script.zh-Hans": ("简体", "簡體", "簡體", "Simplified"),
    "script.zh-TW": ("繁体（台湾）", "繁體（台灣）", "繁體（台灣）", "Traditional (Taiwan)"),
    "script.zh-HK": ("繁体（香港）", "繁體（香港）", "繁體（香港）", "Traditional (Hong Kong)"),
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
    # Topics and their articles
    "topics.heading": ("分类浏览", "分類瀏覽", "分類瀏覽", "Browse by topic"),
    "topic.economy": ("经济", "經濟", "經濟", "Economy"),
    "topic.culture": ("文化", "文化", "文化", "Culture"),
    "topic.reform": ("改革", "改革", "改革", "Reform"),
    "topic.livelihood": ("民生", "民生", "民生", "Livelihood"),
    "topic.geography": ("地理", "地理", "地理", "Geography"),
    "topic.other": ("其他", "其他", "其他", "Other"),
    "topic.all": ("全部 {n} 篇", "全部 {n} 篇", "全部 {n} 篇", "All {n}"),
    # The panel
    "panel.label": ("原文", "原文", "原文", "Article"),
    "panel.close": ("关闭", "關閉", "關閉", "Close"),
    "panel.back": ("返回", "返回", "返回", "Back"),
    "panel.step": (
        "出处 {n} / {total}",
        "出處 {n} / {total}",
        "出處 {n} / {total}",
        "{n} of {total}",
    ),
    "panel.previous": ("上一处", "上一處", "上一處", "Previous source"),
    "panel.next": ("下一处", "下一處", "下一處", "Next source"),
    "panel.convert.zh-Hans": ("转为简体", "轉為簡體", "轉為簡體", "Show in Simplified"),
    "panel.convert.zh-TW": ("转为繁体", "轉為繁體", "轉為繁體", "Show in Traditional"),
    "panel.convert.zh-HK": ("转为繁体", "轉為繁體", "轉為繁體", "Show in Traditional"),
    "panel.converted": (
        "以下用字由程序转换，引用请以原文为准。",
        "以下用字由程式轉換，引用請以原文為準。",
        "以下用字由程式轉換，引用請以原文為準。",
        "The characters below were converted by a program; quote the original.",
    ),
    "article.script.zh-Hans": ("原文为简体", "原文為簡體", "原文為簡體", "in Simplified Chinese"),
    "article.script.zh-Hant": ("原文为繁体", "原文為繁體", "原文為繁體", "in Traditional Chinese"),
    "article.sources": ("资料来源", "資料來源", "資料來源", "Drawn from"),
    # What went wrong
    "error.question": (
        "这句话没法当作问题来查。请写一两句话，不要只有符号，也不要太长。",
        "這句話沒辦法當作問題來查。請寫一兩句話，不要只有符號，也不要太長。",
        "這句話未能當作問題來查。請寫一兩句話，不要只有符號，也不要太長。",
        "This cannot be looked up. Please ask in a sentence or two, in words and not too long.",
    ),
    "error.index": (
        "文章索引现在不能用。请运行 lhassist doctor，它会说明原因和办法。",
        "文章索引現在不能用。請執行 lhassist doctor，它會說明原因和辦法。",
        "文章索引現在不能用。請執行 lhassist doctor，它會說明原因和辦法。",
        "The index cannot be used right now. Run lhassist doctor: it says why, and what to do.",
    ),
    "error.connection": (
        "连不上服务。请确认它还在运行，然后再试一次。",
        "連不上服務。請確認它還在執行，然後再試一次。",
        "連接不到服務。請確認它仍在運行，然後再試一次。",
        "The service cannot be reached. Please check that it is still running and try again.",
    ),
    "error.unexpected": (
        "出了一点问题，这次没能答上来。请再试一次。",
        "出了一點問題，這次沒能答上來。請再試一次。",
        "出了一點問題，這次未能回答。請再試一次。",
        "Something went wrong and there is no answer this time. Please try again.",
    ),
    "error.gone": (
        "这篇文章已经不在收录之中。",
        "這篇文章已經不在收錄之中。",
        "這篇文章已經不在收錄之中。",
        "This article is no longer in the collection.",
    ),
    "error.retry": ("再试一次", "再試一次", "再試一次", "Try again"),
}

EXAMPLES: Mapping[Language, tuple[str, ...]] = {
    "zh-CN": (
        "漯河2024年上半年GDP增长多少？",
        "贾湖骨笛是用什么骨头做的？",
        "《说文解字》有多少个部首？",
        "漯河这个名字是怎么来的？",
        "12345热线有多少个座席？",
        "小商桥始建于哪一年？",
    ),
    "zh-TW": (
        "漯河2024年上半年GDP增長多少？",
        "賈湖骨笛是用什麼骨頭做的？",
        "《說文解字》有多少個部首？",
        "漯河這個名字是怎麼來的？",
        "12345熱線有多少個座席？",
        "小商橋始建於哪一年？",
    ),
    "zh-HK": (
        "漯河2024年上半年GDP增長多少？",
        "賈湖骨笛是用甚麼骨頭做的？",
        "《說文解字》有多少個部首？",
        "漯河這個名字是怎樣來的？",
        "12345熱線有多少個座席？",
        "小商橋始建於哪一年？",
    ),
    "en": (
        "How fast did Luohe's economy grow in the first half of 2024?",
        "What bone are the Jiahu flutes made of?",
        "How many radicals does the Shuowen Jiezi have?",
        "How did Luohe get its name?",
    ),
}
"""Questions that the sample articles answer. The page offers those that its collection answers."""


def tables() -> dict[Language, dict[str, str]]:
    """Every label by language and key, for the browser."""
    return {
        language: {key: texts[number] for key, texts in _TABLE.items()}
        for number, language in enumerate(LANGUAGES)
    }


def preferred(accept_language: str) -> Language:
    """The language for a reader that has not chosen one yet.

    Args:
        accept_language: The header of that name, such as `zh-Hant-HK,zh;q=0.9,en;q=0.8`; it may
            be empty.

    Returns:
        The first language that the browser asks for and the page has, by quality and then order.
        Chinese of Hong Kong and Macau, and any other Traditional, is told from Simplified by region
        or script.
    """
    wanted = []
    for order, part in enumerate(accept_language.split(",")):
        tag, _, quality = part.partition(";")
        wanted.append((-_quality(quality), order, tag.strip().lower()))
    for refused, _, tag in sorted(wanted):
        language = _language(tag)
        if language is not None and refused < 0:
            return language
    return DEFAULT


def _quality(parameter: str) -> float:
    try:
        return float(parameter.replace(" ", "").removeprefix("q=") or 1)
    except ValueError:
        return 0.0


def _language(tag: str) -> Language | None:
    primary, *subtags = tag.replace("_", "-").split("-")
    if primary == "en":
        return "en"
    if primary not in ("zh", "yue"):
        return None
    if "hans" in subtags:
        return "zh-CN"
    if primary == "yue" or {"hk", "mo"} & set(subtags):
        return "zh-HK"
    return "zh-TW" if {"tw", "hant"} & set(subtags) else "zh-CN"
