"""variant.toml and policy.toml of a council: what it says over what the base changed is a question, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.toml import read_toml
from engine.variants.comparison import Difference, How
from engine.variants.comparison.settings import flat_settings
from engine.variants.folder import POLICY_FILE, SETTINGS_FILE
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.line_edits import leave_out_entry, leave_out_key, say
from engine.variants.merge.lines import About, Line, lines_over
from engine.variants.merge.omitted import changed_conflicts, files_left_out, omitted_lines
from engine.variants.merge.toml_text import Edit, edited
from engine.variants.overlay import line_of_limit, setting_at
from engine.variants.overlay.named_lists import IDENTITIES
from engine.variants.policy import clause_tables
from engine.variants.variant import Variant

_LIMIT = "limits."
#: What is no setting of its own: lines over the base, and what says how the folder stands to it.
_NO_SETTINGS = ("extends", "without", "limits", "use", "questions", "choices", "rows", "accept", "guards", "figures")


class LineMerge:
    def __init__(
        self, files: Mapping[str, bytes], bases: tuple[Variant, Variant], moved: Sequence[Difference], inquiry: Inquiry
    ) -> None:
        self._files, self._bases, self._moved, self._inquiry = files, bases, moved, inquiry
        self._settings = read_toml(files[SETTINGS_FILE], name=SETTINGS_FILE)
        self._clauses = read_toml(files.get(POLICY_FILE, b""), name=POLICY_FILE)
        self._edits: dict[str, list[Edit]] = {SETTINGS_FILE: [], POLICY_FILE: []}

    def merge(self) -> dict[str, bytes | None]:
        """The two files where they are others afterwards."""
        for line in lines_over(self._settings, self._clauses, self._bases):
            self._ask(line)
        for line in omitted_lines(self._settings, self._bases):
            self._ask(line)
        self._ask_about_what_is_left_out()
        self._ask_about_settings()
        self._ask_about_clauses()
        accepted = self._settings.get("accept")
        for name in accepted if isinstance(accepted, list) else ():
            self._ask_about_suggestion(str(name))
        return {
            file: edited(file, self._files[file], edits) for file, edits in self._edits.items() if edits
        }  # fmt: skip

    def _ask(self, line: Line) -> None:
        said = self._told(line.is_about)
        if not said:
            return
        side = self._inquiry.ask(
            line.name, line.file, f"{line.says} over the base. In the base: {said}",
            own="Your line stays.", base="Your line is taken out.",
        )  # fmt: skip
        if side is Side.BASE:
            self._edits[line.file] += line.edits

    def _told(self, is_about: About) -> str:
        """What the base says otherwise of something, in the sentences of a comparison."""
        return " ".join(each.sentence for each in self._moved if is_about(each))

    def _ask_about_what_is_left_out(self) -> None:
        old, new = self._bases
        changed = {each for each, file in files_left_out(self._settings) if old.files.get(file) != new.files.get(file)}
        for entry in [*changed, *changed_conflicts(self._settings, self._bases)]:
            side = self._inquiry.ask(
                f"without.{entry}", SETTINGS_FILE, f"You do without {entry}, which the base has changed or taken out.",
                own="Your line stays.", base="Your line is taken out.",
            )  # fmt: skip
            if side is Side.BASE:
                self._edits[SETTINGS_FILE].append(leave_out_entry("without", lambda each, told=entry: each == told))  # type: ignore[misc]  # a default binds it

    def _ask_about_settings(self) -> None:
        own = flat_settings({key: value for key, value in self._settings.items() if key not in _NO_SETTINGS})
        was, theirs = (flat_settings(base.tables[SETTINGS_FILE]) for base in self._bases)
        for path, mine in own.items():
            if len(path) > 2 and IDENTITIES.get(path[-3]) == path[-1]:
                continue  # by what an entry is known
            if path in theirs and theirs[path] not in (mine, was.get(path)):
                key = ".".join(path)
                side = self._inquiry.ask_about(key, SETTINGS_FILE, key, (was.get(path), mine, theirs[path]))
                if side is Side.BASE:
                    self._edits[SETTINGS_FILE].append(leave_out_key(*path))

    def _ask_about_clauses(self) -> None:
        texts = [{clause: table.get("text") for clause, table in clause_tables(each)} for each in (
            self._bases[0].policy_table, self._clauses, self._bases[1].policy_table
        )]  # fmt: skip
        for clause, mine in texts[1].items():
            was, theirs = texts[0].get(clause), texts[2].get(clause)
            if clause in texts[2] and mine is not None and theirs not in (was, mine):
                side = self._inquiry.ask_about(
                    f"clauses.{clause}", POLICY_FILE, f"The clause {clause}", (was, mine, theirs)
                )
                if side is Side.BASE:
                    keys = [clause] if clause in self._clauses else clause.split(".")
                    self._edits[POLICY_FILE].append(leave_out_key(*keys))

    def _ask_about_suggestion(self, name: str) -> None:
        """What the base suggested was accepted as it was: another number is another decision."""
        was, now = (_suggested(base, name) for base in self._bases)
        is_gone = f"suggested.{name}" in {each.element_id for each in self._moved if each.how is How.GONE}
        if was == now and not is_gone:
            return
        whose = "no longer suggested, and " if is_gone else ""
        side = self._inquiry.ask(
            f"accept.{name}", SETTINGS_FILE,
            f"You accept what the base suggests for {name}. It is {whose}now “{now}” instead of “{was}”.",
            own=f"“{was}” stays, as a line of your own.", base=f"“{now}” holds.",
        )  # fmt: skip
        leave_out = leave_out_entry("accept", lambda each: each == name)
        if side is Side.OWN:
            if self._inquiry.questions[-1].answer is Side.OWN:
                path = ("limits", name.removeprefix(_LIMIT)) if name.startswith(_LIMIT) else tuple(name.split("."))
                self._edits[SETTINGS_FILE] += [leave_out, say(path, was)]
        elif is_gone:
            self._edits[SETTINGS_FILE].append(leave_out)


def _suggested(base: Variant, name: str) -> Any:
    if not name.startswith(_LIMIT):
        return setting_at(base.tables[SETTINGS_FILE], name)
    row = base.limits.get(name.removeprefix(_LIMIT))
    return line_of_limit(row) if row is not None else "none"
