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
    "worded.model": (
        "文字由语言模型 {model} 组织，每一句都与出处核对过。",
        "文字由語言模型 {model} 組織，每一句都與出處核對過。",
        "文字由語言模型 {model} 組織，每一句都與出處核對過。",
        "Worded by the language model {model}; every sentence was checked against its source.",
    ),
    "quoted.timeout": (
        "语言模型没有及时作答，答案照文章原句。",
        "語言模型沒有及時作答，回答照文章原句。",
        "語言模型未能及時作答，答案照文章原句。",
        "The language model was late; the answer is in the words of the articles.",
    ),
    "quoted.error": (
        "语言模型出了故障，答案照文章原句。",
        "語言模型出了故障，回答照文章原句。",
        "語言模型出現故障，答案照文章原句。",
        "The language model failed; the answer is in the words of the articles.",
    ),
    "quoted.empty": (
        "语言模型没有作答，答案照文章原句。",
        "語言模型沒有作答，回答照文章原句。",
        "語言模型沒有作答，答案照文章原句。",
        "The language model said nothing; the answer is in the words of the articles.",
    ),
    "quoted.ungrounded": (
        "语言模型所写与出处对不上，已弃去；答案照文章原句。",
        "語言模型所寫與出處對不上，已捨去；回答照文章原句。",
        "語言模型所寫與出處對不上，已捨去；答案照文章原句。",
        "What the language model wrote is not borne out and was dropped; "
        "the answer is in the words of the articles.",
    ),
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
    "chart.point": (
        "{period}：{value}。出处 {n}：{title}。打开原文",
        "{period}：{value}。出處 {n}：{title}。開啟原文",
        "{period}：{value}。出處 {n}：{title}。打開原文",
        "{period}: {value}. Source {n}: {title}. Open the article",
    ),
    "chart.cut": (
        "纵轴不从 0 起，起伏看上去比实际大。",
        "縱軸不從 0 起，起伏看起來比實際大。",
        "縱軸不從 0 起，起伏看上去比實際大。",
        "The axis does not begin at 0: changes look larger than they are.",
    ),
    "table.what": ("指标", "指標", "指標", "Figure"),
    "table.period": ("时间", "時間", "時間", "Period"),
    "table.value": ("数值", "數值", "數值", "Value"),
    "refused.topics": (
        "不妨从这些方面看起：",
        "不妨從這些方面看起：",
        "不妨從這些方面看起：",
        "You could start from here:",
    ),
    # Under an answer
    "tools.label": ("这条答案", "這則回答", "這則答案", "This answer"),
    "tools.copy": ("复制", "複製", "複製", "Copy"),
    "tools.copied": ("已复制", "已複製", "已複製", "Copied"),
    "tools.speak": ("朗读", "朗讀", "朗讀", "Read aloud"),
    "tools.quiet": ("停止朗读", "停止朗讀", "停止朗讀", "Stop reading"),
    "tools.found": ("查了哪些段落", "查了哪些段落", "查了哪些段落", "What was searched"),
    "tools.up": ("有用", "有用", "有用", "Helpful"),
    "tools.down": ("没用", "沒用", "沒用", "Not helpful"),
    "found.explained": (
        "查到 {n} 段，按得分排列。得分约等于这一段正是所问的可能。",
        "查到 {n} 段，按得分排列。得分約等於這一段正是所問的可能。",
        "查到 {n} 段，按得分排列。得分約等於這一段正是所問的可能。",
        "{n} passages were found, best first. A score is about how likely the passage is right.",
    ),
    "found.scores": (
        "得分 {score} · 语义 {meaning} · 字词 {words}",
        "得分 {score} · 語意 {meaning} · 字詞 {words}",
        "得分 {score} · 語義 {meaning} · 字詞 {words}",
        "score {score} · meaning {meaning} · words {words}",
    ),
    "found.cited": ("答案所引", "回答所引", "答案所引", "quoted"),
    "further.heading": ("接着问", "接著問", "接着問", "Go on with"),
    "opinion.why": ("哪里没用？", "哪裡沒用？", "哪裏沒用？", "What is wrong with it?"),
    "opinion.wrong": ("答错了", "答錯了", "答錯了", "It is wrong"),
    "opinion.incomplete": ("没答全", "沒答全", "沒答全", "Something is missing"),
    "opinion.source": ("出处不支持", "出處不支持", "出處不支持", "The quote does not say so"),
    "opinion.unclear": ("看不明白", "看不明白", "看不明白", "It is hard to understand"),
    "opinion.comment": (
        "想说的话（可不填）",
        "想說的話（可不填）",
        "想說的話（可不填）",
        "Your words, if any",
    ),
    "opinion.send": ("送出", "送出", "送出", "Send"),
    "opinion.thanks": (
        "记下了，谢谢。",
        "記下了，謝謝。",
        "記下了，多謝。",
        "Noted. Thank you.",
    ),
    "error.opinion": (
        "这次没能记下来。",
        "這次沒能記下來。",
        "這次未能記下。",
        "It could not be noted this time.",
    ),
}
