"""The model card of a trained generator, as Hugging Face writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CARD = """\
---
license: {licence}
language: [en, zh]
library_name: assay
pipeline_tag: text-to-image
---

# Assay digits

Draws the digits 0 to 9, and up to twelve of them side by side, from prompts such as "a seven",
"2026" and "数字七". A residual perceptron of four layers and 0.19 million weights, trained from
nothing by class-conditional flow matching; the pictures are handwriting of 8 x 8 numbers, inked on
marbled paper by a fixed rule.

- **Dataset**: Alpaydin and Kaynak, Optical Recognition of Handwritten Digits (1797 examples),
  {dataset}.
- **Training**: {steps} steps of {batch} examples with Adam at a rate of up to {rate}, seed {seed},
  numpy {numpy} on {architecture}, one thread. The same again makes the same bytes.
- **Measured**: mean squared error of the velocity {loss}; of {judged} drawn digits {accuracy} have
  an example of the digit that was asked for as their nearest neighbour.
- **Use**: tests, demonstrations, and pictures whose whole origin can be checked. Same prompt, seed
  and weights: same pixels on every machine.
- **Limits**: digits only; an unlucky seed is hard to read.
"""


def model_card(facts: Mapping[str, Any]) -> str:
    """The card for the facts of `generator.json`."""
    dataset = f"registered as asset {facts['dataset']}" if facts["dataset"] else "not registered"
    return _CARD.format(
        **facts["training"],
        **{name: facts[name] for name in ("loss", "judged", "accuracy")},
        licence=facts["licence"].lower(),
        dataset=dataset,
        numpy=facts["libraries"]["numpy"],
        architecture=facts["machine"]["architecture"],
    )
