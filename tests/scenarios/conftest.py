from tests.usecases.conftest import office, own_world, world

__all__ = ["office", "own_world", "world"]
