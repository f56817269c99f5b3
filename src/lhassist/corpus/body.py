"""The body of a newspaper page: which line goes on with which, and what is no paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from lhassist.corpus import dates, shapes
from lhassist.corpus.lines import Line
from lhassist.corpus.parts import Part, glue

_MAX_CAPTIONS = 8
_MIN_ITEMS = 4
_MIN_ROWS = 2
_MAX_PARAGRAPH = 2000
_COMMON_GAP = 0.2


class Body:
    """The lines below the head, read one by one.

    Attributes:
        parts: Paragraphs, headings and captions in reading order. A caption inside a broken
            sentence follows the paragraph of that sentence.
        imprint: Lines that name authors, editors or sources.
        date: Of a date line below the last paragraph.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.parts: list[Part] = []
        self.imprint: list[str] = []
        self.date: str | None = None
        self._lines = lines
        self._last = max((i for i, x in enumerate(lines) if shapes.is_running(x.text)), default=-1)
        self._gap = usual_gap(lines)
        self._is_indented = _is_indented(lines)
        self._headings = self._find_headings()
        self._paragraph: int | None = None  # the part that the next line may go on with
        self._credits: list[str] = []

    def read(self) -> None:
        """Fills `parts`, `imprint` and `date`."""
        lists = self._find_lists()
        listed = {i for span in lists.values() for i in span}
        for i, line in enumerate(self._lines):
            if i in lists:
                items = "\n".join(self._lines[j].text for j in lists[i])
                self._paragraph = None
                self.parts.append(Part("paragraph", items))
            if i in listed or self._take_imprint(i):
                continue
            if shapes.is_credit(line.text):
                self._take_credit(line.text)
            elif self._is_caption(i):
                caption, credit = shapes.split_credit(line.text)
                self.parts.append(Part("caption", caption, credit=credit))
            elif self._paragraph is not None and self._goes_on(i):
                part = self.parts[self._paragraph]
                self.parts[self._paragraph] = replace(part, text=glue(part.text, line.text))
            elif i in self._headings:
                self.parts.append(Part("heading", line.text))
                self._paragraph = None
            else:
                self._paragraph = len(self.parts)
                self.parts.append(Part("paragraph", line.text))
        if self._credits:
            credit = "；".join(self._credits)
            self.parts = [
                replace(p, credit=p.credit or credit) if p.kind == "caption" else p
                for p in self.parts
            ]

    @property
    def _broken(self) -> str:
        """The last paragraph, where its sentence has no end yet; else empty."""
        text = self.parts[self._paragraph].text if self._paragraph is not None else ""
        return "" if shapes.ends(text) or len(text) > _MAX_PARAGRAPH else text

    def _take_imprint(self, i: int) -> bool:
        text = self._lines[i].text
        if i > self._last and (date := dates.date_line(text)):
            self.date = self.date or date
            return True
        if not shapes.is_imprint(text) or (self._broken and i < self._last):
            return False
        self.imprint.append(text)
        return True

    def _take_credit(self, text: str) -> None:
        """A photographer's line belongs to the caption above it, a source's to the whole page."""
        above = self.parts[-1] if self.parts else None
        if above and above.kind == "caption" and not above.credit and text[-1] in "攝摄":
            self.parts[-1] = replace(above, credit=text)
        else:
            self._credits.append(text)

    def _apart(self, i: int) -> tuple[bool, bool]:
        """Whether more blank lines than usual stand above and below a line, with its credit."""
        end = i + 1
        while end < len(self._lines) and shapes.is_credit(self._lines[end].text):
            end += 1
        below = self._lines[end].gap if end < len(self._lines) else self._gap + 1
        return self._lines[i].gap > self._gap, below > self._gap

    def _is_caption(self, i: int) -> bool:
        text = self._lines[i].text
        if shapes.is_marked_caption(text):
            return True
        if self._last < 0 or not shapes.is_caption_like(text):
            return False
        if self._broken:
            return self._interrupts(i)
        if not shapes.has_stop(text):
            return self._is_caption_without_stop(i)
        follows_caption = bool(self.parts) and self.parts[-1].kind == "caption"
        return "，" not in text and (any(self._apart(i)) or follows_caption)

    def _is_caption_without_stop(self, i: int) -> bool:
        text = self._lines[i].text
        if i in self._headings or shapes.is_numbered(text):
            return False
        below = self._lines[i + 1].text if i + 1 < len(self._lines) else ""
        is_whole = "，" not in text and not shapes.share_a_word(text, below)
        return i > self._last or (all(self._apart(i)) and is_whole)

    def _interrupts(self, i: int) -> bool:
        """Whether a line that looks like a caption stands inside the broken sentence as one.

        It does where a line below it goes on with the sentence better than it does itself.
        """
        below = range(i, min(i + _MAX_CAPTIONS, len(self._lines)))
        run = list(takewhile(lambda j: self._looks_like_caption(self._lines[j].text), below))
        after = run[-1] + 1
        candidates = [*run, after] if after < len(self._lines) else run
        return max(candidates, key=self._continuation) != i

    def _continuation(self, i: int) -> float:
        """How well a line goes on with the broken sentence; the signs are weighed by hand."""
        line, broken = self._lines[i], self._broken
        signs = 3.0 * (shapes.goes_on(line.text) or shapes.splits_quantity(broken, line.text))
        signs += 2 * shapes.share_a_word(broken, line.text)
        signs += 1.5 * shapes.begins_with_scrap(line.text)
        if self._is_indented:
            signs += -3 if line.indented else 1
        open_marks = shapes.unclosed(shapes.open_sentence(broken))
        if not shapes.is_caption_like(line.text):
            return signs - 1 + 2 * (open_marks > 0) - 3 * (i in self._headings)
        above, below = self._apart(i)
        signs += -2.0 if above and below else 0.3 * (below - above)
        return signs + ("，" in line.text) - 2 * (open_marks > 0) - (not shapes.has_stop(line.text))

    @staticmethod
    def _looks_like_caption(text: str) -> bool:
        return (
            shapes.is_caption_like(text) or shapes.is_marked_caption(text) or shapes.is_credit(text)
        )

    def _goes_on(self, i: int) -> bool:
        """Whether a line goes on with the paragraph above it."""
        text = self._lines[i].text
        if not self._broken:
            assert self._paragraph is not None
            above = self.parts[self._paragraph].text[-_MAX_PARAGRAPH:]
            if shapes.unclosed(above) > 0 and shapes.closes(text):
                return True
            is_speech = above[-1] == "：" and text[0] in "「『“"
            return is_speech or (shapes.goes_on(text) and text[0] not in "—…")
        if self._is_indented and self._lines[i].indented and not shapes.goes_on(text):
            return shapes.unclosed(shapes.open_sentence(self._broken)) > 0
        is_heading = i in self._headings and shapes.is_marked_heading(text)
        return not is_heading or shapes.unclosed(shapes.open_sentence(self._broken)) > 0

    def _find_lists(self) -> dict[int, range]:
        """Runs of short lines without stop or comma, by their first: too many to be headings.

        So are the rows of a table, however few.
        """
        lists: dict[int, range] = {}
        start = 0
        for i in range(len(self._lines) + 1):
            text = self._lines[i].text if i < len(self._lines) else ""
            if text and (shapes.is_item(text) or shapes.is_row(text)):
                continue
            rows = sum(shapes.is_row(line.text) for line in self._lines[start:i])
            if i - start >= _MIN_ITEMS or rows >= _MIN_ROWS:
                lists[start] = range(start, i)
            start = i + 1
        return lists

    def _find_headings(self) -> frozenset[int]:
        """The section headings: those marked by their form, or else all that look like one.

        Where some stand apart from the text below and some do not, the former are captions, unless
        the captions of this page end in a stop.
        """
        lines = self._lines[: self._last + 1]
        marked = [i for i, line in enumerate(lines) if shapes.is_marked_heading(line.text)]
        if marked:
            return frozenset(marked)
        found = [
            i
            for i, (line, below) in enumerate(pairwise(lines))
            if shapes.is_heading_like(line.text, below.text)
        ]
        captions_stop = any(
            all(self._apart(i)) and shapes.is_caption_like(line.text) and shapes.has_stop(line.text)
            for i, line in enumerate(lines)
        )
        attached = [i for i in found if captions_stop or not self._apart(i)[1]]
        return frozenset(attached or found)


def usual_gap(lines: Sequence[Line]) -> int:
    """How many blank lines stand between two paragraphs: the least of the gaps that are common."""
    gaps = Counter(line.gap for line in lines[1:])
    least = len(lines) * _COMMON_GAP
    return min((gap for gap, count in gaps.items() if count > least), default=0)


def _is_indented(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with a blank of two characters on this page."""
    running = [line.indented for line in lines if shapes.is_running(line.text)]
    return sum(running) * 2 > len(running)
