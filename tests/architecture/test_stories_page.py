"""Each procedure of each organisation is played: as it goes well, too late, refused, and taken back or gone wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from docs.stories_page import KINDS, MANY, NOT_THERE, ON, PAGE, REFUSING, ROOT, WRONG, ToldStory, lacking, told_stories
from docs.stories_page import write_page as made_page
from engine.definitions.catalogue import Catalogue
from engine.usecases.chosen_organisation import working_organisations

pytestmark = pytest.mark.slow


@cache
def catalogue() -> Catalogue:
    return Catalogue(ROOT)


@cache
def told() -> tuple[ToldStory, ...]:
    return tuple(told_stories(catalogue()))


def test_every_procedure_has_a_story_of_each_kind_in_each_organisation() -> None:
    assert list(lacking(told(), catalogue())) == []


def test_what_is_said_not_to_be_there_is_not_there() -> None:
    """Why: an exception that is no longer one hides the next procedure without a story."""
    for organisation, procedure, kind in NOT_THERE:
        shown = [one for one in told() if one.organisation == organisation and kind in one.shows.get(procedure, ())]
        assert shown == []


def test_without_its_stories_a_procedure_lacks_them() -> None:
    left = [
        replace(one, shows={name: kinds for name, kinds in one.shows.items() if name != "crisis"}) for one in told()
    ]
    assert list(lacking(left, catalogue())) == [("almere", "crisis", kind) for kind in KINDS]


def test_at_least_five_stories_follow_one_pupil_and_expect_days_and_letters() -> None:
    lives = [one for one in told() if len(one.shows) >= MANY]
    assert len(lives) >= 5
    assert [one.name for one in lives if one.letters < 10 or one.days < 5] == []


def test_the_ends_that_say_no_or_went_wrong_are_ends_of_the_content() -> None:
    ends = {
        state.outcome
        for organisation in working_organisations(catalogue())
        for name in catalogue().workflows(organisation)
        for state in catalogue().content(organisation, name, ON).workflow.states
    }
    assert ends >= REFUSING | WRONG


def test_the_page_is_that_of_the_stories() -> None:
    assert PAGE.read_text(encoding="utf-8") == made_page(told(), catalogue()), "draai `make docs`"
