"""The command line: the only place that prints, and the only place that knows exit codes.

Results go to stdout; progress, logs and errors go to stderr. Exit codes: 0 done, 1 partly (a file
was skipped, a metric is under its floor), 2 the user must act. Everything heavy is imported by the
command that needs it, so that `lhassist --help` is quick.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lhassist import __version__
from lhassist.errors import LhassistError, QuestionError

if TYPE_CHECKING:
    from rich.progress import TaskID

    from lhassist.config import Settings
    from lhassist.embedding import Embedder

DONE, PARTLY, USER_MUST_ACT = 0, 1, 2

app = typer.Typer(
    name="lhassist",
    help="Ask about the city of Luohe in either Chinese script; every sentence cites its passage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class ScriptWord(StrEnum):
    """The words for a script on the command line."""

    AUTO = "auto"
    HANS = "hans"
    HANT = "hant"
    TW = "tw"
    HK = "hk"
    EN = "en"


IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The folder of the index.")
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="A settings file (TOML).")
]
VerboseOption = Annotated[
    int, typer.Option("-v", "--verbose", count=True, help="Log more; -vv logs everything.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _settings(index: Path | None, config: Path | None, verbose: int, **more: Any) -> Settings:
    from lhassist.config import Settings

    logging.basicConfig(
        stream=sys.stderr,
        level=[logging.WARNING, logging.INFO, logging.DEBUG][min(verbose, 2)],
        format="%(levelname)s %(name)s: %(message)s",
    )
    return Settings.load(config, index_dir=index, **more)


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"lhassist {__version__}")
        raise typer.Exit


Progress = Callable[[str, int, int], None]


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Bars on stderr, one a stage; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _embedder(settings: Settings, progress: Progress | None) -> Embedder:
    """Opens the embedder; the first time, this converts the bundled weights."""
    from lhassist.embedding import open_embedder

    return open_embedder(
        settings.embedder,
        settings.cache_dir,
        progress=partial(progress, "model") if progress else None,
    )


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Articles or folders; default: corpus/")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and embed everything again.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Drop articles whose file is gone.")
    ] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Add new and changed articles to the collection and publish a new generation."""
    settings = _settings(index, config, verbose)
    from lhassist.ingest import ingest as run

    with _progress() as progress:
        report = run(
            settings,
            paths or [settings.corpus_dir],
            rebuild=rebuild,
            prune=prune,
            embedder=_embedder(settings, progress),
            progress=progress,
        )
    if as_json:
        _print_json(report.to_json())
    else:
        typer.echo(report.summary())
    for failure in report.failed:
        typer.echo(f"skipped: {failure.path}: {failure.reason}", err=True)
    raise typer.Exit(PARTLY if report.failed else DONE)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in either script.")],
    script: Annotated[
        ScriptWord | None, typer.Option(help="The script of the answer; auto: the question's.")
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Answer a question with quoted sentences, or say that the collection does not hold it."""
    settings = _settings(index, config, verbose, script=script)
    from lhassist.answer.export import answer_to_json
    from lhassist.assistant import Assistant

    answer = Assistant.open(settings).ask(question)
    if as_json:
        _print_json(answer_to_json(answer))
        return
    typer.echo(answer.text)
    for citation in answer.citations:
        date = f" ({citation.published.date})" if citation.published else ""
        typer.echo(f"\n[{citation.number}] {citation.title}{date}  {citation.passage_id}")
        typer.echo(f"    {citation.quote}")


_VERDICTS = {"supported": "属实", "contradicted": "不符", "not_found": "未见"}


@app.command()
def check(
    text: Annotated[str, typer.Argument(help="One statement or more, in either script.")],
    script: Annotated[
        ScriptWord | None, typer.Option(help="The script of the notes; auto: the text's.")
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Hold a text against the articles: 属实 (true), 不符 (false) or 未见 (not found)."""
    settings = _settings(index, config, verbose, script=script)
    from lhassist.answer.export import claim_to_json
    from lhassist.assistant import Assistant

    claims = Assistant.open(settings).check(text)
    if as_json:
        _print_json({"text": text, "claims": [claim_to_json(claim) for claim in claims]})
        return
    for claim in claims:
        note = f"  ({claim.note})" if claim.note else ""
        typer.echo(f"{_VERDICTS[claim.verdict]}  {claim.text}{note}")
        for citation in claim.citations:
            typer.echo(f"    [{citation.number}] {citation.title}  {citation.passage_id}")
            typer.echo(f"        {citation.quote}")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for, in either script.")],
    count: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 8,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """List the passages nearest to a query, best first, with their scores."""
    settings = _settings(index, config, verbose)
    from lhassist.answer.export import hit_to_json
    from lhassist.assistant import Assistant

    hits = Assistant.open(settings).search(query, count)
    if as_json:
        _print_json(
            {"query": query, "hits": [hit_to_json(n, hit) for n, hit in enumerate(hits, 1)]}
        )
        return
    for rank, hit in enumerate(hits, 1):
        typer.echo(f"{rank:>3}  {hit.score:.3f}  {hit.passage.title}  {hit.passage.id}")
        typer.echo(f"     {' '.join(hit.passage.text.split())}")


@app.command()
def show(
    document_id: Annotated[str, typer.Argument(help="The id of an article, as citations name it.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Print an article whole; the offsets of citations count in its `text`."""
    settings = _settings(index, config, verbose)
    from lhassist.index import Generation

    documents = Generation.open(settings.index_dir).documents
    if document_id not in documents:
        raise QuestionError(
            f"there is no article {document_id!r} in {settings.index_dir}",
            hint="lhassist info lists the ids",
        )
    document = documents[document_id]
    if as_json:
        _print_json(asdict(document))
        return
    typer.echo(document.title)
    if document.published:
        typer.echo(document.published.date)
    typer.echo(f"\n{document.text}")


@app.command()
def info(
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Say what the collection holds and what it was made with."""
    settings = _settings(index, config, verbose)
    from lhassist.index import Generation

    generation = Generation.open(settings.index_dir)
    manifest = generation.manifest
    articles = [
        {
            "id": document.id,
            "title": document.title,
            "published": document.published.date if document.published else None,
            "topic": document.topic,
            "script": document.script,
            "media": len(document.media),
        }
        for document in generation.documents.values()
    ]
    if as_json:
        _print_json(
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
def doctor(
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Check the installation, the model and the index, and say what to type."""
    settings = _settings(index, config, verbose)
    from lhassist.doctor import examine

    checks = []
    for check in examine(settings):
        checks.append(check)
        if not as_json:
            typer.echo(f"{check.state:<7} {check.name}: {check.detail}")
            if check.hint:
                typer.echo(f"        {check.hint}")
    if as_json:
        _print_json({"checks": [check.to_json() for check in checks]})
    healthy = all(check.state != "broken" for check in checks)
    raise typer.Exit(DONE if healthy else USER_MUST_ACT)


@app.command("eval")
def evaluate(
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME|FOLDER", help="A question set; may be repeated."),
    ] = None,
    runs: Annotated[
        Path | None, typer.Option("--runs", metavar="DIR", help="Write run files in TREC form.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write a page in HTML.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="A B", help="Compare two folders of runs instead."),
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Measure retrieval on question sets; a metric under its floor is exit code 1."""
    settings = _settings(index, config, verbose)
    from lhassist import evaluation
    from lhassist.cli.tables import print_comparisons, print_report

    if compare is not None:
        comparisons = evaluation.compare(*compare)
        if as_json:
            _print_json({"comparisons": [one.to_json() for one in comparisons]})
        else:
            print_comparisons(comparisons)
        return
    with _progress() as progress:
        result = evaluation.evaluate(
            settings,
            sets or [],
            embedder=_embedder(settings, progress),
            runs=runs,
            progress=progress,
        )
    if report is not None:
        result.write_html(report)
    if as_json:
        _print_json(result.to_json())
    else:
        print_report(result)
    raise typer.Exit(PARTLY if result.below_floor else DONE)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    index: IndexOption = None,
    config: ConfigOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Serve the page."""
    settings = _settings(index, config, verbose, host=host, port=port)
    from lhassist.ui import serve as run

    run(settings)


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
