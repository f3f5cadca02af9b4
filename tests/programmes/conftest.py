"""The registry's small world, for tests that read files."""

from tests.registry.conftest import keys, world

__all__ = ["keys", "world"]
