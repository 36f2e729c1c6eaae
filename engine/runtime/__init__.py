"""Runs process instances: the only part that knows SpiffWorkflow."""

import logging

from engine.runtime.compilation import compile_process
from engine.runtime.host import Host, Watch
from engine.runtime.process_run import ProcessRun
from engine.runtime.program import Program
from engine.runtime.tokens import Token

__all__ = ["Host", "ProcessRun", "Program", "Token", "Watch", "compile_process"]

# It tells at INFO of each token that moves: a worker's log would hold nothing else.
logging.getLogger("spiff").setLevel(logging.WARNING)
