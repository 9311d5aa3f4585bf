"""Directions of meaning as plain values: unpacked, compared. Hides how a vector is written and that one may be missing.

A vector is made outside (`bot/embed.py`) and travels as text: a tag that names the model which made it, a colon, and
the components as signed bytes in base64. All arithmetic is on whole numbers, so that the same texts give the same
likeness on every run. Vectors of different models are never compared.
"""

from __future__ import annotations

import binascii
import math
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

COMPONENT_MOST = 127
"""The largest component, either way: a signed byte without its lonely -128."""


@dataclass(frozen=True)
class Vector:
    """A direction of meaning: the tag of its model and its components as signed bytes."""

    model: str
    components: bytes

    @cached_property
    def _wide(self) -> NDArray[np.int32]:
        return np.frombuffer(self.components, dtype=np.int8).astype(np.int32)

    @cached_property
    def _length(self) -> float:
        return math.sqrt(int(self._wide @ self._wide))

    def likeness(self, other: Vector) -> float | None:
        """Cosine, -1..1; None where another model made the other one, or one of them points nowhere."""
        if self.model != other.model or len(self.components) != len(other.components):
            return None
        lengths = self._length * other._length
        return int(self._wide @ other._wide) / lengths if lengths else None


def packed(model: str, direction: Sequence[float] | NDArray[np.float32]) -> str:
    """A direction as text: its largest component becomes `COMPONENT_MOST`, the others keep their share of it."""
    values = np.asarray(direction, dtype=np.float64)
    most = float(np.abs(values).max(initial=0.0))
    whole = np.rint(values * (COMPONENT_MOST / most)) if most else np.zeros_like(values)
    return f"{model}:{b64encode(whole.astype(np.int8).tobytes()).decode('ascii')}"


def unpacked(text: str) -> Vector | None:
    """The vector that a text holds; None where it holds none ("") or is damaged."""
    model, colon, body = text.partition(":")
    try:
        components = b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    return Vector(model, components) if colon and components else None


def likeness(a: Vector | None, b: Vector | None) -> float | None:
    """Cosine of two vectors; None where one is missing or they cannot be compared."""
    return a.likeness(b) if a is not None and b is not None else None
