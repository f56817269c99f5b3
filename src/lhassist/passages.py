"""Documents become passages, passages sentences and groups, all as exact stretches of the text.

Three sizes, because three things are asked of a text. A passage (200 to 400 characters) is what is
found and shown: enough to understand. A sentence is what is quoted. A group (about 50 characters)
gets a vector: the best group finds a passage better than one vector of the whole does.

Sizes are in Chinese characters; a text in Latin letters may be three times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf

from lhassist.schema import Block, Document, Origin, Passage, PassageKind, Span

PASSAGE_LENGTH = 300
MAX_PASSAGE = 400
GROUP_LENGTH = 50
MAX_CLAUSE = 150
MIN_GROUP_HAN = 15
"""A shorter group attracts every question in another language; a lone 。 does most."""

_LATIN_SCALE = 3
_LEAST_HAN_SHARE = 0.2
_MAX_PROTECTED = 120
_MAX_NESTING = 8
_LEAST_BEFORE_DOTS = 10
_LONGEST_WORD = 60

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CLOSERS = "」』”’）)》〉】〕］\"'"
_PAIRS = dict(zip("「『“（(《〈【", "」』”）)》〉】", strict=True))
_BRACKET = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]|\n")

# Where a sentence may end: line breaks, and stops with the marks that close with them.
_STOP = re.compile(
    rf"(?P<line>\n\s*)|"
    rf"(?:(?P<dots>…+|\.{{3,}}|。{{2,}})|(?P<latin>[.．])|(?P<half>[!?]+)|[。！？｡!?]+)"
    rf"(?P<closers>[{_CLOSERS}]*)"
)
# What cannot begin a sentence. A stop before 的 stood inside a quotation: 「你好！」的招牌.
_NO_START = re.compile(r"[ 　]*[，、；：。！？!?,;:…—～」』”’）)》〉】]")
_NO_START_AFTER_QUOTE = re.compile("[的](?![確确士])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Rev|Hon|St|Jr|Sr|Inc|Ltd|Co|Corp|"
    r"No|Nos|Vol|Fig|pp?|vs|etc|cf|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|"
    r"\b[A-Za-z]|(?<![Ａ-Ｚａ-ｚ])[Ａ-Ｚａ-ｚ])\Z",
    re.ASCII,
)
_ITEM_NUMBER = re.compile(r"(?<![\d.])\d{1,2}\Z")
_HAN_DIGITS = "〇零一二三四五六七八九"

_CLAUSE_END = re.compile(
    rf"(?:[；;，、—…。！？!?\n]|[,:：](?!\d))+[{_CLOSERS}]*(?![；;：，、—…。！？!?{_CLOSERS}])"
)
# How unwelcome the end of a group is after a clause that ends like this.
_BREAKS = ((re.compile(rf"[；;。！？!?\n][{_CLOSERS}]*\Z"), 0.1), (re.compile(r"、\Z"), 0.4))
_INSIDE_WORD = re.compile(r"(?<=[A-Za-z\d.,:/％%])(?=[A-Za-z\d.,:/％%])|(?<=\d)(?=[\u4e00-\u9fff])")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Finds the sentences of a stretch of text.

    A sentence ends at 。！？, their half-width forms, a Latin full stop or a line break; with the
    closing quotation marks and brackets that follow. It does not end inside a number, after an
    initial or an abbreviation, nor within a quotation or parenthesis of up to 120 characters. A
    semicolon does not end it; …… does where enough stands before it.

    Args:
        text: The whole text; offsets refer to it.
        start: Where the stretch begins.
        end: Where it ends; None for the end of the text.

    Returns:
        The sentences in order, without white space around them; they cover everything else.
    """
    end = len(text) if end is None else end
    protected, _ = _protected(text, start, end, _MAX_PROTECTED)
    found: list[Span] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop["line"] or (
            not _is_inside(stop.end() - 1, protected) and _ends_sentence(text, stop, begin, end)
        ):
            found += _trimmed(text, begin, stop.end())
            begin = stop.end()
    return [*found, *_trimmed(text, begin, end)]


def unclosed(text: str) -> int | None:
    """Where the first quotation or parenthesis begins that more text may close, if there is one.

    No sentence that ends behind it is certain to end there.
    """
    return _protected(text, 0, len(text), _MAX_PROTECTED)[1]


def split(document: Document) -> tuple[Passage, ...]:
    """Splits an article into passages.

    Captions are passages of their own. The paragraphs under a section heading are divided into
    passages of whole sentences, at the ends of paragraphs where the lengths allow it; a paragraph
    that announces a list (it ends in a colon) stays with what follows. Headings are context, no
    passages. Written and machine-read paragraphs do not share a passage.

    Returns:
        In reading order. Every character of a paragraph, but for white space, is in exactly one.
    """
    scale = _scale(document.text)
    found: list[Passage] = []
    heading = ""
    run: list[Block] = []
    origin: Origin = "written"
    for block in document.blocks:
        if run and (block.kind, block.origin) != ("paragraph", run[-1].origin):
            found += _body(document, run, heading, scale)
            run = []
        if block.origin != origin:
            heading, origin = "", block.origin
        if block.kind == "paragraph":
            run.append(block)
        elif block.kind == "heading":
            heading = document.text[block.span.start : block.span.end]
        else:
            for caption in _trimmed(document.text, block.span.start, block.span.end):
                found.append(_passage(document, "caption", [caption], heading))
    return (*found, *_body(document, run, heading, scale))


def whole(document: Document) -> Passage:
    """Makes one passage of a whole article, for sets that judge whole documents.

    Raises:
        ValueError: The article has no text.
    """
    spans = sentences(document.text)
    if not spans:
        raise ValueError(f"{document.id}: no text")
    return _passage(document, "body", spans, "")


def _body(document: Document, run: Sequence[Block], heading: str, scale: int) -> Iterator[Passage]:
    """Divides paragraphs that follow each other into passages."""
    text = document.text
    units: list[Span] = []
    breaks: list[float] = []
    for paragraph in run:
        for sentence in sentences(text, paragraph.span.start, paragraph.span.end):
            pieces = _cut_long(text, sentence, scale)
            units += pieces
            breaks += [6.0] * (len(pieces) - 1) + [1.0]
        if breaks:
            breaks[-1] = 4.0 if text[units[-1].end - 1] in "：:" else 0.0

    def cost(first: int, last: int) -> float:
        length = (units[last].end - units[first].start) / scale
        return ((length - PASSAGE_LENGTH) / 100) ** 2 + breaks[last]

    for part in _divide(units, cost, MAX_PASSAGE * scale):
        yield _passage(document, "body", part, heading)


def _passage(document: Document, kind: PassageKind, spans: Sequence[Span], heading: str) -> Passage:
    start, end = spans[0].start, spans[-1].end
    said = document.said_at(Span(start, end))
    return Passage(
        document_id=document.id,
        kind=kind,
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=tuple(spans),
        groups=tuple(_groups(document.text, spans)),
        title=document.title,
        heading=heading,
        origin=document.origin_at(start),
        time=said[1] if said else None,
    )


def _groups(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Divides sentences into groups of about `GROUP_LENGTH`, at clause ends where need be."""
    scale = _scale(text[spans[0].start : spans[-1].end])
    units: list[Span] = []
    breaks: list[float] = []
    ends: list[int] = []
    for sentence in spans:
        clauses = _clauses(text, sentence, MAX_CLAUSE * scale)
        units += clauses
        breaks += [_break(text, clause) for clause in clauses[:-1]] + [0.0]
        ends.append(len(units) - 1)
    for number, (sentence, following) in enumerate(pairwise(spans)):
        if "\n" in text[sentence.end : following.start]:
            breaks[ends[number]] = -0.5
    weights = [_weight(text[unit.start : unit.end], scale) for unit in units]
    before = list(accumulate(weights, initial=0.0))
    least = min(MIN_GROUP_HAN, before[-1])

    def cost(first: int, last: int) -> float:
        if before[last + 1] - before[first] < least:
            return inf
        length = (units[last].end - units[first].start) / scale
        return (length / GROUP_LENGTH - 1) ** 2 + breaks[last]

    for part in _divide(units, cost, 2 * GROUP_LENGTH * scale):
        yield Span(part[0].start, part[-1].end)


def _divide(
    units: Sequence[Span], cost: Callable[[int, int], float], longest: int
) -> Iterator[Sequence[Span]]:
    """Divides units into parts of the least total cost.

    Args:
        units: In order.
        cost: Of a part, by the numbers of its first and last unit; infinite where it may not be.
            The part of all units must be allowed.
        longest: Longer parts are tried only where no shorter one is allowed.

    Yields:
        The units of each part.
    """
    best = [0.0]
    begins: list[int] = []
    for last, unit in enumerate(units):
        choice, begin = inf, 0
        for first in range(last, -1, -1):
            if unit.end - units[first].start > longest and choice < inf:
                break
            total = best[first] + cost(first, last)
            if total < choice:
                choice, begin = total, first
        best.append(choice)
        begins.append(begin)
    parts: list[Sequence[Span]] = []
    end = len(units)
    while end:
        parts.append(units[begins[end - 1] : end])
        end = begins[end - 1]
    yield from reversed(parts)


def _cut_long(text: str, sentence: Span, scale: int) -> list[Span]:
    """A sentence, in pieces at clause ends where it is longer than a passage may be."""
    longest = MAX_PASSAGE * scale
    if sentence.end - sentence.start <= longest:
        return [sentence]
    clauses = _clauses(text, sentence, longest)

    def cost(first: int, last: int) -> float:
        return ((clauses[last].end - clauses[first].start) / scale / PASSAGE_LENGTH - 1) ** 2

    return [Span(p[0].start, p[-1].end) for p in _divide(clauses, cost, longest)]


def _clauses(text: str, sentence: Span, longest: int) -> list[Span]:
    """The clauses of a sentence, none longer than `longest`; they cover all but white space."""
    protected, _ = _protected(text, sentence.start, sentence.end, GROUP_LENGTH)
    found: list[Span] = []
    begin = sentence.start
    for end in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        if not _is_inside(end.end() - 1, protected):
            found += _hard_cut(text, begin, end.end(), longest)
            begin = end.end()
    return [*found, *_hard_cut(text, begin, sentence.end, longest)]


def _hard_cut(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    """Cuts what has no clauses, but not inside a word or number of reasonable length."""
    while end - start > longest:
        cut = start + longest
        while cut > start + longest - _LONGEST_WORD and _INSIDE_WORD.match(text, cut):
            cut -= 1
        if _INSIDE_WORD.match(text, cut):
            cut = start + longest
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _break(text: str, clause: Span) -> float:
    written = text[max(clause.start, clause.end - 4) : clause.end]
    return next((cost for pattern, cost in _BREAKS if pattern.search(written)), 0.2)


def _ends_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """Whether a stop outside every quotation ends the sentence that began at `begin`."""
    after = stop.end()
    if after >= end:
        return True
    if _NO_START.match(text, after) or (
        stop["closers"] and _NO_START_AFTER_QUOTE.match(text, after)
    ):
        return False
    following = text[after]
    if re.search("[》〉]", stop["closers"]):
        return False
    if stop["dots"]:
        return stop.start() - begin >= _LEAST_BEFORE_DOTS and not following.islower()
    if stop["latin"]:
        return _latin_stop_ends(text, stop.start(), begin, after)
    return not (stop["half"] and following.isascii() and following.isalnum())


def _latin_stop_ends(text: str, at: int, begin: int, after: int) -> bool:
    """Whether `.` ends a sentence, and not an abbreviation, an initial, or a part of a number."""
    before, following = text[max(begin, at - 12) : at], text[after]
    if following.isascii() and not following.isspace():
        return False
    if following.isdigit() or not before.strip() or text[begin:at].strip().isdigit():
        return False
    if before[-1] in _HAN_DIGITS and following in _HAN_DIGITS:
        return False
    if _ABBREVIATION.search(before) or (not following.isspace() and _ITEM_NUMBER.search(before)):
        return False
    return not text[after : after + 3].lstrip()[:1].islower()


def _protected(text: str, start: int, end: int, longest: int) -> tuple[list[Span], int | None]:
    """The outermost quotations and parentheses that close in their line and are not too long.

    And where the first one begins that is open at the end, if there is one.
    """
    found: list[Span] = []
    awaited: list[tuple[str, int]] = []
    for bracket in _BRACKET.finditer(text, start, end):
        c, at = bracket[0], bracket.start()
        if c == "\n":
            awaited.clear()
        elif c in _PAIRS:
            awaited = [*awaited[1 - _MAX_NESTING :], (_PAIRS[c], at)]
        else:
            opened = max((i for i, (mark, _) in enumerate(awaited) if mark == c), default=None)
            if opened is None:
                continue
            begin = awaited[opened][1]
            del awaited[opened:]
            if at - begin <= longest:
                while found and found[-1].start > begin:
                    found.pop()
                found.append(Span(begin, at))
    return found, awaited[0][1] if awaited else None


def _is_inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether a place lies in one of the spans; its end, a closing mark, is outside."""
    number = bisect_right(spans, at, key=lambda span: span.start) - 1
    return number >= 0 and at < spans[number].end


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch without the white space around it; nothing where there is nothing else."""
    piece = text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(piece.strip()))


def _scale(text: str) -> int:
    """How many times longer a text may be than one in Chinese characters."""
    han = len(_HAN.findall(text))
    return 1 if han >= _LEAST_HAN_SHARE * len(text) else _LATIN_SCALE


def _weight(text: str, scale: int) -> float:
    """The Chinese characters of a text; a third of all, where it is not in Chinese."""
    return len(_HAN.findall(text)) if scale == 1 else len(text) / scale
