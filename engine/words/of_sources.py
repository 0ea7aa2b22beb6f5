"""What is wrong with the sources that content cites, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
source_not_known: De bron "{cited}" staat niet in sources.yaml.
    ? Wat daar staat, heeft iemand gelezen; waar een regel verder op rust, kan niemand nagaan.
    > {known:near||Verbeter de naam, of zet de bron in sources.yaml met de dag waarop zij is gelezen.|{cited}}
place_not_known: Bij "{source}" staat in sources.yaml geen "{place}".
    ? Een plaats die daar niet staat, heeft niemand gelezen, of zij is verkeerd overgenomen.
    > {known:near||Verbeter de plaats, of zet haar in sources.yaml met waar zij over gaat.|{place}}
source_not_cited: Op "{source}" rust geen enkele regel, termijn, brief of ander deel van de inhoud.
    ? Wat gelezen is en nergens terugkomt, kan vergeten zijn.
    > Noem de bron waar zij voor geldt, of zet onder unused de reden achter "{place}".
source_is_cited: Onder unused staat "{place}" van "{source}", maar er rust iets op.
    ? {by:part} noemt die plaats ({at}).
    > Haal de regel onder unused weg.
""")
