"""Of which terms somebody is late, on the content of Almere."""

from __future__ import annotations

from datetime import date

import pytest

from tests.real_content import real_catalogue


@pytest.mark.parametrize(
    ("workflow", "term", "can_be_late"),
    [
        ("tlv", "beslistermijn", True),  # of the law, and nothing takes its place
        ("tlv", "volledigheidstoets", True),  # agreed, and its passing is told
        ("tlv", "hersteltermijn", False),  # a transition waits for it
        ("bezwaar", "beslistermijn_bezwaar", True),  # of the law: the decision that was sent stops it
        ("tlv", "bezwaartermijn", False),  # of the law, but its end is what the case waits for
        ("escalatie", "stap_gezet", True),  # agreed, one for each next step, and its passing is told
        ("tlv_afloop", "planningslijst", False),  # says only when something happens
        ("tlv_afloop", "adviestermijn", True),
    ],
)
def test_a_passed_term_means_late_only_when_somebody_should_have_acted(
    workflow: str, term: str, can_be_late: bool
) -> None:
    content = real_catalogue().content("almere", workflow, date(2026, 11, 23))
    assert content.find_term(term) is not None
    assert (term in content.terms_that_can_be_late) is can_be_late
