"""One seed, many independent streams of chance, so that a change in one file leaves the others as they were."""

import zlib

import numpy as np

SEED = 20260401


def stream(seed: int, *words: object) -> np.random.Generator:
    """The random numbers of one named part of the sample district.

    The words name the part (source, 年度); equal seed and words give equal numbers on every run.
    """
    return np.random.default_rng([seed, zlib.crc32("/".join(map(str, words)).encode())])


def uuids(rng: np.random.Generator, count: int) -> list[str]:
    """Identifiers in the form real exports use: lower-case UUID, version 4, drawn from the stream."""
    raw = rng.integers(0, 256, (count, 16), dtype=np.uint8)
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x40
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    text = raw.tobytes().hex()
    return [
        f"{text[i : i + 8]}-{text[i + 8 : i + 12]}-{text[i + 12 : i + 16]}-{text[i + 16 : i + 20]}-{text[i + 20 : i + 32]}"
        for i in range(0, 32 * count, 32)
    ]
