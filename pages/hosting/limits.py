"""The host's limits of an experiment's size, passed to the classifier, which does not read settings itself."""

from classifier import LIMITS
from pages.hosting.settings import Settings


def lower_limits(host: Settings) -> None:
    """Let no experiment be larger than the host wants. Call it before anybody visits."""
    LIMITS.lower(
        samples=host.max_samples,
        inputs=host.max_inputs,
        outputs=host.max_outputs,
        epochs=host.max_epochs,
        steps=host.max_steps,
    )
