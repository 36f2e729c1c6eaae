"""Every error of the engine, in one file and under one base.

An error's docstring is its message's template in words: it says what is wrong and what to do. Attributes carry the
parts, so that nobody parses a message.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.language import say
from engine.words import moment_in_words, time_in_words


class EngineError(Exception):
    """Something the engine refuses, with a sentence that says what to do."""


class BadInputError(EngineError):
    """What was handed in cannot be used. The message says where and what to change."""


class FeelError(EngineError):
    """An expression is wrong. Correct it at the place shown."""

    def __init__(self, sentence: str, *, expression: str, position: int | None = None) -> None:
        self.sentence = sentence
        self.expression = expression
        #: 0-based offset into `expression`; None where no single place is to blame
        self.position = position
        super().__init__(sentence if position is None else f"{sentence} (at character {position + 1})")


class FeelSyntaxError(FeelError):
    """An expression cannot be read. Correct it at the place shown."""


class FeelLimitError(FeelError):
    """An expression asks for more work than any policy needs. Make it smaller."""


class DmnError(EngineError):
    """A decision cannot be read or decided. The message names the table and the rules."""


class XmlRefusedError(EngineError):
    """A file is no XML, or is XML that is not read (DOCTYPE, entities, too large). Save it again from the modeller."""


class BadTimeError(BadInputError):
    """A day or an instant cannot be used as it stands. The message says what it lacks."""


class DiagramError(EngineError):
    """A file is no BPMN diagram. Save it again from the modeller as BPMN."""


class DrawError(EngineError):
    """A diagram has nothing drawn in it. Open it in the modeller, lay it out and save it."""


class DiagramNotRunnableError(EngineError):
    """A diagram holds something the engine does not run. Run `asb check` to see what to draw instead."""


class NoWayOutError(EngineError):
    """None of a gateway's conditions is true and it has no default flow. Correct the facts or draw a default."""


class UncaughtFaultError(EngineError):
    """A business fault that no boundary event catches. Draw an error boundary event for it, or resolve it by hand."""

    def __init__(self, code: str, element: str) -> None:
        self.code = code
        self.element = element
        super().__init__(
            f"“{element}” ended in the fault “{code}” and no boundary event catches it. Resolve it by hand, and draw "
            "an error boundary event for the next time."
        )


class EndlessLoopError(EngineError):
    """A diagram goes round without anything to wait for. Draw a task or a timer into the loop."""

    def __init__(self, element: str) -> None:
        self.element = element
        super().__init__(
            f"The diagram goes round at “{element}” without anything to wait for. Draw a task or timer there."
        )


class DeadlockError(EngineError):
    """A parallel join waits for a way that nothing can take any more. Draw an exclusive gateway instead."""

    def __init__(self, element: str) -> None:
        self.element = element
        super().__init__(
            f"“{element}” waits for a way in that nothing can take any more. Draw an exclusive gateway to bring ways "
            "together of which only some are taken."
        )


class WaitsInVainError(EngineError):
    """A case waits for a message or signal that nothing in it can throw any more. Resolve the incident."""

    def __init__(self, element: str, kind: str, name: str) -> None:
        self.element = element
        super().__init__(
            f"“{element}” waits for the {kind} “{name}”, and nothing in this case can throw it any more. Resolve this "
            "with a reason to let the case go on behind it, or have the diagram corrected."
        )


class DatabaseUnusableError(EngineError):
    """The database cannot be used. Check ASB_DATABASE_URL and that the server runs."""


class CaseBusyError(EngineError):
    """Somebody is moving the case this moment. Try again."""

    def __init__(self) -> None:
        super().__init__("Somebody is working on this case just now. Try again in a moment.")


class HandlerMissingError(EngineError):
    """A service task names a handler that does not exist. Check the spelling in the modeller."""

    def __init__(self, handler: str, *, known: tuple[str, ...]) -> None:
        self.handler = handler
        super().__init__(f"There is no handler “{handler}”. Write one of: {', '.join(known)}.")


class HandlerInputError(EngineError):
    """An element hands its handler values that it cannot use. The message says which and what to give instead."""

    def __init__(self, *, handler: str, sentences: tuple[str, ...]) -> None:
        self.handler = handler
        self.sentences = sentences
        super().__init__(f"{handler} cannot start. {' '.join(sentences)}")


class HandlerResultError(EngineError):
    """A handler gave back something that it does not declare. This is a fault of the handler's code."""


class PortRefusedError(EngineError):
    """A handler and the office's ports do not go together. Declare the port, or put one in; the message names both."""


class ServiceError(EngineError):
    """A service cannot be called, or its answer cannot be used, however often it is tried. The message says why."""


class LetterMissingError(EngineError):
    """A letter is asked for that the variant does not have. Check the letter's id."""

    def __init__(self, letter_id: str, *, known: tuple[str, ...]) -> None:
        self.letter_id = letter_id
        super().__init__(
            f"There is no letter “{letter_id}” in the letter set. Write one of: {', '.join(known) or 'none yet'}."
        )


class PlaceholderMissingError(EngineError):
    """A letter needs something that the case does not know. Record it, or change the letter."""

    def __init__(self, *, letter_id: str, placeholder: str) -> None:
        self.letter_id = letter_id
        self.placeholder = placeholder
        super().__init__(
            f"The letter {letter_id} needs (({placeholder})), and nothing of that name is known. "
            "Record it in the case, or change the letter."
        )


class VariantNotFoundError(EngineError):
    """There is no such variant, or its variant.toml cannot be used. The message says which and why."""


class PolicyUnreadableError(EngineError):
    """Something in a council's folder is not as the software knows it. Take back what was changed there last."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"The software stumbled over something in it ({type(error).__name__}: {str(error)[:200]}). Take back what "
            "was changed there last, and tell whoever looks after the software: the log says where it was."
        )


class CouncilNotServedError(EngineError):
    """No version of the council's policy is in force today. Publish one."""

    def __init__(self, council_id: str) -> None:
        self.council_id = council_id
        super().__init__(
            f"No policy of “{council_id}” is in force, so nothing can begin by it. See `asb check {council_id}`, and "
            f'put its folder in force: asb publish {council_id} --why "…"'
        )


class DraftRefusedError(BadInputError):
    """A draft may not be put in force. Mend what the sentences name."""

    def __init__(self, what: str, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(f"{what} is not put in force:\n" + "\n".join(f"- {sentence}" for sentence in sentences))


class DraftChangedError(BadInputError):
    """Somebody else has saved a file of a draft since it was opened. Load it anew, or keep one's own apart first."""

    def __init__(self, file: str, *, digest: str, by: str, at: datetime) -> None:
        self.digest = digest  #: of the file as it is now
        self.by = by
        self.at = at
        super().__init__(
            f"{by} saved {file} on {moment_in_words(at)}, after you opened it. Nothing was overwritten. Load it as it "
            "is now, or download yours first to keep it apart."
        )


class MoveRefusedError(EngineError):
    """A case cannot be moved to another version of its policy. The sentences say why, and what to do."""

    def __init__(self, reference: str, sentences: tuple[str, ...]) -> None:
        self.reference = reference
        self.sentences = sentences
        super().__init__(f"{reference} stays as it is. {' '.join(sentences)}")


class FormAnswersError(BadInputError):
    """Answers to a form cannot be taken. Correct each of the answers named."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        #: (path of the answer such as "reports[2].reported_on", what is wrong and what to give)
        self.problems = problems
        super().__init__(" ".join(f"{path}: {sentence}" for path, sentence in problems))


class SettingsError(BadInputError):
    """An environment variable has a value that cannot be used. The message names it and says what to write."""


class CaseNotFoundError(EngineError):
    """No case has this reference. `asb case` lists the cases."""

    def __init__(self, reference: str, councils: tuple[str, ...] = ()) -> None:
        self.reference = reference
        self.councils = councils
        super().__init__(
            f"“{reference}” is the reference of cases of several councils ({', '.join(councils)}); say which with "
            "--council."
            if councils
            else f"There is no case “{reference}”. `asb case` lists the cases."
        )


class AccessRefusedError(EngineError):
    """The reference and the code of a case do not belong together, or there is no such case: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "The reference and the code do not belong together. Check both: they stand in the letter with which we "
                "confirmed the application."
            )
        )


class ProcessNotFoundError(EngineError):
    """A diagram calls a process that the variant does not have. Check the called process's id in the modeller."""

    def __init__(self, process_id: str, variant: str) -> None:
        self.process_id = process_id
        super().__init__(f"{variant} has no process “{process_id}”. Check the called process's id in the modeller.")


class ItemNotFoundError(BadInputError):
    """An answer is about an item that the case does not have."""


class LimitNotFoundError(EngineError):
    """An expression asks for a limit that time_limits.dmn does not have. Correct the name, or add the row."""

    def __init__(self, limit: str) -> None:
        self.limit = limit
        super().__init__(f"time_limits.dmn has no limit “{limit}”. Correct the name in the diagram, or add the row.")


class StartUnknownError(EngineError):
    """A limit counts from a fact that is not known yet. Record the fact, then retry."""

    def __init__(self, limit: str, counted_from: str) -> None:
        self.limit = limit
        self.counted_from = counted_from
        super().__init__(
            f"The limit “{limit}” counts from {counted_from}, which is not known yet. Record it, then retry."
        )


class NobodyWaitsError(EngineError):
    """Nothing in the case waits for a message. The message says what the case can be told now."""


class TaskNotFoundError(EngineError):
    """The case has no such task. `asb tasks` lists the open ones."""

    def __init__(self, task: str) -> None:
        self.task = task
        super().__init__(f"There is no task {task}. `asb tasks` lists the open ones.")


class TaskAlreadyCompletedError(EngineError):
    """A colleague has completed the task meanwhile. Nothing of yours was recorded; look at the case."""

    def __init__(self, task: str, by: str, at: datetime) -> None:
        self.task = task
        self.by = by
        self.at = at  #: aware, in local time
        super().__init__(f"{by} completed {task} on {moment_in_words(at)}. Nothing of yours was recorded.")


class TaskCancelledError(EngineError):
    """The task is no longer needed: the case has moved on. Nothing was recorded."""

    def __init__(self, task: str, by: str | None, at: datetime | None) -> None:
        self.task = task
        self.by = by  #: who moved the case on; None where that is not known
        self.at = at  #: aware, in local time
        since = f" It moved on on {moment_in_words(at)}{f', by {by}' if by else ''}." if at is not None else ""
        super().__init__(f"{task} is no longer needed: the case has moved on.{since} Nothing of yours was recorded.")


class UndoRefusedError(EngineError):
    """A completion cannot be undone. The message says what followed it, or who may undo it."""


class TaskClaimedError(EngineError):
    """Somebody else has claimed the task. Ask them to hand it back."""

    def __init__(self, task: str, by: str) -> None:
        self.task = task
        self.by = by
        super().__init__(f"{by} has claimed {task}. Ask them to hand it back.")


class NotAllowedError(EngineError):
    """This person may not do this. The message says who may."""


class AbsenceNotFoundError(EngineError):
    """There is no such absence, or it has ended. The page of absences lists those that run or are to come."""

    def __init__(self, absence_id: int) -> None:
        self.absence_id = absence_id
        super().__init__("There is no such absence, or it has ended. Look at the list of absences.")


class GuardError(EngineError):
    """Guards of the policy hold: nothing has happened, and what they ask for must be so first."""

    def __init__(self, sentence: str, *, guards: tuple[str, ...], at: str, reasons: str = "") -> None:
        self.sentence = sentence  #: of every guard that holds, each with its clause
        self.guards = guards  #: their names
        self.at = at  #: at what somebody was held back, as people call it
        self.reasons = reasons  #: how the decisions that they read came out; "" where they read none
        super().__init__(f"{sentence}\n{reasons}" if reasons else sentence)


class IncidentNotFoundError(EngineError):
    """The case has no such open incident. `asb case` lists them."""

    def __init__(self, incident: str) -> None:
        self.incident = incident
        super().__init__(f"There is no open incident {incident}. `asb case` lists them.")


class AttachmentNotFoundError(EngineError):
    """The case has no such file. Its page lists them."""

    def __init__(self, reference: str, number: int) -> None:
        self.number = number
        super().__init__(f"Case {reference} has no file {number}. Its page lists the files.")


class LetterNotFoundError(EngineError):
    """The case sent no such letter. Its page lists them."""

    def __init__(self, reference: str, number: int) -> None:
        self.number = number
        super().__init__(f"Case {reference} has no letter {number}. Its page lists the letters.")


class FileGoneError(EngineError):
    """A file that was handed in is not where it was kept, or is damaged. Bring it back from the backup."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            f"The file {digest[:12]}… is not where it was kept, or is damaged. Bring it back from the backup."
        )


class DecisionNotFoundError(EngineError):
    """A business rule task names a decision that the variant does not have. Check its id in the modeller."""

    def __init__(self, decision: str) -> None:
        self.decision = decision
        super().__init__(f"The variant has no decision “{decision}”. Check the decision's id in the modeller.")


class TeamNotFoundError(EngineError):
    """A task is for a team that variant.toml does not have. Correct the candidate group or add the team."""

    def __init__(self, element: str, team: str | None) -> None:
        self.element = element
        self.team = team
        super().__init__(
            f"“{element}” is for the team “{team or ''}”, which variant.toml does not have. Correct the candidate "
            "group in the modeller, or add the team."
        )


class FormNotFoundError(EngineError):
    """A task shows a form that the variant does not have. Check the form's id in the modeller."""

    def __init__(self, element: str, form: str) -> None:
        self.element = element
        self.form = form
        super().__init__(f"“{element}” shows the form “{form}”, which the variant does not have.")


class TooManyTriesError(EngineError):
    """Something was tried too often. Wait until the moment that the message says."""

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at  #: aware, in local time
        # the minute that is shown has begun when it may be tried
        shown = again_at + timedelta(minutes=1)
        super().__init__(say("This was tried too often. Try again at %(time)s.", time=time_in_words(shown)))


class HandoverRefusedError(EngineError):
    """Something is handed over, or arrives, that the agreement of the two sides does not cover. The message says what
    to change."""


class ParcelRefusedError(EngineError):
    """A file of another installation is not taken in, or none can be written. The message says why, and what to do."""


class KeyRefusedError(EngineError):
    """A key for files between installations is missing, or is none. The message says what to do."""


class ParcelNotFoundError(EngineError):
    """Nothing of this number goes to, or came from, another installation by file. `asb parcels` lists what does."""

    def __init__(self, parcel_id: str) -> None:
        super().__init__(f"There is no parcel “{parcel_id[:40]}” that goes by file. `asb parcels` lists them.")


class ParcelTakenInError(EngineError):
    """A parcel was taken in already, by another worker. The case that it went to goes on."""

    def __init__(self, parcel_id: str) -> None:
        super().__init__(f"The parcel {parcel_id} was taken in already. Nothing is to be done.")


class SignInRefusedError(EngineError):
    """Somebody cannot sign in so. The message says what to do, and never whether there is such an account."""


class LinkEndedError(EngineError):
    """An invitation was used, has ended, or was replaced by a later one. Ask the administrator for a new one."""

    def __init__(self) -> None:
        super().__init__(
            "This link has been used or has ended, or a later one was made. Ask your administrator to invite you again."
        )


class ApplicationNotFoundError(EngineError):
    """No application is kept under this return code: a wrong code, or one that has ended. Nobody learns which."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "We have no application with this code. Check the code. If it is right, the application was kept as "
                "long as we told you and has been deleted: start again, or call us."
            )
        )


class ApplicationSentError(EngineError):
    """The application was sent already, and cannot be changed. The receipt has the case's reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(say("This application was sent already. Its reference is %(reference)s.", reference=reference))


class PersonNotFoundError(EngineError):
    """The council has no such person. The page of people lists them."""

    def __init__(self) -> None:
        super().__init__("There is no such person among the people of your council.")


class AddressBookEntryNotFoundError(EngineError):
    """The council's address book has no such entry; it may have been erased. Its page lists the others."""

    def __init__(self) -> None:
        super().__init__("There is no such entry in your council’s address book. Perhaps somebody has erased it.")


class ExplanationNotFoundError(EngineError):
    """The council's log of second reports has no such entry. Its page, and `asb explanations`, list them."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The council’s log of second reports has no entry {number}. Check the number in the list.")


class MeasurementBrokenError(EngineError):
    """The benchmark measured something that did not do what was asked of it. Its figures would say nothing."""
