"""Words of the field, each explained in a sentence where it stands on the screen. Plain text."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "epoch": "Epoch: one pass through all samples, with one step of training for each.",
        "running loss": "Running loss: the losses of all steps of an epoch, added up; each just before its update.",
        "learning rate": "Learning rate: how far a step goes. Each weight changes by −(learning rate) · its gradient.",
        "accuracy": "Accuracy: the share of predictions ŷ on the same side of 0.5 as their label.",
        "∂L/∂W": "∂L/∂W, the gradient: by how much the loss rises for a little more of each weight.",
        "gradient": "Gradient: by how much the loss rises for a little more of each weight and bias.",
        "logit": "Logit: z = W x + b of an output, before its sigmoid.",
        "saturated": "Saturated: ŷ is so near 0 or 1 that rounding makes it exactly that, where the sigmoid is flat.",
        "fused route": "Fused route: ∂L/∂z = ŷ − y, formed in one step and right everywhere.",
        "chain route": "Chain route: ∂L/∂z as the product ∂L/∂ŷ · ∂ŷ/∂z, which is 0 where the sigmoid is flat.",
        "activation": "Activation: the function that turns a unit’s z into what it passes on.",
        "hidden layer": "Hidden layer: units between the inputs and the outputs. What they pass on is the input of the "
        "layer above.",
        "bias": "Bias: the number b that a unit adds to its weighted inputs.",
    }
)
"""By the word as it stands inside a sentence."""


def occurring(texts: Iterable[str]) -> dict[str, str]:
    """Give the words that occur in some texts, each with its explanation.

    Examples
    --------
    >>> list(occurring(["Saturated at sample 2", "epochs trained"]))
    ['epoch', 'saturated']
    """
    joined = "\n".join(texts).lower()
    return {word: about for word, about in WORDS.items() if word.lower() in joined}
