"""What may not be done with people, and why: the words, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

PEOPLE = read_words("""
person_is_asked: {fact} ({id}): wie is '{text}'? Bedoeld kan zijn: {known:list_or_none}.
    ? Twee schrijfwijzen van een naam zouden twee personen worden.
    > Geef het nummer ({id}=NUMMER); is het iemand anders, voeg die dan toe met `trede person add`.
person_is_unknown: {fact} ({id}): '{text}' staat niet in het register van personen.
    ? Een persoon wordt nooit vanzelf gemaakt.
    > Zoek met `trede person find`, of voeg toe met `trede person add "{text}"`.
person_has_no_such_number: {fact} ({id}): er is geen persoon met nummer {text}. > Zoek met `trede person find NAAM`.
""")
