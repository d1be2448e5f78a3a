"""MurmurHash3 x64 (the first 64 bits), with which UnixFS sorts names into shards.

After Austin Appleby's public-domain algorithm; the bits are those of multihash 0x22.

>>> murmur3_64(b"hello").hex()
'cbd8a7b341bd9b02'
"""

from __future__ import annotations

_MASK = 2**64 - 1
_FIRST = 0x87C37B91114253D5
_SECOND = 0x4CF5AD432745937F


def murmur3_64(data: bytes) -> bytes:
    """8 bytes, big-endian."""
    left = right = 0
    whole = len(data) // 16 * 16
    for start in range(0, whole, 16):
        left ^= _mix_first(int.from_bytes(data[start : start + 8], "little"))
        left = (_rotate(left, 27) + right) * 5 + 0x52DCE729 & _MASK
        right ^= _mix_second(int.from_bytes(data[start + 8 : start + 16], "little"))
        right = (_rotate(right, 31) + left) * 5 + 0x38495AB5 & _MASK
    right ^= _mix_second(int.from_bytes(data[whole + 8 :], "little"))
    left ^= _mix_first(int.from_bytes(data[whole : whole + 8], "little"))
    left ^= len(data)
    right ^= len(data)
    left = left + right & _MASK
    right = right + left & _MASK
    left, right = _finish(left), _finish(right)
    return (left + right & _MASK).to_bytes(8, "big")


def _rotate(number: int, bits: int) -> int:
    number &= _MASK
    return (number << bits | number >> 64 - bits) & _MASK


def _mix_first(number: int) -> int:
    return _rotate(number * _FIRST, 31) * _SECOND & _MASK


def _mix_second(number: int) -> int:
    return _rotate(number * _SECOND, 33) * _FIRST & _MASK


def _finish(number: int) -> int:
    number = (number ^ number >> 33) * 0xFF51AFD7ED558CCD & _MASK
    number = (number ^ number >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
    return number ^ number >> 33
