"""The tables beside those of cases: what is published, people, work by the calendar."""

from __future__ import annotations

from sqlalchemy import Date, Integer, PrimaryKeyConstraint, String, Table, Text

from engine.store.columns import Moment
from engine.store.tables import ID, SCHEMA, columns, of_case

# A text stands once, however many publications have it.
published_texts = Table(
    "published_texts",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(64), "digest"),
    *columns(Text, "path", "text"),
    PrimaryKeyConstraint("organisation", "digest"),
)

publications = Table(
    "publications",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(Integer, "number"),
    *columns(String(64), "digest"),
    *columns(Moment, "at"),
    *columns(ID, "actor_role"),
    *columns(String(200), "actor_name"),
    *columns(String(20), "actor_person"),
    *columns(Text, "files", "consents"),
    PrimaryKeyConstraint("organisation", "number"),
)

persons = Table(
    "persons",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(20), "number", "merged_into"),
    *columns(Integer, "version"),
    *columns(Text, "snapshot"),
    *columns(Moment, "changed_at"),
    PrimaryKeyConstraint("organisation", "number"),
)

# Work by the calendar: through which day it was looked at, what became of each time it came up, who was drawn.
planned_works = Table(
    "planned_works",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(200), "work"),
    *columns(Date, "through"),
    PrimaryKeyConstraint("organisation", "work"),
)

planned_occasions = Table(
    "planned_occasions",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(200), "work", "number"),
    *columns(String(40), "slot"),
    *columns(Date, "planned_for"),
    *columns(String(20), "fate"),
    *columns(Moment, "at"),
    *columns(ID, "case_id", nullable=True),
    PrimaryKeyConstraint("organisation", "work", "slot", "number"),
    of_case(),
)

draws = Table(
    "draws",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(200), "work"),
    *columns(String(40), "slot"),
    *columns(Date, "planned_for"),
    *columns(Moment, "at"),
    *columns(String(64), "seed"),
    *columns(Text, "sampling", "population", "drawn", "unknown"),
    PrimaryKeyConstraint("organisation", "work", "slot"),
)
