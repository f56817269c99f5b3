"""The small pieces of HTML that answers and articles share; every text is escaped here.

Fragments carry no label texts, only their names (see `labels`): the browser fills them in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from lhassist.schema import Citation, Media, Origin, Published, ReaderScript, TimeRange
from lhassist.ui.labels import FONT_TAG

PictureUrl = Callable[[Media], str | None]
"""Where the browser gets a picture; None where the collection does not hold it."""


def label(
    key: str, *, tag: str = "span", classes: str = "", attributes: str = "", **values: str | int
) -> str:
    """An element whose text is a label.

    Args:
        key: The label's name.
        tag: The element.
        classes: Its classes.
        attributes: More attributes, escaped already.
        **values: What stands in the label's braces.
    """
    names = f' class="{classes}"' if classes else ""
    more = f" {attributes}" if attributes else ""
    return f'<{tag}{names}{more} data-label="{key}"{arguments(**values)}></{tag}>'


def arguments(**values: str | int) -> str:
    """The attribute with what stands in a label's braces; empty for none."""
    return f' data-args="{escape(json.dumps(values, ensure_ascii=False))}"' if values else ""


def topic_button(topic: str) -> str:
    """The button that opens a topic."""
    return label(f"topic.{topic}", tag="button", attributes=f'type="button" data-topic="{topic}"')


def opens(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The attributes of a button that opens an article: at a quote, or at its head."""
    span = "" if start is None else f' data-start="{start}" data-end="{end}"'
    return f' data-document="{escape(document_id)}"{span}'


def date(published: Published | None, *, basis: bool = False) -> str:
    """When an article appeared; an inferred date says so, and its basis where there is room."""
    if published is None:
        return label("date.none", classes="date")
    if not published.inferred:
        return label("date.known", classes="date", date=published.date)
    key = "date.basis" if basis and published.basis else "date.inferred"
    return label(key, classes="date", date=published.date, basis=published.basis)


def figure(
    media: Media, script: ReaderScript, url: str | None, caption: str, origin: str = ""
) -> str:
    """A picture with its caption, or the empty frame of one that the collection does not hold.

    Args:
        media: The picture.
        script: What its caption is written in.
        url: Where the browser gets it; None where it is not held.
        caption: The caption as HTML.
        origin: What stands under the caption, as HTML.
    """
    lang = FONT_TAG[script]
    if url is None:
        frame = label("picture.missing", tag="div", classes="missing")
    else:
        frame = (
            '<button type="button" class="enlarge" data-label-aria="picture.enlarge"'
            f"{arguments(caption=media.caption)}>"
            f'<img src="{escape(url)}" alt="{escape(media.caption)}" lang="{lang}" loading="lazy">'
            "</button>"
        )
    credit = label("picture.credit", classes="credit", credit=media.credit) if media.credit else ""
    return (
        f'<figure>{frame}<figcaption><span lang="{lang}">{caption}</span>{credit}{origin}'
        "</figcaption></figure>"
    )


def recording(
    media: Media,
    script: ReaderScript,
    url: str | None,
    caption: str,
    *,
    time: TimeRange | None = None,
    origin: str = "",
) -> str:
    """A sound or film with its caption, ready to play.

    Args:
        media: The sound or film.
        script: What its caption is written in.
        url: Where the browser gets it; None where it is not held.
        caption: The caption as HTML.
        time: What to play of it; None plays all.
        origin: What stands under the caption, as HTML.
    """
    if url is None:
        player = label("recording.missing", tag="div", classes="missing")
    else:
        tag = "video" if media.kind == "video" else "audio"
        stretch = f"#t={time.start:g},{time.end:g}" if time else ""
        player = (
            f'<{tag} controls preload="metadata" src="{escape(url + stretch)}"'
            f' data-label-aria="recording.play"{arguments(caption=media.caption)}></{tag}>'
        )
    since = clock_label(time) if time else ""
    return (
        f'<figure class="recording">{player}<figcaption><span lang="{FONT_TAG[script]}">{caption}'
        f"</span>{since}{origin}</figcaption></figure>"
    )


def heard(source: Origin, time: TimeRange | None = None) -> str:
    """Says that a machine heard or read a text, and when it is said; empty for what is written."""
    if source == "written":
        return ""
    return label(f"origin.{source}") + (f" · {clock_label(time)}" if time else "")


def clock_label(time: TimeRange) -> str:
    """From when on, as `1:05` or `1:01:05`."""
    minutes, seconds = divmod(int(time.start), 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return label("origin.time", start=shown)


def origin(citation: Citation, media: Media) -> str:
    """The button under a picture that opens its article there."""
    where = opens(citation.document_id, media.span.start, media.span.end)
    lang = FONT_TAG[citation.script]
    return (
        f'<button type="button" class="origin" lang="{lang}"{where}>'
        f"{escape(citation.title)}</button>"
    )
