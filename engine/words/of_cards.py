"""What the check of cards finds, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
card_of_nothing: De kaart hoort bij "{card}", en die workflow is er niet voor {organisation}.
    > Verbeter card, of haal het bestand weg.
card_reader_unknown: De lezer "{reader}" staat niet in words.yaml.
    > {known:near|Bekende lezers|Neem de lezer op in words.yaml.|{reader}}
card_silent_to_reader: De halte "{stop}" zegt niets tegen {reader} ({key}).
    ? Wie een kaart krijgt, moet altijd zien waar de zaak is. > Vul {key} aan met woorden voor "{reader}".
card_heading_missing: Voor de lezer "{reader}" ontbreken woorden rond de kaart: {missing:and}.
    > Vul headings aan in words.yaml.
card_state_unknown: De halte "{stop}" noemt de toestand "{state}", en die is er niet.
    > {known:near|Bekende toestanden||{state}}
card_state_untold: De toestand "{state}" staat bij geen halte.
    ? Van een zaak die daar is, kan geen kaart worden gemaakt. > Neem de toestand op bij een halte (states).
card_state_told_twice: De toestand "{state}" staat bij "{stop}" en bij "{other}". > Laat een van beide weg.
card_beside_nothing: De halte "{stop}" staat naast "{beside}", en dat is geen halte op de gewone weg.
    > {known:near|Halten op de weg||{beside}}
card_turn_missing: Er is geen zin voor {reader} die zegt dat "{body}" aan zet is, en halte "{stop}" heeft er een nodig.
    > Vul turn aan in words.yaml, of bij de halte.
card_term_unknown: De termijn "{term}" is er niet. > {known:near|Bekende termijnen||{term}}
card_term_untold: De wettelijke termijn "{term}" ({label}) staat niet op de kaart.
    ? Wie op een besluit wacht, moet de laatste dag kunnen zien. > Vul terms aan, of noem de termijn bij untold.
card_text_unreadable: Een tekst van de kaart kan niet worden gelezen: {reason} > {next_step}
card_field_unknown: Een tekst van de kaart gebruikt het veld "{field}", en dat is er niet.
    > {known:near|Bekende velden|Verklaar het onder fields.|{field}}
card_way_unreadable: Voor {reader} kan geen routekaart worden gemaakt: {reason}
    ? Een routekaart vertelt de hele weg, nog voor er een zaak is; wat alleen een zaak weet, is dan onbekend.
    > Zet {{% if veld %}} ... {{% endif %}} om het veld, en maak het optional bij fields.
card_field_unused: Het veld "{field}" staat bij fields, maar geen tekst toont het.
    > Zet het in een tekst, of haal het weg.
""")
