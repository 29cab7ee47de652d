"""Rows of a table that an experiment has checked: experiments that share them neither check nor copy them again."""

from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from typing import Self

import numpy as np

from classifier.graph.layers import FloatArray


class CheckedRows(tuple[tuple[float, ...], ...]):
    """Rows of floats, equal to any tuple of the same rows.

    Attributes
    ----------
    field : {"inputs", "labels"}
        The field of `Experiment` by whose rules they were checked.
    """

    field: str
    _arrays: dict[str, FloatArray]

    def __new__(cls, rows: Iterable[tuple[float, ...]], field: str) -> Self:
        """Mark rows as checked. Only `Experiment` does."""
        self = super().__new__(cls, rows)
        self.field, self._arrays = field, {}
        return self

    def __getnewargs__(self) -> tuple[tuple[tuple[float, ...], ...], str]:
        """Return what a copy is made of."""
        return tuple(self), self.field

    @cached_property
    def digest(self) -> bytes:
        """A hash: equal rows of the same field have equal ones, in every process."""
        values = np.array(self, np.float64)
        return blake2b(repr((self.field, values.shape)).encode() + values.tobytes(), digest_size=12).digest()

    def array(self, dtype: str) -> FloatArray:
        """Return the rows as a read-only array: one for all experiments that share them."""
        if dtype not in self._arrays:
            # a number too small for float32 is 0 there, which is as near as float32 gets
            with np.errstate(under="ignore"):
                array: FloatArray = np.array(self).astype(dtype)
            array.flags.writeable = False
            self._arrays[dtype] = array
        return self._arrays[dtype]
