"""The page's frame: masthead, topics, panel, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
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
    "views.label": ("栏目", "欄目", "欄目", "Sections"),
    "view.ask": ("提问", "提問", "提問", "Ask"),
    "view.check": ("核对", "查核", "核對", "Check"),
    "view.library": ("文库", "文庫", "文庫", "Library"),
    "view.evaluation": ("评测", "評測", "評測", "Evaluation"),
    "page.new": ("新对话", "新對話", "新對話", "Start anew"),
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
