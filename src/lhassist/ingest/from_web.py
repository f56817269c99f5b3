"""Articles from the public web: fetched, kept as files among the articles, and ingested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lhassist.config import Settings
from lhassist.embedding import Embedder
from lhassist.errors import ConfigError, FetchError, UploadRefused
from lhassist.ingest.arrivals import arrive
from lhassist.ingest.build import Progress
from lhassist.ingest.filing import add_beside
from lhassist.ingest.report import Failure, Report
from lhassist.web import Fetcher


def arrive_from_web(settings: Settings, address: str, fetcher: Fetcher | None = None) -> Path:
    """Fetches a file from the public web, and keeps it as `arrive` does.

    Args:
        settings: Say whether that may be done at all, and where the articles are.
        address: With `http://` or `https://`.
        fetcher: How to fetch; None as `Fetcher` does.

    Returns:
        Where it waits for `add`.

    Raises:
        ConfigError: Web addresses are off, or the folder cannot be written.
        FetchError: It cannot be fetched, or may not be.
        UploadRefused: As of `arrive`.
    """
    if not settings.web_addresses:
        raise ConfigError(
            f"{address}: fetching from the web is off",
            hint="set web_addresses = true in lhassist.toml, or LHASSIST_WEB_ADDRESSES=1",
        )
    fetched = (fetcher or Fetcher()).fetch(address)
    return arrive(settings.corpus_dir, fetched.name, fetched.data)


def ingest_from_web(
    settings: Settings,
    paths: Sequence[Path],
    *,
    addresses: Sequence[str],
    rebuild: bool = False,
    prune: bool = False,
    embedder: Embedder,
    fetcher: Fetcher | None = None,
    progress: Progress | None = None,
) -> Report:
    """Fetches articles and ingests them, with folders and files, in one run.

    A page that was fetched before is replaced. An address that cannot be fetched is reported like
    a file that cannot be read.

    Args:
        settings: As of `ingest`; also whether addresses may be fetched.
        paths: As of `ingest`.
        addresses: With `http://` or `https://`.
        rebuild: As of `ingest`.
        prune: As of `ingest`.
        embedder: Makes the vectors.
        fetcher: How to fetch; None as `Fetcher` does.
        progress: As of `ingest`.

    Raises:
        ConfigError: Web addresses are off, or the folder of articles cannot be written.
        LhassistError: As of `ingest`.
    """
    arrived: dict[Path, str] = {}
    unfetched = []
    for address in dict.fromkeys(addresses):
        try:
            arrived[arrive_from_web(settings, address, fetcher)] = address
        except (FetchError, UploadRefused) as error:
            unfetched.append(Failure(address, error.message.removeprefix(f"{address}: ")))
    report = add_beside(
        settings,
        list(arrived),
        paths,
        rebuild=rebuild,
        prune=prune,
        unfetched=unfetched,
        embedder=embedder,
        progress=progress,
    )
    # A page that is no article does not stay: its address is what the operator knows it by.
    known = {str(settings.corpus_dir / path.name): address for path, address in arrived.items()}
    return replace(
        report,
        failed=tuple(replace(one, path=known.get(one.path, one.path)) for one in report.failed),
        duplicates=tuple(
            replace(one, path=known.get(one.path, one.path)) for one in report.duplicates
        ),
    )
