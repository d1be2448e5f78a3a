"""What the workers of one account share: locks and a cache, on this machine or through Redis."""

# ruff: noqa: PLC0415

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.config import Settings
    from assay.coordination.port import Cache, Locks


def build_locks(settings: Settings, closing: ExitStack) -> Locks:
    """Locks of this home; with a Redis, of all machines that name it."""
    from assay.coordination.file_locks import FileLocks

    own = FileLocks(settings.home / "locks")
    if not settings.redis_url:
        return own
    from assay.coordination.joint_locks import JointLocks
    from assay.coordination.redis_locks import RedisLocks

    shared = RedisLocks(settings.redis_url)
    closing.callback(shared.close)
    return JointLocks(own, shared)


def build_cache(settings: Settings, closing: ExitStack) -> Cache:
    """A cache of this process; with a Redis, of all that name it."""
    if not settings.redis_url:
        from assay.coordination.memory_cache import MemoryCache

        return MemoryCache()
    from assay.coordination.redis_cache import RedisCache

    shared = RedisCache(settings.redis_url)
    closing.callback(shared.close)
    return shared
