"""The policy that a page is about: the one in force, whose pages everybody sees, or another with pages of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for

from engine.variants import Variant
from webui.shell.office import policy


@dataclass(frozen=True, kw_only=True)
class ShownPolicy:
    variant: Variant
    name: str  #: "the policy in force", "draft 3"
    pages: str = ""  #: what the endpoints of its pages begin with
    args: Mapping[str, int] = field(default_factory=dict)  #: what stands in their addresses
    before: Variant | None = None  #: for a draft the policy in force, which was played before the draft was edited
    back: tuple[str, str] | None = None  #: where its pages lead back to, in words, and the address; None: nowhere

    def url(self, page: str, **more: str | int | None) -> str:
        return url_for(f"policy.{self.pages}{page}", **self.args, **more)  # type: ignore[arg-type]  # ours are numbers


def policy_in_force_shown() -> ShownPolicy:
    return ShownPolicy(variant=policy(), name="the policy in force")
