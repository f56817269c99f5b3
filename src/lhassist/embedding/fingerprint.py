"""Names for the arithmetic behind a vector."""

from __future__ import annotations

import hashlib
import json
import re


def fingerprint(label: str, **facts: str | int) -> str:
    """Makes a file-name-safe name that changes with every fact that may change a vector.

    Args:
        label: What a person would call the engine and model.
        **facts: Weights' hash, arithmetic, prompts, pooling, greatest length.
    """
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9.]+', '-', label).strip('-')}-{digest[:16]}"
