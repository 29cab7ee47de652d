"""How large an experiment may be: bounds that hold anywhere, and lower ones that a small host sets when it starts."""

from dataclasses import dataclass, fields

MAX_SAMPLES = 1_000
MAX_INPUTS = 64
MAX_OUTPUTS = 16
MAX_EPOCHS = 1_000_000
MAX_HIDDEN = 3
"""Most hidden layers."""
MAX_UNITS = 8
"""Most units of a hidden layer: more are not told apart in a picture of the network."""
# 20 million steps take a few minutes, which is the longest that anybody waits for a lesson
MAX_STEPS = 20_000_000
"""Most samples × epochs."""


class HostsLimit(int):
    """A limit that a host has lowered. Messages that state it say that it is this host's.

    >>> f"at most {HostsLimit(200)} rows, {HostsLimit(200) * 5} steps"
    'at most 200 (this host’s limit) rows, 1000 steps'
    """

    def __str__(self) -> str:
        """Write it as messages show it."""
        return f"{int(self)} (this host’s limit)"


@dataclass
class Limits:
    """The bounds that hold here: for every experiment that is made from now on.

    Attributes
    ----------
    samples, inputs, outputs, epochs : int
    steps : int
        Samples × epochs.
    """

    samples: int = MAX_SAMPLES
    inputs: int = MAX_INPUTS
    outputs: int = MAX_OUTPUTS
    epochs: int = MAX_EPOCHS
    steps: int = MAX_STEPS

    def lower(self, **bounds: int | None) -> None:
        """Lower limits by their names; None leaves one as it is. A host calls this once, before the first visit.

        Raises
        ------
        ValueError
            If there is no such bound, or it would rise.

        Examples
        --------
        >>> limits = Limits()
        >>> limits.lower(samples=200, epochs=None)
        >>> str(limits.samples), str(limits.epochs)
        ('200 (this host’s limit)', '1000000')
        """
        names = [field.name for field in fields(self)]
        for name, bound in bounds.items():
            if name not in names:
                raise ValueError(f"there is no limit {name}")
            if bound is not None and bound != getattr(self, name):
                if not 1 <= bound < getattr(self, name):
                    raise ValueError(f"{name}: {bound} is not below {int(getattr(self, name))}")
                setattr(self, name, HostsLimit(bound))


LIMITS = Limits()
"""The limits of this process."""
