"""A step in the making: what one decision collects before it is a `Step`, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.core.deciding.case import Case, LetterMark, Record
from engine.core.deciding.checks import check_consequences
from engine.core.deciding.clocks import ClockChange
from engine.core.deciding.last_act import last_act_of
from engine.core.deciding.lateness import deadlines_of, running_clocks, running_terms
from engine.core.deciding.outgoing import LetterChange, OutgoingLetter
from engine.core.deciding.question import Question, with_records_of
from engine.core.deciding.sending import counting_from
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import (
    Blocker,
    BlockerKind,
    CaseToOpen,
    Entry,
    EntryKind,
    Notice,
    Refusal,
    Step,
    TakenBack,
)
from engine.core.deciding.subject import Subject, SubjectChange, told_of_change
from engine.core.deciding.subject_lists import ManyRecords, with_list_facts, with_record
from engine.core.deciding.unique_numbers import change_of
from engine.core.errors import UsageError
from engine.core.language.facts import KnownFact, Value, plain_value
from engine.core.legal_clock.ledger import ledger_to_plain
from engine.core.message import Message
from engine.core.quick_class import replace


class Refused(Exception):
    """Inside the core only: the decision cannot be taken, for these reasons. `advance` turns it into a Refusal."""

    def __init__(self, *blockers: Blocker) -> None:
        super().__init__(blockers)
        self.blockers = blockers


class Draft:
    """Collects what one command changes. Lives for one decision and never leaves the core."""

    def __init__(self, question: Question) -> None:
        self.question, self.case = question, question.case
        self.content, self.actor, self.moment = question.content, question.actor, question.moment
        self.subject = question.subject
        self.before = question.case if question.case.version else None
        self.entries: list[Entry] = []
        self.letters: list[OutgoingLetter] = []
        self.letter_changes: list[LetterChange] = []
        self.opens: list[CaseToOpen] = []
        self.notices: list[Notice] = []
        self.told_parent: dict[str, Value] = {}
        self.taken_back: TakenBack | None = None
        self._seen: Situation | None = None

    def begin_writing(self, kinds: tuple[str, ...]) -> None:
        """From now on only what this act says is known of records of these kinds; of none: the writing is done."""
        if kinds != self.question.writing:
            self.question, self._seen = self.question.for_writing(kinds), None

    def look(self) -> Situation:
        """The situation as the draft now stands; looked at anew only after the case or its subject has changed."""
        if (seen := self._seen) is None or seen.case is not self.case or seen.question.subject is not self.subject:
            seen = self._seen = look(self.question.about(self.case, self.subject))
        return seen

    def note(self, kind: EntryKind, **details: object) -> None:
        """Add a line for the journal, by the actor of this command."""
        self.entries.append(Entry(kind=kind, at=self.moment, actor=self.actor, details=details))

    def set_facts(self, values: Mapping[str, Value], by: str) -> None:
        """Write facts where they belong, in the case or of its subject; one that keeps its value keeps its origin too.

        Raises Refused when it would make the case one about somebody else.
        """
        whose = self.content.subject_facts
        facts = self._with(self.case.facts, {fact: value for fact, value in values.items() if fact not in whose}, by)
        if facts != self.case.facts:  # the same case is not looked at anew
            self.case = replace(self.case, facts=facts)
        if whose.isdisjoint(values):
            return
        of_subject = {fact: value for fact, value in values.items() if fact in whose}
        self._check_number(of_subject)
        kind = self.content.subject_kind
        assert kind is not None  # only who has a kind has facts of it
        own = {fact: value for fact, value in of_subject.items() if fact in kind.facts}
        facts = self._with(self.subject.facts, own, by)
        subject = replace(self.subject, facts=facts) if facts != self.subject.facts else self.subject
        of_lists = {fact: value for fact, value in of_subject.items() if fact not in own}
        listed = with_list_facts(kind, subject, of_lists, by, self.moment)
        if isinstance(listed, ManyRecords):
            told = {"of": listed.of, "known": listed.keys, "one": listed.keys[-1], "number": subject.number}
            said = Message("subject_has_many", told)
            raise Refused(Blocker(kind=BlockerKind.SUBJECT_RULE, subject=min(of_lists), said=said))
        self._become(listed)

    def keep_record(self, record: Record) -> None:
        """Write or change a record where its kind belongs: of the case, or of its subject."""
        if self.content.rules.records[record.kind].subject:
            self._become(with_record(self.subject, record))
        else:
            records = {one.key: one for one in self.case.records} | {record.key: record}
            self.case = replace(self.case, records=tuple(records.values()))

    def _become(self, subject: Subject) -> None:
        self.subject, self.case = subject, with_records_of(subject, self.case)

    def put_back(self, records: Iterable[tuple[Record | None, Record]]) -> None:
        """Let records of the subject stand as they did (None: not at all) before an act that is taken back."""
        kept = {one.key: one for one in self.subject.records}
        for before, after in records:
            kept.pop(after.key) if before is None else kept.update({before.key: before})
        self._become(replace(self.subject, records=tuple(kept.values())))

    def _with(self, known: Mapping[str, KnownFact], values: Mapping[str, Value], by: str) -> Mapping[str, KnownFact]:
        facts = dict(known)
        for fact, value in values.items():
            if fact not in facts or facts[fact].value != value:
                facts[fact] = KnownFact(value=value, by=by, at=self.moment)
        return facts

    def _check_number(self, values: Mapping[str, Value]) -> None:
        key = self.content.workflow.subject_key
        if key in values and str(values[key]) != self.subject.number:
            said = Message("case_is_of_another", {"number": self.subject.number, "given": str(values[key])})
            raise Refused(Blocker(kind=BlockerKind.SUBJECT_RULE, subject=key, said=said))

    def note_facts(self, facts: Mapping[str, Value]) -> None:
        """Add a line for facts that were written, with what was known before where that was something else."""
        old = self.question.facts
        was = {fact: old[fact].value for fact, value in facts.items() if fact in old and old[fact].value != value}
        self.note(EntryKind.RECORDED, facts=plain_facts(facts), **({"was": plain_facts(was)} if was else {}))

    def note_clocks(self, changes: tuple[ClockChange, ...]) -> None:
        """Add a line for every entry in a ledger."""
        for key, entry in changes:
            self.note(EntryKind.CLOCK, clock=key, entry=ledger_to_plain((entry,))[0])

    def post(self, letters: tuple[OutgoingLetter, ...], act: str = "", *, beside: LetterMark | None = None) -> None:
        """Order letters, and remember them in the case, with the transition that did it where a term asks for it.

        `beside`: to one more reader of that letter; what counts from its sending counts from this one too.
        """
        by, about = (beside.act, beside.record) if beside else counting_from(self.content, self.case, act)
        for letter in letters:
            mark = LetterMark(key=letter.key, letter=letter.letter, addressee=letter.addressee, act=by, record=about)
            self.case = replace(self.case, letters=(*self.case.letters, mark))
            self.letters.append(letter)
            template = f"{letter.organisation}/{letter.letter}@{letter.template_version}"
            line = {"beside": beside.key} if beside else {}
            line = {"key": letter.key, "letter": letter.letter, "addressee": letter.addressee, **line}
            self.note(EntryKind.LETTER_ORDERED, **line, template=template)

    def notify(self, notice: Notice) -> None:
        """Put a message in the inbox of a body."""
        self.notices.append(notice)
        self.note(EntryKind.NOTICE, **noted(notice))

    def finish(self, attempted: str) -> Step:
        """The step that came of what was attempted, with everything that is open after it."""
        change = self._change_of_subject()
        self.case, last = replace(self.case, facts=self._own_facts(), of_subject=()), None
        if self.taken_back is None:
            barred = "parent" if self.told_parent and self.case.parent else _replaced(change)
            last = last_act_of(self.before, self.case, self.entries, change, attempted=attempted, barred=barred)
        acted = tuple(dict.fromkeys((*self.case.acted, self.actor.person))) if self.actor.person else self.case.acted
        after = replace(self.case, version=self.case.version + 1, last_act=last, acted=acted)
        running = running_clocks(self.content, after)
        return Step(
            before=self.before,
            after=after,
            entries=tuple(self.entries),
            deadlines=deadlines_of(self.content, running),
            running=running_terms(self.content, after.state, running),
            letters=tuple(self.letters),
            letter_changes=tuple(self.letter_changes),
            opens=tuple(self.opens),
            told_parent=dict(self.told_parent),
            notices=tuple(self.notices),
            taken_back=self.taken_back,
            content_digest=self.content.digest,
            subject=change,
        )

    def _own_facts(self) -> Mapping[str, KnownFact]:
        # Copies that a case of the first edition holds are over once the register holds them.
        whose, facts = self.content.subject_facts, self.case.facts
        if whose.isdisjoint(facts):
            return facts
        return {fact: known for fact, known in facts.items() if fact not in whose}

    def _change_of_subject(self) -> SubjectChange | None:
        before = self.question.subject
        if self.subject == before and (before.version or not (before.facts or before.records)):
            return None
        after = replace(self.subject, version=before.version + 1)
        # The register may have had nothing where the case had a copy of its own: then all of it is new there.
        held = before if before.version else replace(before, facts={}, records=())
        self.note(EntryKind.SUBJECT, **told_of_change(held, after))
        kind = self.content.subject_kind
        return change_of(kind, before, after, self.actor)


def _replaced(change: SubjectChange | None) -> str:
    """Marks an act by which other cases of the subject read another value now: that is not taken back here."""
    old = {} if change is None else change.before.facts
    return "subject" if change and any(change.after.facts.get(fact) != known for fact, known in old.items()) else ""


def noted(notice: Notice) -> dict[str, object]:
    """What the journal keeps of a message."""
    return {"to": notice.to, "about": notice.kind, "term": notice.term, "parameters": dict(notice.parameters)}


def decide(question: Question, attempted: str, change: Callable[[Draft], None]) -> Step | Refusal:
    """Let `change` work on a draft of the answer: a finished step, or the refusal it met."""
    draft = Draft(question)
    try:
        change(draft)
        if question.actor.is_person:
            refuse_any(check_consequences(question, draft.look()))
        return draft.finish(attempted)
    except Refused as refused:
        blockers = refused.blockers
    except UsageError as error:  # a day that no calendar has, computed from what was given or is known
        blockers = (Blocker(kind=BlockerKind.OUT_OF_REACH, subject=attempted, said=error.said),)
    return Refusal(case_id=draft.before.id if draft.before else "", attempted=attempted, blockers=blockers)


def refuse_closed(case: Case) -> None:
    """Raise Refused when the case is over."""
    if case.is_closed:
        raise Refused(Blocker(kind=BlockerKind.CLOSED, subject=case.state))


def refuse_any(blockers: tuple[Blocker, ...]) -> None:
    """Raise Refused when there is at least one blocker."""
    if blockers:
        raise Refused(*blockers)


def plain_facts(facts: Mapping[str, Value]) -> dict[str, object]:
    """Facts as plain JSON values, for the journal; dates and moments in ISO form."""
    return {fact: plain_value(value) for fact, value in facts.items()}
