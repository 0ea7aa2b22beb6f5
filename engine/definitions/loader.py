"""Files to core objects for one organisation and day, layer by layer. Keeps what it read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from engine.core.content.ordered import letters_named
from engine.core.content.ruleset import RuleSet
from engine.core.content.workflow import Workflow
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.definitions.checking.layering import merge_layers, merge_running
from engine.definitions.checking.type_checks import check_letter, check_rule_set, check_workflow
from engine.definitions.files.content_files import ContentFiles, Kind, says_law, version_on
from engine.definitions.files.footprint import Footprint, Pinned
from engine.definitions.files.places import Document, as_error, findings_of
from engine.definitions.files.version_choice import choose_version, refuse_expired, valid_through_of
from engine.definitions.letter_loader import LetterLoader
from engine.definitions.models.workflow import WorkflowFile
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.reading.build_files import build_rule_set
from engine.definitions.reading.build_workflow import build_workflow, rule_set_of
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.sources import Sources, check_head, raise_all


class Loader:
    """Reads each file once. A snapshot: make a new one to see changes."""

    def __init__(self, files: ContentFiles) -> None:
        self.files = files
        self.sources = Sources(files)
        self.organisations = OrganisationLoader(self.sources)
        self.letters = LetterLoader(self.sources, self.organisations)

    def rule_set(
        self, organisation: str, name: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> RuleSet:
        """The rule set with its layers merged. Raises DefinitionError with all its problems.

        Pinned rules lie on the layers they were pinned with; what a law asks more since then holds beside them.
        """
        owners = self.organisations.chain(organisation)
        found = choose_version(self.files, Kind.RULES, owners, name, on, used, pinned.rules if pinned else None)
        owner, version = found
        below = owners[: owners.index(owner)]
        reader = self.organisations.organisation(organisation, used)
        if pinned is not None:
            lower, later = self._layers_of_case(below, name, on, reader.id, pinned, used)
            merged = merge_running((*lower, self.layer(owner, name, version, organisation, used)), later, reader)
        else:
            layers = [
                self._layer_in_force(one, name, chosen, on, organisation, used)
                for one in below
                if (chosen := self._lower_version(one, name, on, used)) is not None
            ]
            layers.append(self._layer_in_force(owner, name, version, on, organisation, used))
            merged, findings = merge_layers(layers, reader)
            raise_all(f"Regelset {name} van {organisation}", findings)
        return replace(merged, digest=used.files[self.files.version_file(Kind.RULES, owner, name, version)])

    def _layers_of_case(
        self, below: Sequence[str], name: str, on: date, reader: str, pinned: Pinned, used: Footprint
    ) -> tuple[list[RuleSet], list[RuleSet]]:
        """The layers under pinned rules: those they were pinned with, and every law in force since, oldest first.

        Only what came later is asked whether it still holds: a case goes on by its own law, also when that ended. Who
        agreed on another way of working bound no case that ran, so of that nothing comes later.
        """
        agreed = {one.owner: one for one in pinned.lower_rules() if one.digest or not self._is_law(one.owner)}
        lower, later, practice = list[RuleSet](), list[RuleSet](), list[RuleSet]()
        for one in (layer for layer in below if layer not in agreed):
            versions = self.files.versions(Kind.RULES, one, name)
            kept = version_on(versions, min(pinned.law or on, on))
            found = [self.layer(one, name, day, reader, used) for day in versions if day == kept]
            if not self._is_law(one):
                practice += found if pinned.lower is None else ()
                continue
            lower += found
            newest = self._lower_version(one, name, on, used)
            since = (day for day in versions if (kept or date.min) < day <= (newest or date.min))
            later += [self.layer(one, name, day, reader, used) for day in since]
        practice += [self.layer(one.owner, name, one.version, reader, used) for one in agreed.values()]
        return [*lower, *practice], sorted(later, key=lambda layer: layer.valid_from)

    def _is_law(self, owner: str) -> bool:
        return says_law(self.sources.text(self.files.organisation_file(owner), Footprint())) is not False

    def _lower_version(self, owner: str, name: str, on: date, used: Footprint) -> date | None:
        versions = self.files.versions(Kind.RULES, owner, name)
        chosen = version_on(versions, on)
        used.choose(versions, chosen)
        return chosen

    def _layer_in_force(self, owner: str, name: str, version: date, on: date, reader: str, used: Footprint) -> RuleSet:
        layer = self.layer(owner, name, version, reader, used)
        refuse_expired(self.files, Kind.RULES, owner, name, on, layer.valid_through, used)
        return layer

    def layer(self, owner: str, name: str, version: date, reader: str, used: Footprint) -> RuleSet:
        """One file of a rule set, read for the organisation `reader`."""
        path = self.files.version_file(Kind.RULES, owner, name, version)
        document = self.sources.fresh(path, self.organisations.organisation(reader, used), used)
        check_head(document, "rule_set", name, version)
        return replace(build_rule_set(document, owner), digest=used.files[path], is_law=self._is_law(owner))

    def workflow(
        self, organisation: str, name: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> tuple[Workflow, RuleSet]:
        """The workflow in force, or the pinned one, with its rule set."""
        owners, version = self.organisations.chain(organisation), pinned.workflow if pinned else None
        reader = self.organisations.organisation(organisation, used)
        if pinned is None and (reason := reader.leaves_out.get(name)):
            raise as_error(
                fault("procedure_left_out", reader.where, workflow=name, organisation=reader.id, reason=reason)
            )
        owner, chosen = choose_version(self.files, Kind.WORKFLOWS, owners, name, on, used, version)
        path = self.files.version_file(Kind.WORKFLOWS, owner, name, chosen)
        document = self.sources.fresh(path, reader, used)
        check_head(document, "workflow", name, chosen)
        rules = self._rules_of(document, organisation, on, used, pinned)
        workflow = build_workflow(document, owner, rules.ladders, reader.shared_acts)
        terms = tuple(term.placed_in(reader.region, reader.office) for term in workflow.ladder_terms)
        if pinned is None:
            refuse_expired(self.files, Kind.WORKFLOWS, owner, name, on, valid_through_of(document), used)
        return replace(workflow, ladder_terms=terms, digest=used.files[path]), rules

    def workflow_alone(self, reader: str, owner: str, name: str, version: date) -> None:
        """Look at a workflow file of which the rule set cannot be read. Raises DefinitionError with its problems.

        A ladder stands in the rule set: with one the states cannot be known, and only the form of the file is judged.
        """
        organisation = self.organisations.organisation(reader, Footprint())
        path = self.files.version_file(Kind.WORKFLOWS, owner, name, version)
        document = self.sources.fresh(path, organisation, Footprint())
        if fit(document, WorkflowFile).ladder is None:
            build_workflow(document, owner, {}, organisation.shared_acts)

    def _rules_of(
        self, document: Document, organisation: str, on: date, used: Footprint, pinned: Pinned | None
    ) -> RuleSet:
        name = rule_set_of(document)
        if name:
            try:
                return self.rule_set(organisation, name, on, used, pinned)
            except DefinitionError as error:
                if any(":" in finding.where for finding in findings_of(error)):
                    raise  # it has a place in a file of its own
                at = document.top / "rule_set"
                raise as_error(*(replace(finding, where=at.where) for finding in findings_of(error))) from error
        build_workflow(document, organisation, {})
        raise AssertionError("a workflow without a rule set does not fit its model")

    def content(
        self, organisation: str, workflow_id: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> Content:
        """All content for one workflow, checked. Raises DefinitionError with all problems found."""
        content, wrong_letters, wrong = self.judged(organisation, workflow_id, on, used, pinned)
        raise_all(f"Workflow {workflow_id} van {organisation}", (*chain(*wrong_letters.values()), *wrong))
        return content

    def judged(
        self, organisation: str, workflow_id: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> tuple[Content, dict[str, list[Finding]], list[Finding]]:
        """The content as far as it can be read; what is wrong with each letter (left out of it), and with the rest.

        Not for cases. Raises DefinitionError when the workflow or its rule set cannot be read at all.
        """
        found = self.organisations.organisation(organisation, used)
        workflow, rules = self.workflow(organisation, workflow_id, on, used, pinned)
        letters, wrong_letters = self.letters.fitting_letters(
            organisation,
            letters_named(workflow, rules),
            on,
            used,
            lambda letter: check_letter(letter, rules, workflow, found),
            may_be_older=pinned is not None,
        )
        wrong = [*check_rule_set(rules, found, workflow), *check_workflow(workflow, rules, found)]
        calendar = self.organisations.calendar(organisation, used)
        content = Content(
            organisation=found,
            workflow=workflow,
            rules=rules,
            calendar=calendar,
            letters=letters,
            digest=used.digest,
        )
        return content, wrong_letters, wrong
