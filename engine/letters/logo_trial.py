"""Whether a letter can be set with a logo: tried, because nobody knows but Typst."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import lru_cache

from engine.letters import typesetter
from engine.letters.letterhead import letterhead
from engine.letters.logo import Logo
from engine.letters.pdf import content_of

_MOST_SECONDS = 60  #: by the clock, on a machine that is busy with other things
_LONGEST_REASON = 200


@lru_cache(maxsize=16)
def why_not_set(logo: Logo) -> str:
    """Why no letter can be set with it, as half a sentence; "" where one can."""
    head = letterhead(
        {"name": "Council"}, reference="1", on=date(2000, 1, 1), recipient="Applicant", address="", logo=logo
    )
    try:
        trial = subprocess.run(  # noqa: S603  # a program of ours, which is handed the picture as data
            [sys.executable, "-I", typesetter.__file__],
            input=json.dumps(content_of((), head, title="Logo")).encode(),
            env={"RAYON_NUM_THREADS": "1"},
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "it is too much to set"
    if trial.returncode == typesetter.REFUSED:
        return " ".join(trial.stdout.decode("utf-8", "replace").split())[:_LONGEST_REASON].rstrip(".")
    return "it is too much to set, or breaks what sets them" if trial.returncode else ""
