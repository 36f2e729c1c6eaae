"""Who checks a folder waits for no database and no engine of processes to be loaded."""

from __future__ import annotations

import subprocess
import sys

_CHECK = """
import sys
from click.testing import CliRunner
from engine.cli import main
answer = CliRunner().invoke(main, ["check", "bpmn/statutory"])
loaded = sorted({"sqlalchemy", "SpiffWorkflow", "flask", "celery"} & {name.partition(".")[0] for name in sys.modules})
print(answer.exit_code, loaded)
"""


def test_checking_a_folder_loads_neither_a_database_nor_the_engine() -> None:
    told = subprocess.run([sys.executable, "-c", _CHECK], check=True, capture_output=True, text=True).stdout
    assert told.split("\n")[-2] == "0 []"
