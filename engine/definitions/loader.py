"""Files to core objects for one organisation and day, layer by layer. Keeps what it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from engine.core.calendar import Calendar
from engine.core.content import Content
from engine.core.errors import DefinitionError
from engine.core.facts import Value
from engine.core.organisation import Organisation
from engine.core.ruleset import RuleSet
from engine.core.template import LetterTemplate
from engine.core.workflow import Workflow
from engine.definitions.build_calendar import build_calendar
from engine.definitions.build_organisation import build_organisation
from engine.definitions.build_rules import Layer, build_layer
from engine.definitions.build_workflow import build_workflow, rule_set_of
from engine.definitions.content_files import ContentFiles, Kind, not_found, not_in_force, version_on
from engine.definitions.footprint import Footprint
from engine.definitions.layering import merge_layers
from engine.definitions.letter_reader import read_letter
from engine.definitions.letters_named import letters_named
from engine.definitions.places import Document, gathered
from engine.definitions.type_checks import check_letter, check_organisation, check_rule_set, check_workflow
from engine.definitions.yaml_reader import read_yaml

Pinned = tuple[date, date]


class Loader:
    """Reads each file once. A snapshot: make a new one to see changes."""

    def __init__(self, files: ContentFiles) -> None:
        self.files = files
        self._texts: dict[str, tuple[str, str]] = {}
        self._documents: dict[str, Document] = {}
        self._organisations: dict[str, Organisation] = {}

    # --- organisations ---------------------------------------------------------------------------------------

    def chain(self, organisation: str, _above: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The organisation after everything it inherits, lowest layer first."""
        if organisation in _above:
            raise DefinitionError(
                f"Organisaties erven in een kring: {' ← '.join((*_above, organisation))}.",
                where=f"rules/{organisation}/organisation.yaml",
                next_step="Haal een van deze inherits weg.",
            )
        value = self.document(self.files.organisation_file(organisation)).value
        parents = value.get("inherits", []) if isinstance(value, dict) else []
        lower: dict[str, None] = {}
        for parent in parents if isinstance(parents, list) else []:
            lower.update(dict.fromkeys(self.chain(str(parent), (*_above, organisation))))
        return (*lower, organisation)

    def organisation(self, organisation: str, used: Footprint) -> Organisation:
        """The organisation with what it inherits merged in."""
        for one in self.chain(organisation):
            self._text(self.files.organisation_file(one), used)
        return self._organisation(organisation)

    def _organisation(self, organisation: str) -> Organisation:
        if organisation not in self._organisations:
            inherited = [self._organisation(one) for one in self.chain(organisation)[:-1]]
            document = self.document(self.files.organisation_file(organisation)).read_for({})
            _check_name(document, "organisation", organisation)
            found = build_organisation(document, inherited)
            _raise(found.id, check_organisation(found))
            self._organisations[organisation] = found
        return self._organisations[organisation]

    def calendar(self, organisation: str, used: Footprint) -> Calendar:
        """All calendar files of the organisation and of what it inherits, together."""
        documents = []
        for one in self.chain(organisation):
            used.use_folder(f"rules/{one}/calendar")
            for path in self.files.calendar_files(one):
                documents.append(self._fresh(path, {}, used))
        return build_calendar(documents)

    # --- rule sets -------------------------------------------------------------------------------------------

    def rule_set(self, organisation: str, name: str, on: date, used: Footprint, pinned: date | None = None) -> RuleSet:
        """The rule set with its layers merged, types checked. Raises DefinitionError with all its problems."""
        chain = self.chain(organisation)
        owner = self._owner(Kind.RULES, chain, name, used)
        layers = [
            layer
            for one in chain[: chain.index(owner) + 1]
            if (
                layer := self._layer(
                    one, name, on, organisation, used, pinned if one == owner else None, is_top=one == owner
                )
            )
        ]
        merged, problems = merge_layers(layers, organisation)
        _raise(f"Regelset {name} van {organisation}", problems)
        return merged

    def _layer(
        self, owner: str, name: str, on: date, reader: str, used: Footprint, pinned: date | None, *, is_top: bool
    ) -> Layer | None:
        versions = self.files.versions(Kind.RULES, owner, name)
        chosen = pinned or version_on(versions, on)
        if chosen is None and not is_top:
            used.choose(versions, None)
            return None
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
        document = self._fresh(path, self.organisation(reader, used).parameters, used)
        _check_name(document, "rule_set", name)
        _check_version(document, version)
        return build_layer(document, owner)

    # --- workflows -------------------------------------------------------------------------------------------

    def workflow(
        self, organisation: str, name: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> tuple[Workflow, RuleSet]:
        """The workflow in force, or the pinned one, with its rule set."""
        chain = self.chain(organisation)
        owner = self._owner(Kind.WORKFLOWS, chain, name, used)
        versions = self.files.versions(Kind.WORKFLOWS, owner, name)
        chosen = pinned[0] if pinned else version_on(versions, on)
        if chosen is None or chosen not in versions:
            raise not_in_force(Kind.WORKFLOWS, owner, name, pinned[0] if pinned else on, versions)
        path = self.files.version_file(Kind.WORKFLOWS, owner, name, chosen)
        document = self._fresh(path, self.organisation(organisation, used).parameters, used)
        _check_name(document, "workflow", name)
        _check_version(document, chosen)
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
                if error.where.startswith("rules/") and (error.problems or ":" in error.where):
                    raise
                at = document.top / "rule_set"
                raise DefinitionError(error.what, where=at.where, why=error.why, next_step=error.next_step) from error
        build_workflow(document, organisation, {})
        raise AssertionError("a workflow without a rule set does not fit its model")

    # --- letters ---------------------------------------------------------------------------------------------

    def letter(self, organisation: str, name: str, on: date, used: Footprint) -> LetterTemplate | None:
        """The letter in force on the day; None when neither the organisation nor what it inherits has one."""
        chain = self.chain(organisation)
        for one in chain:
            used.use_folder(self.files.folder(Kind.LETTERS, one, name))
        owner = self.files.nearest_owner(Kind.LETTERS, chain, name)
        if owner is None:
            return None
        versions = self.files.versions(Kind.LETTERS, owner, name)
        chosen = version_on(versions, on)
        used.choose(versions, chosen)
        if chosen is None:
            return None
        return self.letter_version(organisation, owner, name, chosen, used)

    def letter_version(self, reader: str, owner: str, name: str, version: date, used: Footprint) -> LetterTemplate:
        """One file of a letter, read with the parameters and partials of the organisation `reader`."""
        path = self.files.version_file(Kind.LETTERS, owner, name, version)
        chain = self.chain(reader)

        def find_partial(partial: str) -> str | None:
            for one in chain:
                used.use_folder(f"templates/letters/{one}/partials")
            found = self.files.partial_file(chain, partial)
            return None if found is None else self._text(found, used)

        parameters = self.organisation(reader, used).parameters
        letter, document = read_letter(self._text(path, used), path, owner, parameters, find_partial)
        _check_name(document, "letter", name)
        _check_version(document, version)
        return letter

    # --- everything together ---------------------------------------------------------------------------------

    def content(
        self, organisation: str, workflow_id: str, on: date, used: Footprint, pinned: Pinned | None = None
    ) -> Content:
        """All content for one workflow, checked. Raises DefinitionError with all problems found."""
        found = self.organisation(organisation, used)
        workflow, rules = self.workflow(organisation, workflow_id, on, used, pinned)
        letters, problems = self._letters_of(organisation, workflow, rules, on, used)
        problems += check_rule_set(rules, found, workflow)
        problems += check_workflow(workflow, rules, found)
        for letter in letters.values():
            problems += check_letter(letter, rules, workflow, found)
        _raise(f"Workflow {workflow_id} van {organisation}", problems)
        return Content(
            organisation=found,
            workflow=workflow,
            rules=rules,
            calendar=self.calendar(organisation, used),
            letters=letters,
            digest=used.digest,
        )

    def _letters_of(
        self, organisation: str, workflow: Workflow, rules: RuleSet, on: date, used: Footprint
    ) -> tuple[Mapping[str, LetterTemplate], list[DefinitionError]]:
        letters: dict[str, LetterTemplate] = {}
        problems: list[DefinitionError] = []
        for name in letters_named(workflow, rules):
            try:
                letter = self.letter(organisation, name, on, used)
            except DefinitionError as error:
                problems += error.problems or (error,)
                continue
            if letter is not None:
                letters[name] = letter
        return letters, problems

    def document(self, path: str) -> Document:
        """A YAML file as values with positions, read once."""
        if path not in self._documents:
            self._documents[path] = read_yaml(self._text(path, Footprint()), path)
        return self._documents[path]

    def _fresh(self, path: str, parameters: Mapping[str, Value], used: Footprint) -> Document:
        self._text(path, used)
        return self.document(path).read_for(parameters)

    def _text(self, path: str, used: Footprint) -> str:
        if path not in self._texts:
            self._texts[path] = self.files.read(path)
        text, used.files[path] = self._texts[path]
        return text

    def _owner(self, kind: Kind, chain: Sequence[str], name: str, used: Footprint) -> str:
        for one in chain:
            used.use_folder(self.files.folder(kind, one, name))
        owner = self.files.nearest_owner(kind, chain, name)
        if owner is None:
            known = [other for one in chain for other in self.files.names(kind, one) if other != name]
            raise not_found(kind, chain[-1], name, known)
        return owner


def _raise(subject: str, problems: Iterable[DefinitionError]) -> None:
    found = tuple(problems)
    if found:
        raise gathered(subject, found)


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


def _check_name(document: Document, key: str, folder: str) -> None:
    value = document.value.get(key, folder) if isinstance(document.value, dict) else folder
    if value != folder:
        (document.top / key).report(
            f'{key} is "{value}", maar het bestand staat in de map "{folder}".', next_step="Maak ze gelijk."
        )
        document.refuse_if_wrong()


def _check_version(document: Document, version: date) -> None:
    value = document.value.get("valid_from", version) if isinstance(document.value, dict) else version
    if isinstance(value, date) and value != version:
        (document.top / "valid_from").report(
            f"valid_from is {value}, maar het bestand heet {version}.", next_step="Maak ze gelijk."
        )
        document.refuse_if_wrong()
