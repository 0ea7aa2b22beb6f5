"""Files to core objects for one organisation and day, layer by layer. Keeps what it read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.content import Content
from engine.core.errors import DefinitionError
from engine.core.ruleset import RuleSet
from engine.core.workflow import Workflow
from engine.definitions.build_rules import Layer, build_layer
from engine.definitions.build_workflow import build_workflow, rule_set_of
from engine.definitions.content_files import ContentFiles, Kind, not_found, not_in_force, version_on
from engine.definitions.footprint import Footprint
from engine.definitions.layering import merge_layers
from engine.definitions.letter_loader import LetterLoader
from engine.definitions.letters_named import letters_named
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.places import Document
from engine.definitions.sources import Sources, check_name, check_version, raise_all
from engine.definitions.type_checks import check_letter, check_rule_set, check_workflow

Pinned = tuple[date, date]


class Loader:
    """Reads each file once. A snapshot: make a new one to see changes."""

    def __init__(self, files: ContentFiles) -> None:
        self.files = files
        self.sources = Sources(files)
        self.organisations = OrganisationLoader(self.sources)
        self.letters = LetterLoader(self.sources, self.organisations)

    def rule_set(self, organisation: str, name: str, on: date, used: Footprint, pinned: date | None = None) -> RuleSet:
        """The rule set with its layers merged. Raises DefinitionError with all its problems."""
        chain = self.organisations.chain(organisation)
        owner = self._owner(Kind.RULES, chain, name, used)
        lower = [self._lower_layer(one, name, on, organisation, used) for one in chain[: chain.index(owner)]]
        top = self._top_layer(owner, name, on, organisation, used, pinned)
        merged, problems = merge_layers([*filter(None, lower), top], organisation)
        raise_all(f"Regelset {name} van {organisation}", problems)
        return merged

    def _lower_layer(self, owner: str, name: str, on: date, reader: str, used: Footprint) -> Layer | None:
        """The layer of an inherited organisation; None when it has none, or none yet on this day."""
        versions = self.files.versions(Kind.RULES, owner, name)
        if version_on(versions, on) is None:
            used.choose(versions, None)
            return None
        return self._top_layer(owner, name, on, reader, used, None)

    def _top_layer(self, owner: str, name: str, on: date, reader: str, used: Footprint, pinned: date | None) -> Layer:
        versions = self.files.versions(Kind.RULES, owner, name)
        chosen = pinned or version_on(versions, on)
        if chosen is None or chosen not in versions:
            raise not_in_force(Kind.RULES, owner, name, pinned or on, versions)
        layer = self.layer(owner, name, chosen, reader, used)
        if pinned is None:
            _refuse_expired(Kind.RULES, owner, name, on, versions, layer.valid_through)
            used.choose(versions, chosen, layer.valid_through)
        return layer

    def layer(self, owner: str, name: str, version: date, reader: str, used: Footprint) -> Layer:
        """One file of a rule set, read with the parameters of the organisation `reader`."""
        path = self.files.version_file(Kind.RULES, owner, name, version)
        document = self.sources.fresh(path, self.organisations.organisation(reader, used).parameters, used)
        check_name(document, "rule_set", name)
        check_version(document, version)
        return build_layer(document, owner)

    def workflow(
        self, organisation: str, name: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> tuple[Workflow, RuleSet]:
        """The workflow in force, or the pinned one, with its rule set."""
        chain = self.organisations.chain(organisation)
        owner = self._owner(Kind.WORKFLOWS, chain, name, used)
        versions = self.files.versions(Kind.WORKFLOWS, owner, name)
        chosen = pinned[0] if pinned else version_on(versions, on)
        if chosen is None or chosen not in versions:
            raise not_in_force(Kind.WORKFLOWS, owner, name, pinned[0] if pinned else on, versions)
        path = self.files.version_file(Kind.WORKFLOWS, owner, name, chosen)
        document = self.sources.fresh(path, self.organisations.organisation(organisation, used).parameters, used)
        check_name(document, "workflow", name)
        check_version(document, chosen)
        rules = self._rules_of(document, organisation, on, used, pinned[1] if pinned else None)
        workflow = build_workflow(document, owner, rules.ladders)
        if pinned is None:
            through = _valid_through(document)
            _refuse_expired(Kind.WORKFLOWS, owner, name, on, versions, through)
            used.choose(versions, chosen, through)
        return workflow, rules

    def _rules_of(
        self, document: Document, organisation: str, on: date, used: Footprint, pinned: date | None
    ) -> RuleSet:
        name = rule_set_of(document)
        if name:
            try:
                return self.rule_set(organisation, name, on, used, pinned)
            except DefinitionError as error:
                if error.problems or ":" in error.where:
                    raise
                at = document.top / "rule_set"
                raise DefinitionError(error.what, where=at.where, why=error.why, next_step=error.next_step) from error
        build_workflow(document, organisation, {})
        raise AssertionError("a workflow without a rule set does not fit its model")

    def content(
        self, organisation: str, workflow_id: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> Content:
        """All content for one workflow, checked. Raises DefinitionError with all problems found."""
        found = self.organisations.organisation(organisation, used)
        workflow, rules = self.workflow(organisation, workflow_id, on, used, pinned)
        letters, problems = self.letters.letters_named(organisation, letters_named(workflow, rules), on, used)
        problems += check_rule_set(rules, found, workflow)
        problems += check_workflow(workflow, rules, found)
        for letter in letters.values():
            problems += check_letter(letter, rules, workflow, found)
        raise_all(f"Workflow {workflow_id} van {organisation}", problems)
        calendar = self.organisations.calendar(organisation, used)
        return Content(
            organisation=found,
            workflow=workflow,
            rules=rules,
            calendar=calendar,
            letters=letters,
            digest=used.digest,
        )

    def _owner(self, kind: Kind, chain: Sequence[str], name: str, used: Footprint) -> str:
        for one in chain:
            used.use_folder(self.files.folder(kind, one, name))
        owner = self.files.nearest_owner(kind, chain, name)
        if owner is None:
            known = [other for one in chain for other in self.files.names(kind, one) if other != name]
            raise not_found(kind, chain[-1], name, known)
        return owner


def _valid_through(document: Document) -> date | None:
    value = document.value.get("valid_through") if isinstance(document.value, dict) else None
    return value if isinstance(value, date) else None


def _refuse_expired(
    kind: Kind, owner: str, name: str, on: date, versions: Sequence[date], valid_through: date | None
) -> None:
    if valid_through is not None and on > valid_through:
        error = not_in_force(kind, owner, name, on, versions)
        why = f"{error.why} De nieuwste gold tot en met {valid_through.isoformat()}."
        raise DefinitionError(error.what, where=error.where, why=why, next_step=error.next_step)
