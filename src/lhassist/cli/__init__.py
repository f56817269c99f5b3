"""The command line: the only place that prints, and the only place that knows exit codes.

Results go to stdout; progress, logs and errors go to stderr. Exit codes: 0 done, 1 partly (a file
was skipped, a metric is under its floor), 2 the user must act. Everything heavy is imported by the
command that needs it, so that `lhassist --help` is quick.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lhassist import __version__
from lhassist.cli.changes import history, remove
from lhassist.cli.kept import feedback, gaps
from lhassist.cli.measure import evaluate
from lhassist.cli.models import models
from lhassist.cli.options import (
    DONE,
    PARTLY,
    USER_MUST_ACT,
    JsonOption,
    ScriptWord,
    open_engine,
    print_json,
    progress_bars,
    with_settings,
)
from lhassist.cli.speak import speak
from lhassist.cli.watch import watch
from lhassist.errors import LhassistError, QuestionError

if TYPE_CHECKING:
    from lhassist.assistant import Assistant
    from lhassist.config import Settings
    from lhassist.schema import Answer, Origin, ReaderScript, TimeRange

app = typer.Typer(
    name="lhassist",
    help="Ask about the city of Luohe in either Chinese script; every sentence cites its passage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"lhassist {__version__}")
        raise typer.Exit


@app.command()
@with_settings()
def ingest(
    settings: Settings,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Articles, folders, or addresses of the web; default: corpus/"),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and embed everything again.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop articles whose file is gone.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Add new and changed articles to the collection and publish a new generation."""
    addresses = [path for path in paths or () if path.lower().startswith(("http://", "https://"))]
    files = [Path(path) for path in paths or () if path not in addresses]
    from lhassist.ingest import ingest as run
    from lhassist.ingest.from_web import ingest_from_web

    with progress_bars() as progress:
        report = (partial(ingest_from_web, addresses=addresses) if addresses else run)(
            settings=settings,
            paths=files if paths else [settings.corpus_dir],
            rebuild=rebuild,
            prune=prune,
            embedder=open_engine(settings, progress),
            progress=progress,
        )
    if as_json:
        print_json(report.to_json())
    else:
        typer.echo(report.summary())
    for failure in report.failed:
        typer.echo(f"skipped: {failure.path}: {failure.reason}", err=True)
    raise typer.Exit(PARTLY if report.failed else DONE)


@app.command()
@with_settings("script")
def ask(
    settings: Settings,
    question: Annotated[str, typer.Argument(help="The question, in either script.")] = "",
    audio: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A recording of the question.")
    ] = None,
    image: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A picture to ask about.")
    ] = None,
    script: Annotated[
        ScriptWord | None, typer.Option(help="The script of the answer; auto: the question's.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with quoted sentences, or say that the collection does not hold it."""
    from lhassist.answer.export import answer_to_json
    from lhassist.assistant import Assistant

    assistant = Assistant.open(settings)
    if audio or image:
        question = _with_words_in(assistant, question, audio, image)
    answer = _answered(assistant, question)
    if as_json:
        print_json(answer_to_json(answer))
        return
    typer.echo(answer.text)
    if answer.fallback:
        typer.echo(
            f"in quotes alone: the language model's answer was {_FALLBACKS[answer.fallback]}",
            err=True,
        )
    for citation in answer.citations:
        date = f" ({citation.published.date})" if citation.published else ""
        typer.echo(
            f"\n[{citation.number}] {citation.title}{date}  {citation.passage_id}"
            f"{_origin(citation.origin, citation.time, answer.script)}"
        )
        typer.echo(f"    {citation.quote}")


def _answered(assistant: Assistant, question: str) -> Answer:
    """The whole answer; the one in quotes where Ctrl-C ends the wait for a language model."""
    first = answer = None
    try:
        for answer in assistant.stream(question):
            first = first or answer
            if answer.fallback == "pending" and sys.stderr.isatty():
                typer.echo("the language model is asked; Ctrl-C gives the quotes", err=True)
    except KeyboardInterrupt:
        if first is None or first.fallback != "pending":
            raise
        return first
    assert answer is not None
    return answer


def _with_words_in(
    assistant: Assistant, question: str, audio: Path | None, image: Path | None
) -> str:
    """A question with what a recording says, or with the caption or the words of a picture."""
    words = assistant.words_in(audio) if audio else ""
    if image:
        known = assistant.alike(image)
        for document, media in known:
            typer.echo(f"picture: {document.title}: {media.caption}", err=True)
        words += known[0][1].caption if known else assistant.words_in(image)
    asked = f"{words}{question}"
    typer.echo(f"question: {asked}", err=True)
    return asked


_ORIGINS = {
    "written": ("", ""),
    "ocr": ("图片识别", "read in a picture"),
    "speech": ("机器转写", "transcribed"),
    "subtitles": ("字幕", "subtitles"),
}
"""In Chinese, and for a reader of English."""


def _origin(origin: Origin, time: TimeRange | None, reader: ReaderScript) -> str:
    """Says that a machine read or heard a quote, and when it is said."""
    label = _ORIGINS[origin][reader == "en"]
    since = f" {int(time.start) // 60:02}:{int(time.start) % 60:02}" if time else ""
    return f"  {label}{since}" if label else ""


_FALLBACKS = {
    "pending": "not waited for",
    "timeout": "late",
    "error": "broken off",
    "empty": "empty",
    "ungrounded": "not borne out by the articles",
}
_VERDICTS = {
    "supported": ("属实", "holds"),
    "contradicted": ("不符", "does not hold"),
    "not_found": ("未见", "not found"),
}
"""In Chinese, and for a reader of English."""


@app.command()
@with_settings("script")
def check(
    settings: Settings,
    text: Annotated[str, typer.Argument(help="One statement or more, in either script.")],
    script: Annotated[
        ScriptWord | None, typer.Option(help="The script of the notes; auto: the text's.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a text against the articles: 属实 (true), 不符 (false) or 未见 (not found)."""
    from lhassist.answer.export import claim_to_json
    from lhassist.assistant import Assistant

    claims = Assistant.open(settings).check(text)
    if as_json:
        print_json({"text": text, "claims": [claim_to_json(claim) for claim in claims]})
        return
    for claim in claims:
        note = f"  ({claim.note})" if claim.note else ""
        verdict = _VERDICTS[claim.verdict][settings.script == "en"]
        typer.echo(f"{verdict}  {claim.text}{note}")
        for citation in claim.citations:
            typer.echo(f"    [{citation.number}] {citation.title}  {citation.passage_id}")
            typer.echo(f"        {citation.quote}")


@app.command()
@with_settings()
def search(
    settings: Settings,
    query: Annotated[str, typer.Argument(help="What to look for, in either script.")],
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 8,
    as_json: JsonOption = False,
) -> None:
    """List the passages nearest to a query, best first, with their scores."""
    from lhassist.answer.export import hit_to_json
    from lhassist.assistant import Assistant

    hits = Assistant.open(settings).search(query, count)
    if as_json:
        print_json({"query": query, "hits": [hit_to_json(n, hit) for n, hit in enumerate(hits, 1)]})
        return
    for rank, hit in enumerate(hits, 1):
        typer.echo(f"{rank:>3}  {hit.score:.3f}  {hit.passage.title}  {hit.passage.id}")
        typer.echo(f"     {' '.join(hit.passage.text.split())}")


@app.command()
@with_settings()
def show(
    settings: Settings,
    document_id: Annotated[str, typer.Argument(help="The id of an article, as citations name it.")],
    as_json: JsonOption = False,
) -> None:
    """Print an article whole; the offsets of citations count in its `text`."""
    from lhassist.index import Generation

    documents = Generation.open(settings.index_dir).documents
    if document_id not in documents:
        raise QuestionError(
            f"there is no article {document_id!r} in {settings.index_dir}",
            hint="lhassist info lists the ids",
        )
    document = documents[document_id]
    if as_json:
        print_json(asdict(document))
        return
    typer.echo(document.title)
    if document.published:
        typer.echo(document.published.date)
    typer.echo(f"\n{document.text}")


@app.command()
@with_settings()
def info(
    settings: Settings,
    as_json: JsonOption = False,
) -> None:
    """Say what the collection holds and what it was made with."""
    from lhassist.answer.export import entry_to_json
    from lhassist.index import Generation

    generation = Generation.open(settings.index_dir)
    manifest = generation.manifest
    articles = [entry_to_json(document) for document in generation.documents.values()]
    if as_json:
        print_json(
            {
                "generation": generation.name,
                "created": manifest.created,
                "embedder": manifest.embedder,
                "passages": manifest.passages,
                "groups": manifest.groups,
                "documents": articles,
            }
        )
        return
    typer.echo(
        f"{settings.index_dir}: generation {generation.name} of {manifest.created}, "
        f"{len(articles)} articles, {manifest.passages} passages\nmodel: {manifest.embedder}\n"
    )
    for article in articles:
        line = f"{article['id']}  {article['published'] or '-'}  {article['topic'] or '-'}"
        typer.echo(f"{line}  {article['script']}  {article['title']}")


@app.command()
@with_settings()
def doctor(
    settings: Settings,
    as_json: JsonOption = False,
) -> None:
    """Check the installation, the model and the index, and say what to type."""
    from lhassist.doctor import examine

    checks = []
    for check in examine(settings):
        checks.append(check)
        if not as_json:
            typer.echo(f"{check.state:<7} {check.name}: {check.detail}")
            if check.hint:
                typer.echo(f"        {check.hint}")
    if as_json:
        print_json({"checks": [check.to_json() for check in checks]})
    healthy = all(check.state != "broken" for check in checks)
    raise typer.Exit(DONE if healthy else USER_MUST_ACT)


app.command()(remove)
app.command()(history)
app.command()(watch)
app.command()(speak)
app.command("eval")(evaluate)
app.command("gaps")(gaps)
app.command("feedback")(feedback)
app.add_typer(models)


@app.command()
@with_settings("host", "port")
def serve(
    settings: Settings,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
) -> None:
    """Serve the page and the HTTP API; /docs describes the API."""
    from lhassist.server import serve as run

    run(settings)


@app.command()
@with_settings("host", "port")
def mcp(
    settings: Settings,
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP, at /mcp; else over stdio.")
    ] = False,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
) -> None:
    """Serve the tools ask, search, read_article and check_claim to agents (MCP)."""
    from lhassist.server import serve_mcp

    serve_mcp(settings, over_http=http)


def main() -> None:
    """Runs the command line and turns expected errors into one message and an exit code."""
    try:
        app()
    except LhassistError as error:
        sys.stderr.write(f"error: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"  {error.hint}\n")
        sys.exit(USER_MUST_ACT)
    except BrokenPipeError:
        # The reader of our output has gone (`lhassist ask … | head`): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
