"""Runs process instances: the only part that knows SpiffWorkflow."""

from engine.runtime.host import Host, Watch
from engine.runtime.process_run import ProcessRun
from engine.runtime.program import Program, compile_process
from engine.runtime.tokens import Token

__all__ = ["Host", "ProcessRun", "Program", "Token", "Watch", "compile_process"]
