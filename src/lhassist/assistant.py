"""The one facade: everything that a person asks of a collection of articles."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lhassist import corpus, gaps, tracing
from lhassist.answer import text_of
from lhassist.answer.generation.generative import Writer
from lhassist.answer.question import Question, checked
from lhassist.answer.question.followup import standing_alone
from lhassist.config import ScriptChoice, Settings
from lhassist.embedding import Embedder, open_embedder
from lhassist.errors import GenerationError
from lhassist.facts.relative import on_day
from lhassist.index import Generation, current_name
from lhassist.llm import LanguageModel, open_model
from lhassist.reading import HITS, Reading
from lhassist.rerank import Reranker, open_reranker
from lhassist.retrieve import Retrieved
from lhassist.schema import Answer, Citation, Claim, Document, Hit, Media, ReaderScript, Turn
from lhassist.script import convert, detect, fold

_SECONDS_ASKING = 90
"""Computing that the words of a spoken or pictured question may take: minutes of speech."""

_SCRIPTS: dict[ScriptChoice, ReaderScript] = {
    "hans": "zh-Hans",
    "hant": "zh-Hant",
    "tw": "zh-TW",
    "hk": "zh-HK",
    "en": "en",
}
_LOG = logging.getLogger(__name__)


class Assistant:
    """Answers questions from the current generation of an index. Threads may share one.

    Make one with `open`.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        generation: Generation,
        model: LanguageModel | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._settings = settings
        self._embedder = embedder
        self._reranker = reranker
        self._writer = Writer(model, embedder) if model else None
        self._reading = Reading.of(generation, embedder, reranker)
        self._reloading = threading.Lock()
        self._unusable = ""

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
    ) -> Self:
        """Opens the index that the settings name.

        Args:
            settings: Where the index is, and with which model to ask it.
            embedder: The embedding model, if the caller has it open already.
            model: What writes the answers; None follows the settings.

        Raises:
            ConfigError: The settings ask for a language model and name none.
            GenerationError: There is no index, it is damaged, or another model made it.
            ModelError: The embedding model or the cross-encoder cannot be used.
        """
        generation = Generation.open(settings.index_dir)
        embedder = embedder or open_embedder(settings.embedder, settings.cache_dir)
        reranker = open_reranker(settings.reranker)
        return cls(settings, embedder, generation, model or open_model(settings), reranker)

    @property
    def settings(self) -> Settings:
        """What it was opened with."""
        return self._settings

    @property
    def asks_model(self) -> bool:
        """Whether a language model words its answers."""
        return self._writer is not None

    @property
    def generation(self) -> Generation:
        """The generation that the next request will read."""
        return self._reading.generation

    def ask(
        self,
        question: str,
        *,
        script: ReaderScript | None = None,
        session_script: ReaderScript | None = None,
        history: Sequence[Turn] = (),
        asked_on: date | None = None,
    ) -> Answer:
        """Answers a question with cited sentences, or refuses.

        Args:
            question: In either script, or in another language.
            script: What to write the answer in; None follows the settings, then the question.
            session_script: For a question that does not tell its script, and for whether a
                Traditional one is answered as in Taiwan or as in Hong Kong.
            history: What was asked before, oldest first.
            asked_on: What 今年 in the question is counted from; None is today.

        Raises:
            QuestionError: The question is empty, has no words or is too long.
        """
        *_, answer = self._answers(
            question,
            script=script,
            session_script=session_script,
            history=history,
            asked_on=asked_on,
        )
        return answer

    def stream(
        self,
        question: str,
        *,
        script: ReaderScript | None = None,
        session_script: ReaderScript | None = None,
        history: Sequence[Turn] = (),
        asked_on: date | None = None,
    ) -> Iterator[Answer]:
        """The same as `ask`, as an answer that grows by a sentence; the last one is complete.

        A refusal comes twice, the second time with its suggestions.

        Every one of them is whole in itself: it has the citations of its sentences and no others.
        One need not go on from those before it: where a language model is asked, the extracted
        answer comes first (`fallback` is `pending`), and last again where the model fails.
        """
        for answer in self._answers(
            question,
            script=script,
            session_script=session_script,
            history=history,
            asked_on=asked_on,
        ):
            yield from _growing(answer) if self._writer is None else (answer,)

    def _answers(
        self,
        question: str,
        *,
        script: ReaderScript | None,
        session_script: ReaderScript | None,
        history: Sequence[Turn],
        asked_on: date | None,
    ) -> Iterator[Answer]:
        """The extracted answer, the last time whole; a language model's after every sentence."""
        question = checked(question)
        reading = self._reading
        completed = standing_alone(question, history, reading.reader)
        day = asked_on or date.today()
        alone = completed or question
        mended = reading.reader.mended(alone)
        understood = on_day(mended, day)
        asked = reading.reader.read(understood)
        written_in = self._reader_script(question, asked, history, script, session_script)
        if understood != question:
            is_folded = completed is not None or mended != alone
            shown = convert(understood, written_in, "zh-Hans" if is_folded else None)
            asked = replace(asked, text=shown)
        composed, retrieved = reading.extract(asked, written_in)
        extracted = replace(
            composed,
            question=question,
            understood_as=None if understood == question else asked.text,
        )
        if extracted.status == "refused":
            if self._writer is None:
                # To try what it suggests takes longer than all the rest: nobody need wait for that.
                yield extracted
            extracted = replace(extracted, suggestions=reading.further(extracted))
        if self._settings.gap_log is not None:
            gaps.record(self._settings.gap_log, extracted, reading.generation.documents, day)
        answer = extracted
        if self._writer is None:
            yield extracted
        else:
            for answer in _worded(self._writer, asked, extracted, retrieved, reading):
                yield answer
        _report(answer)

    def is_answered(self, question: str) -> bool:
        """Whether a question is answered; nobody asks it, so it leaves no gap.

        Raises:
            QuestionError: The question is empty, has no words or is too long.
        """
        reading = self._reading
        told, _ = reading.extract(reading.reader.read(checked(question)), "zh-Hans")
        return told.status == "answered"

    def further(self, answer: Answer) -> tuple[str, ...]:
        """Up to three questions to go on with after an answer, in its script.

        Each has been asked and is answered by the very sentence that it was made of.
        """
        return self._reading.further(answer) if answer.status == "answered" else ()

    def check(self, text: str, *, script: ReaderScript | None = None) -> tuple[Claim, ...]:
        """Holds each statement of a text against the articles.

        Args:
            text: One statement or more, in either script.
            script: What to write the notes in; None follows the settings, then the text.

        Raises:
            QuestionError: The text is empty, has no words or is too long.
        """
        text = checked(text)
        written_in = script or _SCRIPTS.get(self._settings.script) or detect(text) or "zh-Hans"
        return self._reading.check(text, written_in)

    def words_in(self, file: Path) -> str:
        """The words that are said in a recording or film, or written in a picture.

        They are for the reader to correct, and then to ask: a machine has heard or read them.

        Args:
            file: In any format that an ingest reads; it stays where it is.

        Raises:
            UnreadableFile: It cannot be read, holds no words, goes on for more than some minutes,
                or needs what is not installed.
        """
        names = self.generation.gazetteer.spoken()
        aids = corpus.Aids(names, self._settings.speech_model)
        with corpus.Reader(aids=aids, seconds=_SECONDS_ASKING) as reader:
            read = reader.read(file, document_id=file.name, root=file.parent)
        spans = (block.span for block in read.blocks if block.origin != "written")
        return " ".join(" ".join(read.text[span.start : span.end] for span in spans).split())

    def alike(self, picture: Path) -> tuple[tuple[Document, Media], ...]:
        """The pictures of the collection that a picture is a copy of, the likest first.

        Args:
            picture: The file.

        Raises:
            UnreadableFile: It is no picture that can be decoded.
        """
        own = corpus.look_of(picture)
        if own is None:
            return ()
        found = [
            (corpus.difference(own, media.look), document.id, media)
            for document in self.generation.documents.values()
            for media in document.media
            if media.look is not None
        ]
        near = sorted(one for one in found if one[0] <= corpus.ALIKE)
        return tuple((self.generation.documents[name], media) for _, name, media in near)

    def search(self, query: str, k: int = HITS) -> tuple[Hit, ...]:
        """The passages nearest to a query, best first.

        Raises:
            QuestionError: The query is empty, has no words or is too long.
        """
        return self._reading.retriever.search(checked(query), k).hits

    def evidence(
        self, question: str, passage_ids: Collection[str] | None = None
    ) -> tuple[Citation, ...]:
        """The sentences that can answer a question, best first; empty where none is good enough.

        Args:
            question: One that stands alone.
            passage_ids: The passages to look in; None looks in those that a search finds.

        Raises:
            QuestionError: The question is empty, has no words or is too long.
            ValueError: A passage is none of the current generation.
        """
        reading = self._reading
        asked = reading.reader.read(on_day(checked(question), date.today()))
        if passage_ids is None:
            return reading.quotes(asked, reading.search(asked))
        return reading.quotes(asked, reading.search_within(asked, passage_ids))

    @property
    def dimension(self) -> int:
        """The length of a vector of the embedding model."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str], *, as_questions: bool = False) -> NDArray[np.float32]:
        """Vectors of texts, folded as everything is that is searched.

        Args:
            texts: In either script.
            as_questions: Whether they are to find something, and not to be found.

        Returns:
            Shape (n, dimension), every row of length 1.
        """
        folded = [fold(text) for text in texts]
        if as_questions:
            return np.array([self._embedder.embed_query(text) for text in folded], np.float32)
        return self._embedder.embed_passages(folded)

    def document(self, document_id: str) -> Document:
        """An article of the current generation.

        Raises:
            KeyError: There is none of this id.
        """
        return self.generation.documents[document_id]

    def reload_if_changed(self) -> bool:
        """Goes over to the generation that was published last; cheap where there is none newer.

        Requests that run go on with the generation they began with. A new one that cannot be used
        is logged once, and the one in use stays.

        Returns:
            Whether another generation is in use now.
        """
        if not self._reloading.acquire(blocking=False):
            # Somebody is at it already; to wait for that would make every reader wait.
            return False
        name = ""
        try:
            name = current_name(self._settings.index_dir)
            if name in (self.generation.name, self._unusable):
                return False
            generation = Generation.open(self._settings.index_dir)
            self._reading = Reading.of(generation, self._embedder, self._reranker)
        except GenerationError as error:
            if name != self._unusable or not name:
                _LOG.warning("%s; answering from generation %s", error, self.generation.name)
            self._unusable = name
            return False
        finally:
            self._reloading.release()
        return True

    def _reader_script(
        self,
        question: str,
        asked: Question,
        history: Sequence[Turn],
        script: ReaderScript | None,
        session: ReaderScript | None,
    ) -> ReaderScript:
        """What to answer in; a question that does not tell goes on as the conversation went."""
        chosen = script or _SCRIPTS.get(self._settings.script)
        if chosen:
            return chosen
        told = detect(question)
        if told is None:
            going_on = history[-1].answer.script if history else None
            return session or going_on or ("en" if asked.is_foreign else "zh-Hans")
        if told == "zh-Hant" and session in ("zh-TW", "zh-HK"):
            return session
        return told


def _worded(
    writer: Writer, asked: Question, extracted: Answer, retrieved: Retrieved, reading: Reading
) -> Iterator[Answer]:
    """The answer of a language model, after every sentence."""
    documents = reading.generation.documents
    evidence = reading.quotes(asked, retrieved)
    # What answers a part of the question may have been found for that part alone.
    found = (*retrieved.hits, *extracted.hits)
    passages = {hit.passage.id: hit.passage for hit in found}
    began = perf_counter()
    for written in writer.write(asked, extracted, evidence, passages, documents):
        model_ms = 1000 * (perf_counter() - began)
        yield replace(written, timings_ms=(*extracted.timings_ms, ("model", model_ms)))


def _report(answer: Answer) -> None:
    """Logs an answer and writes its spans; what was asked is told to nobody above DEBUG."""
    told = {
        "status": answer.status,
        "form": answer.form,
        "generator": answer.generator,
        "fallback": answer.fallback or "",
    }
    stages = {f"{stage}_ms": round(ms, 1) for stage, ms in answer.timings_ms}
    _LOG.info("answered", extra={**told, **stages})
    _LOG.debug("the question was: %s", answer.question)
    tracing.record("lhassist.ask", answer.timings_ms, told)


def _growing(answer: Answer) -> Iterator[Answer]:
    """An answer after each of its sentences; the last one is the answer itself."""
    for count in range(1, len(answer.sentences)):
        sentences = answer.sentences[:count]
        used = {number for sentence in sentences for number in sentence.citations}
        yield replace(
            answer,
            sentences=sentences,
            text=text_of(sentences),
            citations=tuple(one for one in answer.citations if one.number in used),
        )
    yield answer
