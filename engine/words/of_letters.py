"""What the check of letter texts finds, and what the second evaluator cannot look at, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
unreadable_letter: Brief {letter}: {reason} > {next_step}
undeclared_field: Brief {letter}: Het veld '{field}' staat in de tekst, maar niet in de kop van de brief.
    > Verklaar het onder 'fields', of verbeter de naam.
standard_field: Brief {letter}: Het veld '{field}' bestaat al voor iedere brief.
    > Haal het uit de kop, of geef het een andere naam.
unused_field: Brief {letter}: Het veld '{field}' staat in de kop, maar de tekst toont het niet.
    > Zet het in de tekst, of haal het uit de kop.
field_not_shown: Brief {letter}: De brief moet '{field}' tonen, maar doet dat niet.
    > Zet het veld in de tekst; de eis staat in {rules}.
sender_line_missing: Brieven van {organisation} tonen van de afzender "{missing}", en dat staat niet in haar letterhead.
    > Zet het onder letterhead in organisation.yaml, of maak eigen brieven zonder die regel.
no_clause_text: Brief {letter}: De brief heeft 'clause: {clause}', maar het vaste tekstblok ontbreekt.
    > Neem een van deze tekstblokken op: {partials}.
no_last_day_shown: Brief {letter}: De brief toont geen uiterste dag die uit een termijn is berekend.
    > Verklaar een veld met {{term: ...}} en toon het met het filter 'datum'.
long_sentence: Brief {letter}: Een zin heeft {words} woorden; {most} is het meeste: '{sentence}'
    > Maak er twee zinnen van.
long_sentences: Brief {letter}: De zinnen hebben gemiddeld {mean} woorden; {most} is het meeste.
    > Maak de langste zinnen korter.
hard_word: Brief {letter}: Het woord '{word}' is te moeilijk. > Schrijf liever: {better}.
wrong_address: Brief {letter}: De aanspreekvorm '{word}' past niet bij deze lezer. > Spreek de lezer anders aan.
nobody_addressed: Brief {letter}: De lezer wordt nergens aangesproken. > Gebruik: {words}.
short_form: Brief {letter}: De afkorting '{short}' wordt niet uitgelegd.
    > Schrijf haar voluit, met de afkorting tussen haakjes.
passive_sentences: Brief {letter}: {count} van {all} zinnen zijn lijdend, bijvoorbeeld: '{example}'
    > Schrijf wie iets doet.
many_nouns: Brief {letter}: De tekst heeft veel naamwoorden die van een werkwoord komen: {words}.
    > Gebruik het werkwoord.
unknown_letter_reader: Brief {letter}: De lezer '{reader}' staat niet bij letter_readers in organisation.yaml.
    > {known:near|Bekende lezers||{reader}}
addressee_without_reader: Brief {letter} spreekt elke lezer op een eigen manier aan, maar van "{addressee}" is niet
    gezegd wat voor lezer het is. > Zet er reader bij, met een naam uit letter_readers van organisation.yaml.
no_text_for_reader: Brief {letter}: Hier staat geen tekst voor {label} ({reader}), en die lezer kan de brief krijgen.
    > Voeg een elif of else toe, of stuur deze lezer een andere brief.
told_too_much: Brief {letter} vertelt '{reader}' met het veld '{field}' meer dan die lezer mag weten: {facts}.
    ? Bij letter_readers staat onder sees_only wat die lezer mag weten.
    > Haal het veld weg uit de tekst voor deze lezer.
promise_undeclared: Brief {letter} gaat ook uit zonder dat een mens iets deed, en belooft: '{sentence}'
    > Zeg onder promises welke handeling dit nakomt, of beloof het niet.
promise_not_said: Brief {letter}: De belofte '{says}' staat niet in de tekst. > Neem de woorden over, of haal haar weg.
promise_kept_by_nobody: Brief {letter} belooft '{says}', maar in "{state}" kan niemand {acts} doen,
    of er loopt geen termijn bij.
    > Noem bij kept_by een handeling die daar kan, of beloof het niet.
typed_long_sentence: Let op: '{label}' ({fact}) komt in een brief. Een zin is lang, {words} woorden: '{sentence}'
    > Maak er twee zinnen van; {most} woorden is het meeste. Verbeteren kan met `trede case correct`.
typed_hard_word: Let op: '{label}' ({fact}) komt in een brief. Het woord '{word}' is moeilijk voor wie die leest.
    > Schrijf liever: {better}. Verbeteren kan met `trede case correct`.
left_out: De tweede regelmotor kan '{subject}' van '{rules}' niet narekenen. ? Reden: {reason:unsayable}.
""")
