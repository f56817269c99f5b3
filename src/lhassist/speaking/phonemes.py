"""A Chinese text in the sounds that Kokoro speaks: IPA, with an arrow after the vowel for the tone.

    漯河 (luò hé)  →  lwo↘xɤ↗

The sounds of a syllable are those of Y.-H. Lin, The Sounds of Chinese (2007), written as Kokoro's
training did: one sign for an affricate, no marks below or above a letter.
"""

from __future__ import annotations

import re

from lhassist.gazetteer import Gazetteer
from lhassist.pronunciation import Pronunciation, in_speech
from lhassist.script import fold
from lhassist.speaking.numerals import in_words
from lhassist.terms import Analyzer, is_chinese

_TONES = ("", "→", "↗", "↓", "↘", "")
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "z": "ʦ", "c": "ʦʰ", "s": "s",
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "": "",
}  # fmt: skip
# A `0` is where the tone stands.
_FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0", "i": "i0", "ia": "ja0", "ian": "jɛ0n",
    "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "iou": "jou0", "o": "wo0", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uang": "wa0ŋ", "uei": "wei0", "uen": "wə0n", "ueng": "wə0ŋ", "uo": "wo0",
    "v": "y0", "van": "ɥɛ0n", "ve": "ɥe0", "vn": "y0n", "ê": "ɛ0", "io": "jɔ0",
}  # fmt: skip
_NASALS = {"m": "m", "n": "n", "ng": "ŋ", "hm": "xm", "hng": "xŋ"}
_BUZZED = "ɨ0"
"""The vowel of zi, ci, si, zhi, chi, shi and ri."""
_BUZZING = ("z", "c", "s", "zh", "ch", "sh", "r")

_LETTERS = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi", "H": "ˈAʧ",
    "I": "ˈI", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn", "O": "ˈO", "P": "pˈi",
    "Q": "kjˈu", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi", "U": "jˈu", "V": "vˈi", "W": "dˈʌbᵊlju",
    "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}  # fmt: skip
"""What English calls them, as one says them in Mandarin too: GDP."""
_PAUSES = dict.fromkeys("，、,（）()“”「」『』《》〈〉—…·－", ", ") | dict.fromkeys("；;：:", "; ")
_PAUSES |= dict.fromkeys("。.\n", ". ") | dict.fromkeys("！!", "! ") | dict.fromkeys("？?", "? ")
_RUN = re.compile("[〇一-鿿]+|[A-Za-z]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n”」』）)]*")


class Phonemes:
    """Knows how texts sound, local names as the gazetteer says. Threads may share one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._names = Pronunciation(gazetteer)
        self._words = Analyzer(gazetteer)

    def sentences(self, text: str) -> list[str]:
        """The sounds of a text in either script, a sentence each; one without sounds is left out.

        Figures are read out, Latin letters spelled out, punctuation becomes pauses, and words have
        a blank between them: it keeps the voice from running them together. What else is in the
        text has no sound.
        """
        text = in_words(fold(text))
        respelled = self._names.spoken(text)
        said = []
        for match in _SENTENCE.finditer(text):
            sounds = self._sentence(match[0], respelled[match.start() : match.end()])
            if sounds.strip(" ,.;!?"):
                said.append(sounds)
        return said

    def _sentence(self, text: str, respelled: str) -> str:
        said = ""
        for run in _RUN.finditer(text):
            if is_chinese(run[0]):
                said += self._chinese(run[0], respelled[run.start() : run.end()]) + " "
            elif run[0].isascii() and run[0].isalpha():
                said += " ".join(_LETTERS[letter] for letter in run[0].upper()) + " "
            elif pause := _PAUSES.get(run[0]):
                said = said.rstrip(" ,;")
                # Of several marks the first counts, unless a later one ends the sentence.
                said += pause if said and said[-1] not in ".!?" else " "
        return said.strip(" ,")

    def _chinese(self, text: str, respelled: str) -> str:
        """Words of Chinese characters; `respelled` has them as they are said."""
        said, start = [], 0
        for word in self._words.known(text):
            characters = respelled[start : start + len(word)].replace("〇", "零")
            start += len(word)
            said.append("".join(sounds(*one) for one in in_speech(characters)))
        return " ".join(said)


def sounds(initial: str, final: str, tone: int) -> str:
    """The sounds of a syllable, its parts as `pronunciation` gives them: luò is `lwo↘`.

    Raises:
        KeyError: It is none of Mandarin's.
    """
    if initial + final in _NASALS:
        return _NASALS[initial + final] + _TONES[tone]
    vowel = _BUZZED if final == "i" and initial in _BUZZING else _FINALS[final]
    return _INITIALS[initial] + vowel.replace("0", _TONES[tone])
