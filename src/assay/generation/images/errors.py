"""What can go wrong with image models; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, IntegrityError, UnavailableError


class PromptNotDrawable(InputError):
    """The model knows no picture for this prompt."""

    def __init__(self, model: str, prompt: str, reason: str, can_draw: str) -> None:
        shown = prompt if len(prompt) <= 80 else prompt[:79] + "…"
        super().__init__(
            f"{model} cannot draw {shown!r}: {reason}.",
            hint=f"It draws {can_draw}. For anything else name another model: a diffusers folder "
            "with --model, or a server with ASSAY_IMAGE_URL.",
        )
        self.model = model
        self.prompt = prompt
        self.reason = reason
        self.can_draw = can_draw


class SettingUnknown(InputError):
    """The model has no such setting."""

    def __init__(self, model: str, name: str) -> None:
        super().__init__(f"{model} takes no {name}.", hint="Leave it out.")
        self.model = model
        self.name = name


class RequestNotTaken(InputError):
    """The model does not take these values together, or this one."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(f"{model} does not take the request: {detail}.")
        self.model = model
        self.detail = detail


class NotAPipeline(InputError):
    """A folder holds no diffusers pipeline."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"{folder} is no diffusers pipeline: {detail}.",
            hint="Give a folder with model_index.json, as `save_pretrained` writes it.",
        )
        self.folder = folder
        self.detail = detail


class PipelineUnsafe(InputError):
    """A pipeline holds something that would run as code when it is loaded."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            f"The pipeline is not loaded, because of {file}: {reason}.",
            hint="Only safetensors weights and classes of diffusers and transformers are loaded. "
            "Convert the weights with save_pretrained(..., safe_serialization=True).",
        )
        self.file = file
        self.reason = reason


class WeightsDamaged(IntegrityError):
    """The weights of our own generator are not what was trained."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"The weights in {path} cannot be used: {detail}.",
            hint="Delete the folder; `assay content train` makes it again.",
        )
        self.path = path
        self.detail = detail


class PackageMissing(UnavailableError):
    """A Python package that this model needs is not installed."""

    def __init__(self, package: str, command: str) -> None:
        super().__init__(f"The Python package {package} is not installed.", hint=f"Run: {command}")
        self.package = package
        self.command = command


class PipelineFailed(UnavailableError):
    """A pipeline cannot be loaded, or breaks off while drawing."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(
            f"The pipeline {model} fails: {detail}.",
            hint="Check the folder and the request; `pip install --upgrade 'assay-chain[images]'` "
            "where it was made with a newer diffusers.",
        )
        self.model = model
        self.detail = detail


class ImageServerUnreachable(UnavailableError):
    """No connection to the image server, or one that broke.

    Where the server is, and why it is away, stay in `url` and `detail`.
    """

    def __init__(self, model: str, url: str, detail: str) -> None:
        super().__init__(
            f"The image server of {model} cannot be reached.",
            hint="Ask again later. Who runs it: start it, or correct ASSAY_IMAGE_URL.",
        )
        self.model = model
        self.url = url
        self.detail = detail


class ImageServerTimeout(UnavailableError):
    """The image server takes too long."""

    def __init__(self, model: str, timeout_s: float) -> None:
        super().__init__(
            f"The image server of {model} did not answer within {timeout_s:g} s.",
            hint="Ask again later, or for a smaller picture or fewer steps.",
        )
        self.model = model
        self.timeout_s = timeout_s


class ImageServerAccessDenied(UnavailableError):
    """The image server does not accept our key."""

    def __init__(self, model: str, status: int) -> None:
        super().__init__(
            f"The image server of {model} refuses the key ({status}).",
            hint="Correct ASSAY_IMAGE_KEY.",
        )
        self.model = model
        self.status = status


class ImageAnswerTooLarge(IntegrityError):
    """The server sends more than a picture can have."""

    def __init__(self, model: str, limit_bytes: int) -> None:
        super().__init__(
            f"The image server of {model} sends more than {limit_bytes} bytes.",
            hint="Ask for a smaller picture.",
        )
        self.model = model
        self.limit_bytes = limit_bytes


class ImageAnswerUnusable(IntegrityError):
    """What the server sends is no answer with a picture."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(f"The answer of the image server of {model} is unusable: {detail}.")
        self.model = model
        self.detail = detail


class ForeignImageUrl(IntegrityError):
    """The server names a picture on another host, which is not fetched."""

    def __init__(self, model: str, host: str) -> None:
        super().__init__(
            f"The image server of {model} points at a picture on {host or 'no host'}.",
            hint="Only its own host is asked: let it answer with b64_json.",
        )
        self.model = model
        self.host = host
