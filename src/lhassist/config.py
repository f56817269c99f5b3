"""Settings: defaults, then `lhassist.toml`, then `LHASSIST_*` variables, then arguments."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from lhassist.errors import ConfigError

CONFIG_FILE = Path("lhassist.toml")

TOKEN_LENGTH = 16
"""The fewest characters that an operator's token may have."""

OptionalPath = Annotated[Path | None, BeforeValidator(lambda given: given or None)]
"""A file that an empty setting takes away."""

ScriptChoice = Literal["auto", "hans", "hant", "tw", "hk", "en"]


def _cache_dir() -> Path:
    return platformdirs.user_cache_path("lhassist")


def _models_dir() -> Path:
    return platformdirs.user_data_path("lhassist") / "models"


def _host() -> str:
    """Gradio's own variables count, too: a Space sets them, and whoever runs Gradio knows them."""
    on_a_space = "0.0.0.0" if "SPACE_ID" in os.environ else "127.0.0.1"
    return os.environ.get("GRADIO_SERVER_NAME") or on_a_space


def _port() -> int:
    given = os.environ.get("GRADIO_SERVER_PORT", "")
    return int(given) if given.isdecimal() else 7860


class Settings(BaseSettings):
    """What an operator can set. Make one with `load` and pass it on: nothing is global."""

    model_config = SettingsConfigDict(
        env_prefix="LHASSIST_", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    index_dir: Path = Field(Path("index"), description="where generations are kept")
    corpus_dir: Path = Field(Path("corpus"), description="the articles that `ingest` reads")
    web_addresses: bool = Field(
        False, description="whether articles may be fetched from addresses of the public web"
    )
    eval_dir: Path = Field(
        Path("eval"), description="where `eval` finds its own questions, other sets and its floors"
    )
    cache_dir: Path = Field(
        default_factory=_cache_dir, description="converted models and cached vectors"
    )
    embedder: str = Field(
        "bundled",
        description="`bundled`, or the name or folder of a sentence-transformers model",
    )
    reranker: str = Field(
        "",
        description="the name or folder of a cross-encoder of sentence-transformers; empty: none",
    )
    speech_model: str = Field(
        "bundled",
        description="`bundled` (Whisper base), or the folder of a Whisper model for CTranslate2",
    )
    voice: str = Field(
        "bundled",
        description="`bundled`, or FILE#NAME: a voice in a file of Kokoro's; what `speak` uses",
    )
    script: ScriptChoice = Field("auto", description="the script of answers; auto: the question's")
    gap_log: Path | None = Field(
        None, description="the file that unanswered questions are added to; None keeps none"
    )
    feedback_log: OptionalPath = Field(
        Path("feedback.jsonl"),
        description="the file that readers' opinions are added to; empty keeps none",
    )
    generator: Literal["extractive", "llm"] = Field(
        "extractive", description="what writes answers; llm: a language model, over the same quotes"
    )
    llm_server: Literal["openai", "ollama", "local"] = Field(
        "openai",
        description="openai: any server with OpenAI's API; ollama: Ollama's own API; local: a "
        "model of `lhassist models`, run by this program",
    )
    llm_url: str = Field("http://127.0.0.1:8080/v1", description="where the model's server is")
    llm_model: str = Field("", description="what the server calls the model")
    models_dir: Path = Field(
        default_factory=_models_dir, description="where `models install` keeps models"
    )
    llm_key: SecretStr | None = Field(
        None, description="the key of the model's server; keep it in the environment"
    )
    llm_timeout: float = Field(60.0, gt=0, description="seconds that a model's answer may take")
    llm_pause: float = Field(2.0, gt=0, description="seconds between two pieces of an answer")
    llm_context: int = Field(
        4096, ge=1024, description="tokens that prompt and answer may have together"
    )
    llm_extra: dict[str, Any] = Field(
        default_factory=lambda: {"chat_template_kwargs": {"enable_thinking": False}},
        description="more fields of a request to `openai`; switches thinking off",
    )
    host: str = Field(
        default_factory=_host,
        description="the address that `serve` listens on; a Hugging Face Space: all of its own",
    )
    port: int = Field(
        default_factory=_port, ge=0, le=65535, description="the port that `serve` listens on"
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="how logs on stderr are written; json: an object a line"
    )
    operator_token: SecretStr | None = Field(
        None,
        min_length=TOKEN_LENGTH,
        description="what a request must carry to change the collection; see `lhassist.access`",
    )

    @field_validator("operator_token")
    @classmethod
    def _fits_into_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        text = token.get_secret_value() if token else ""
        if not (text.isascii() and text.isprintable() and " " not in text):
            raise ValueError("letters, digits and signs of ASCII only, without spaces")
        return token

    @classmethod
    def load(cls, config_file: Path | None = None, **arguments: Any) -> Settings:
        """Reads the settings in their order of precedence.

        Args:
            config_file: A TOML file; None takes `lhassist.toml` where it exists.
            **arguments: Values given on the command line; those that are None are left out.

        Raises:
            ConfigError: The file is missing or not TOML, or a value does not fit.
        """
        if config_file is not None and not config_file.is_file():
            raise ConfigError(
                f"{config_file}: there is no such settings file",
                hint="leave --config out to use the defaults",
            )
        toml_file = config_file or CONFIG_FILE

        class FromFile(cls):  # type: ignore[misc, valid-type]
            @classmethod
            def settings_customise_sources(
                cls,
                settings_cls: type[BaseSettings],
                init_settings: PydanticBaseSettingsSource,
                env_settings: PydanticBaseSettingsSource,
                dotenv_settings: PydanticBaseSettingsSource,
                file_secret_settings: PydanticBaseSettingsSource,
            ) -> tuple[PydanticBaseSettingsSource, ...]:
                return (
                    init_settings,
                    env_settings,
                    TomlConfigSettingsSource(settings_cls, toml_file),
                )

        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            values = FromFile(**given).model_dump()
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise ConfigError(
                f"the setting {name!r} cannot be used: {first['msg']}",
                hint=f"look at {toml_file}, at LHASSIST_{name.upper()} and at the arguments",
            ) from error
        except ValueError as error:
            raise ConfigError(
                f"{toml_file}: not a TOML file: {error}", hint="correct the line it names"
            ) from error
        return cls.model_construct(**values)
