"""Who says it: what somebody else says is not told without the one who says so."""

from __future__ import annotations

import re

from lhassist.schema import Passage, Span
from lhassist.script import fold

_OPENING, _CLOSING = "“「『", "”」』"
# 文章说 goes on with the essay that the sentence before names, 他说 with the person.
_WHO = (
    r"(?:这篇|该)?(?:文章|文中|作者|报道|报导|对方|前者|后者|[他她]们?)"
    r"|(?:该|这[位名家个篇份]|上述)[一-鿿]{1,6}?|[厂校园院馆村社]方"
)
_GOES_ON = re.compile(
    rf"(?:(?:另外|此外|同时|不过|但是?)[，,]?)?"
    rf"(?:(?:{_WHO})(?:还|也|又|接着|同时)?(?:说|称|写道|认为|介绍|表示|提到|指出|估计|预计|透露)"
    rf"|(?:据|按照?|根据)(?:{_WHO}|其)的?(?:介绍|说法|统计|估计|说|讲|报道|报导)"
    rf"|在(?:{_WHO})看来)"
)
_SPEAKER_AFTER = re.compile(
    r"[^。！？“”「」『』]{2,20}?(?:说|表示|介绍|称|认为|写道|指出|回忆|告诉[^。]{1,6})[道着]?[。！]"
)
_LONGEST_SPEECH = 160
_GIVEN = re.compile(
    r"(?:^|[，。；：])(?:据|按照?|根据|[^，。；：]{0,4}听)(?P<who>[^，。；：]{2,14}?)"
    r"(?:的?(?:介绍|统计|测算|说法|报道|报导|记载|口径|数据)|讲|说)?，"
)
_SAYS = re.compile(
    r"(?:^|[，。；：])[而也只]?有?(?P<who>[^，。；：]{2,14}?)(?:[把将][^，。；：]{1,8})?[则却还也曾]?"
    r"(?:的说法是|称(?![为作号得])|(?<![小传听一])说(?![法明到的起])|认为|表示|介绍|写作|写的是|写道|写着|记为"
    r"|记作|预计|估计|显示)"
)
_PAUSE = re.compile(r"[，。！？；：,!?;:]|\.\s")
_WHEN = re.compile(r"^[今去前]年(?:\d{1,2}月)?(?:\d{1,2}日)?的?")
_NOBODY = re.compile("一说|一种|换句|就是|如果|可以|应该|不能|没有")
_UNNAMED = re.compile("(?:这篇|该)?(?:文章|文中|作者|报道|报导|对方|[他她])")
_MOST_SENTENCES = 3
"""Before the one that is quoted: a longer speech is no single quote any more."""


def said_by(text: str) -> str:
    """Whose words a folded text ends with, as it names them; empty where it names nobody.

    据旧志记载，… is 旧志, 2022年的一篇报导称，… is 2022年的一篇报导.
    """
    found = [*_GIVEN.finditer(text), *_SAYS.finditer(text)]
    who = max(found, key=lambda match: match.start())["who"] if found else ""
    return "" if _NOBODY.search(who) else _WHEN.sub("", who)


def is_named(who: str) -> bool:
    """Whether what `said_by` gives says who it is: 文章 alone does not."""
    return bool(who) and _UNNAMED.fullmatch(who) is None


def without_speech(text: str) -> str:
    """A folded text without what it quotes at length; names in quotation marks stay."""
    kept = ""
    begun: list[int] = []
    for c in text:
        if c in _OPENING:
            begun.append(len(kept))
        kept += c
        if c in _CLOSING and begun and _PAUSE.search(kept, at := begun.pop()):
            kept = kept[:at]
    # The end of a long quotation may be in the next sentence.
    return kept[: begun[0]] if begun and _PAUSE.search(kept, begun[0]) else kept


def with_speaker(passage: Passage, span: Span) -> Span:
    """A stretch of a passage with what tells who says it.

    That comes behind a quotation with which the stretch begins (“…。…。”厂长说。), or before the
    stretch where it begins inside a quotation or goes on with a source named before (文章说，…). It
    never leaves its paragraph. Where that does not tell, or only far off, the stretch stays.

    Args:
        passage: The passage.
        span: One sentence of it or more, in offsets of the article.
    """
    starts = [sentence.start for sentence in passage.sentences]
    if span.start not in starts:
        return span
    after = _with_speaker_after(passage, span)
    if after is not None:
        return after
    at = starts.index(span.start)
    first = at
    while first and at - first < _MOST_SENTENCES and _needs_before(passage, starts[first]):
        first -= 1
    return span if _needs_before(passage, starts[first]) else Span(starts[first], span.end)


def _with_speaker_after(passage: Passage, span: Span) -> Span | None:
    """A stretch up to who speaks behind the quotation that it begins; None where it begins none."""
    text = fold(passage.text)
    begin, end = span.start - passage.start, span.end - passage.start
    if text[begin] not in _OPENING:
        return None
    closes = re.compile(f"[{_CLOSING}]").search(text, begin + 1, begin + _LONGEST_SPEECH)
    if closes is None or "\n" in text[begin : closes.end()]:
        return None
    speaker = _SPEAKER_AFTER.match(text, closes.end())
    if speaker is None or speaker.end() <= end:
        return None
    return Span(span.start, passage.start + speaker.end())


def _needs_before(passage: Passage, start: int) -> bool:
    text = fold(passage.text)
    at = start - passage.start
    before = text[:at].rpartition("\n")[2].rstrip()
    if not before:
        return False
    opened = sum(c in _OPENING for c in before) - sum(c in _CLOSING for c in before)
    return opened > 0 or _GOES_ON.match(text, at) is not None
