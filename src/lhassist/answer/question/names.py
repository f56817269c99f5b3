"""The gazetteer as the answer room uses it: what is a local name, and what else it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from lhassist.gazetteer import Entry, Gazetteer, Kind
from lhassist.script import fold

_LATIN_RUN = re.compile(r"[a-z]+(?:[ '-]?[a-z]+)*")
_LATIN_WORD = re.compile(r"[a-z]+")
_MOST_SYLLABLES = 8
_LEAST_LETTERS = 5


class Names:
    """All local names of a collection, by every form and by reading."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._entries: Mapping[str, Entry] = {
            fold(form).lower(): entry
            for entry in gazetteer.entries
            for form in (entry.name, *entry.aliases)
        }
        readings = ((_plain(entry.reading), fold(entry.name)) for entry in gazetteer.entries)
        self._by_reading = {
            reading: name for reading, name in readings if len(reading) >= _LEAST_LETTERS
        }

    @property
    def all(self) -> Collection[str]:
        """Every form of every name, folded."""
        return self._entries.keys()

    def entry(self, word: str) -> Entry | None:
        """The entry of a folded name or alias."""
        return self._entries.get(word)

    def forms(self, word: str) -> tuple[str, ...]:
        """A folded name and its other forms, itself first; a word that is no name has one form."""
        entry = self.entry(word)
        if entry is None:
            return (word,)
        return tuple(dict.fromkeys((word, *(fold(f) for f in (entry.name, *entry.aliases)))))

    def longer(self, word: str) -> tuple[str, ...]:
        """Forms of other names that a folded word is a part of: 许慎文化园 for 许慎."""
        entry = self.entry(word)
        return tuple(
            form
            for form, other in self._entries.items()
            if other is not entry and len(form) > len(word) and word in form
        )

    def any_in(self, text: str) -> bool:
        """Whether a folded text has a local name."""
        return any(form in text for form in self._entries)

    def people_and_companies(self, text: str) -> set[str]:
        """Those that a folded text names."""
        return self._named(text, ("person", "company"))

    def companies(self, text: str) -> set[str]:
        """Those that a folded text names."""
        return self._named(text, ("company",))

    def _named(self, text: str, kinds: Sequence[Kind]) -> set[str]:
        return {
            form for form, entry in self._entries.items() if entry.kind in kinds and form in text
        }

    def first(self, text: str, kind: Kind | None) -> str:
        """The name of a kind that a folded text has first; empty where it has none."""
        found = [
            (text.find(form), -len(form), form)
            for form, entry in self._entries.items()
            if entry.kind == kind and form in text
        ]
        return min(found)[2] if found else ""

    def spelled(self, text: str) -> str:
        """A folded text with the names it has in Pinyin (luohe, si da wenhua) in characters."""
        return _LATIN_RUN.sub(self._spelled_run, text)

    def _spelled_run(self, run: re.Match[str]) -> str:
        words = list(_LATIN_WORD.finditer(run[0]))
        parts: list[str] = []
        done = first = 0
        while first < len(words):
            for last in range(min(first + _MOST_SYLLABLES, len(words)), first, -1):
                name = self._by_reading.get("".join(word[0] for word in words[first:last]))
                if name is not None:
                    parts += run[0][done : words[first].start()], name
                    done = words[last - 1].end()
                    first = last
                    break
            else:
                first += 1
        return "".join(parts) + run[0][done:]


def _plain(reading: str) -> str:
    """Pinyin without tone marks and spaces: `luò hé` is luohe, and ü is v."""
    letters = unicodedata.normalize("NFD", reading.lower().replace("ü", "v"))
    return "".join(c for c in letters if "a" <= c <= "z")
