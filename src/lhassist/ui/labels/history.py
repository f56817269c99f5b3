"""A reader's conversations, which the browser keeps."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "history.open": ("对话记录", "對話記錄", "對話記錄", "Conversations"),
    "history.heading": ("对话记录", "對話記錄", "對話記錄", "Conversations"),
    "history.explained": (
        "对话只存在这个浏览器里。",
        "對話只存在這個瀏覽器裡。",
        "對話只存在這個瀏覽器裏。",
        "Conversations are kept in this browser only.",
    ),
    "history.none": ("还没有对话。", "還沒有對話。", "還沒有對話。", "There are none yet."),
    "history.meta": (
        "{date} · {n} 问",
        "{date} · {n} 問",
        "{date} · {n} 問",
        "{date} · {n} asked",
    ),
    "history.rename": ("改名", "改名", "改名", "Rename"),
    "history.name": ("对话的名字", "對話的名字", "對話的名字", "Name of the conversation"),
    "history.save": ("保存", "儲存", "儲存", "Save"),
    "history.delete": ("删除", "刪除", "刪除", "Delete"),
    "history.sure": ("确定删除？", "確定刪除？", "確定刪除？", "Really delete?"),
    "history.markdown": (
        "导出为 Markdown",
        "匯出為 Markdown",
        "匯出為 Markdown",
        "Export as Markdown",
    ),
    "history.json": ("导出为 JSON", "匯出為 JSON", "匯出為 JSON", "Export as JSON"),
    "history.import": ("导入对话", "匯入對話", "匯入對話", "Import a conversation"),
    "history.imported": (
        "已导入“{title}”。",
        "已匯入「{title}」。",
        "已匯入「{title}」。",
        "“{title}” was imported.",
    ),
    "history.full": (
        "浏览器存不下了，最早的对话已让出位置。",
        "瀏覽器存不下了，最早的對話已讓出位置。",
        "瀏覽器存不下了，最早的對話已讓出位置。",
        "The browser is full; the oldest conversation has made room.",
    ),
    "quote.changed": (
        "文章后来改过，现在没有这句话。当时的原句：",
        "文章後來改過，現在沒有這句話。當時的原句：",
        "文章後來改過，現在沒有這句話。當時的原句：",
        "The article has changed and no longer says this. It said then:",
    ),
    "quote.gone": (
        "这篇文章已经不在收录之中。当时的原句：",
        "這篇文章已經不在收錄之中。當時的原句：",
        "這篇文章已經不在收錄之中。當時的原句：",
        "This article is no longer in the collection. It said then:",
    ),
    "error.import": (
        "这个文件里没有能用的对话。请选从这里导出的 Markdown 或 JSON 文件。",
        "這個檔案裡沒有能用的對話。請選從這裡匯出的 Markdown 或 JSON 檔案。",
        "這個檔案裏沒有能用的對話。請選從這裏匯出的 Markdown 或 JSON 檔案。",
        "There is no conversation in this file. Choose a Markdown or JSON file exported from here.",
    ),
}
