"""Questions that the first page offers."""

from __future__ import annotations

from collections.abc import Mapping

from lhassist.ui.labels import Language

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

SAMPLE_TEXT = (
    "漯河2024年上半年GDP增长8.7%，增速全省第一。贾湖骨笛用鹤类的尺骨制成。"
    "《说文解字》立540个部首。漯河地铁有三条线。"
)
"""A text to try the check with: true, false and unknown statements over the sample articles."""
