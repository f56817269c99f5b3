"""Asking with the voice or a picture; recordings and films that are cited."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    # Asking
    "wording.dictate": ("用话筒提问", "用麥克風提問", "用咪高峰提問", "Ask by voice"),
    "wording.stop": ("说完了", "說完了", "說完了", "Finish recording"),
    "wording.attach.picture": ("用图片提问", "用圖片提問", "用圖片提問", "Ask with a picture"),
    "wording.attach.sound": ("用录音提问", "用錄音提問", "用錄音提問", "Ask with a recording"),
    "wording.attach.both": (
        "用图片或录音提问",
        "用圖片或錄音提問",
        "用圖片或錄音提問",
        "Ask with a picture or a recording",
    ),
    "wording.recording": (
        "正在录音，说完再按一次话筒；最长 {n} 秒。",
        "正在錄音，說完再按一次麥克風；最長 {n} 秒。",
        "正在錄音，說完再按一次咪高峰；最長 {n} 秒。",
        "Recording. Press again when you are done; {n} seconds at most.",
    ),
    "wording.working.sound": ("正在听写……", "正在聽寫……", "正在聽寫……", "Writing it down …"),
    "wording.working.picture": (
        "正在读图片……",
        "正在讀圖片……",
        "正在讀圖片……",
        "Reading the picture …",
    ),
    "wording.check.sound": (
        "这是机器听写的，请改对再提问。",
        "這是機器聽寫的，請改對再提問。",
        "這是機器聽寫的，請改好再提問。",
        "Written down by a machine. Correct it, then ask.",
    ),
    "wording.check.picture": (
        "这是机器从图片上读出的字，请改对再提问。",
        "這是機器從圖片上讀出的字，請改對再提問。",
        "這是機器從圖片上讀出的字，請改好再提問。",
        "Read off the picture by a machine. Correct it, then ask.",
    ),
    "wording.known": (
        "收录了这张图片，这是它的说明。请写成问题再提问。",
        "收錄了這張圖片，這是它的說明。請寫成問題再提問。",
        "收錄了這張圖片，這是它的說明。請寫成問題再提問。",
        "The collection holds this picture; this is its caption. Make it a question, then ask.",
    ),
    "wording.open": ("打开《{title}》", "開啟《{title}》", "打開《{title}》", "Open “{title}”"),
    "wording.none.sound": (
        "没有听出话来。请靠近话筒慢慢说一两句，或者换一个录音文件。",
        "沒有聽出話來。請靠近麥克風慢慢說一兩句，或者換一個錄音檔。",
        "聽不出說話。請靠近咪高峰慢慢說一兩句，或者換一個錄音檔案。",
        "No words were heard. Speak a sentence or two close by, or choose another recording.",
    ),
    "wording.none.picture": (
        "图片上没有读出字，收录的图片里也没有这一张。请换一张，或者写出问题。",
        "圖片上沒有讀出字，收錄的圖片裡也沒有這一張。請換一張，或者寫出問題。",
        "圖片上讀不出字，收錄的圖片裏也沒有這一張。請換一張，或者寫出問題。",
        "No words were read off it, and the collection has no such picture. Try another, or type.",
    ),
    "wording.size": (
        "文件太大：最多 {n} 百万字节。",
        "檔案太大：最多 {n} 百萬位元組。",
        "檔案太大：最多 {n} 百萬位元組。",
        "The file is too large: {n} MB at most.",
    ),
    "wording.format": (
        "这里读不了这种文件。可以用的：{formats}",
        "這裡讀不了這種檔案。可以用的：{formats}",
        "這裏讀不到這種檔案。可以用的：{formats}",
        "Such a file cannot be read here. These can: {formats}",
    ),
    "wording.denied": (
        "浏览器没有让用话筒。请在地址栏旁边允许，或者选一个录音文件。",
        "瀏覽器沒有讓用麥克風。請在網址列旁邊允許，或者選一個錄音檔。",
        "瀏覽器不讓用咪高峰。請在網址列旁邊允許，或者選一個錄音檔案。",
        "The browser did not allow the microphone. Allow it beside the address, or choose a file.",
    ),
    # What is cited
    "origin.ocr": (
        "机器从图片上读出",
        "機器從圖片上讀出",
        "機器從圖片上讀出",
        "read off a picture",
    ),
    "origin.speech": ("机器听写", "機器聽寫", "機器聽寫", "machine transcript"),
    "origin.subtitles": ("字幕", "字幕", "字幕", "subtitles"),
    "origin.time": ("{start} 起", "{start} 起", "{start} 起", "from {start}"),
    "recordings.heading": (
        "相关录音和影片",
        "相關錄音和影片",
        "相關錄音和影片",
        "Recordings and films",
    ),
    "recording.missing": ("文件未收录", "檔案未收錄", "檔案未收錄", "File not in the collection"),
    "recording.unplayed": (
        "浏览器放不了，可以下载文件",
        "瀏覽器無法播放，可以下載檔案",
        "瀏覽器無法播放，可以下載檔案",
        "The browser cannot play this; download the file",
    ),
    "recording.play": ("播放：{caption}", "播放：{caption}", "播放：{caption}", "Play: {caption}"),
}
