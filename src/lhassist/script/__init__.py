"""The two scripts of Chinese: which one a text is in, one key for both, and back for the reader.

The only door to OpenCC. Its dictionaries are used; its engine is ten times slower than `fold` and
cannot be corrected. `fold` and `convert` keep the length of a text, so an offset into what they
return is an offset into the text itself: a dictionary entry that would break this is refused when
the dictionary is read.

A dictionary is read once in a process, when it is first needed: 0.01 s for `fold`, 0.2 s for
`convert` to Traditional.
"""

from __future__ import annotations

from lhassist.schema import ReaderScript, Script
from lhassist.script.detection import detect
from lhassist.script.folding import fold
from lhassist.script.regional import regional
from lhassist.script.traditional import to_traditional

__all__ = ["convert", "detect", "fold", "regional"]


def convert(text: str, script: ReaderScript, source: Script | None = None) -> str:
    """Puts prose into the reader's script; the length stays the same.

    Characters follow the reader's standard, words stay: `zh-TW` and `zh-HK` never make 軟體 of
    软件. A sentence can be quoted in conversion without saying what it did not say.

    Args:
        text: What to convert.
        script: The reader's.
        source: The script of `text` where it is known; else it is detected.

    Returns:
        The text itself where it is in the wanted script already, where its script cannot be told,
        and for a reader of English.
    """
    source = source or detect(text)
    if script == "en" or source is None:
        return text
    if script == "zh-Hans":
        return text if source == "zh-Hans" else fold(text)
    return text if source == "zh-Hant" else to_traditional(text, script)
