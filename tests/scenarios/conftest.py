from tests.usecases.conftest import _closed, office, own_world, world

__all__ = ["_closed", "office", "own_world", "world"]
