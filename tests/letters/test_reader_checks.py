"""What the check finds about the readers of a letter, with content of the demo in which one thing is wrong."""

from __future__ import annotations

from dataclasses import replace

from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef
from engine.letters.reader_checks import check_readers
from tests.letters.test_letter_readers import contents


def content_of(workflow: str) -> Content:
    return next(one for one in contents() if one.workflow.id == workflow)


def found(content: Content) -> set[tuple[str, object]]:
    return {(one.kind, one.parameters.get("reader", one.parameters.get("addressee"))) for one in check_readers(content)}


def with_body(content: Content, name: str, body: str) -> Content:
    return replace(content, letters={**content.letters, name: replace(content.letters[name], body=body)})


def test_the_content_speaks_to_everybody() -> None:
    assert [one for content in contents() for one in check_readers(content)] == []


def test_a_reader_without_a_text_is_found() -> None:
    chosen = '{{ aanhef }} {% if lezer == "aanvrager" %}A{% elif lezer == "ouders" %}B{% endif %}'
    assert found(with_body(content_of("tlv"), "L-01", chosen)) == {("no_text_for_reader", "meerderjarige")}
    assert found(with_body(content_of("tlv"), "L-01", chosen.replace("{% endif %}", "{% else %}C{% endif %}"))) == set()
    added = '{{ aanhef }} {% if lezer == "ouders" %}B{% endif %}'
    assert found(with_body(content_of("tlv"), "L-01", added)) == set(), "what only adds something may be for some"


def test_a_reader_that_nobody_described_is_found() -> None:
    assert found(with_body(content_of("tlv"), "L-01", '{% if lezer == "opa" %}A{% endif %}')) == {
        ("unknown_letter_reader", "opa")
    }


def test_an_addressee_without_a_kind_is_found_where_the_letter_asks_for_it() -> None:
    content = content_of("tlv")
    bare = {**content.rules.addressees, "aanvrager": replace(content.rules.addressees["aanvrager"], reader="")}
    changed = replace(content, rules=replace(content.rules, addressees=bare))
    assert ("addressee_without_reader", "aanvrager") in found(changed)


def test_a_reader_that_is_told_too_much_is_found() -> None:
    content = content_of("tlv")
    letter = content.letters["L-06R"]
    (first, *rest) = letter.fields
    more = replace(first, name="leerling", value=FactRef(fact="leerling.naam"))
    told = replace(letter, fields=(first, more, *rest), body=letter.body + "\n{{ leerling }}")
    assert found(replace(content, letters={**content.letters, "L-06R": told})) == {("told_too_much", "school_in_beeld")}
    others = replace(told, body=letter.body + '\n{% if lezer == "ouders" %}{{ leerling }}{% endif %}')
    assert found(replace(content, letters={**content.letters, "L-06R": others})) == set(), (
        "it stands in no text of theirs"
    )
