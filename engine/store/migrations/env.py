"""What Alembic runs: the migrations, on the connection that it was given."""

from __future__ import annotations

from alembic import context

from engine.store.schema import whole_schema

context.configure(connection=context.config.attributes["connection"], target_metadata=whole_schema())
with context.begin_transaction():
    context.run_migrations()
