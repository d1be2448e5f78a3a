"""A diffusers pipeline in a folder, as `save_pretrained` writes it: safetensors only, never online.

    model = DiffusersModel(Path("sd-turbo"), name="sd-turbo")
    image = await model.generate(ImageRequest("a lighthouse at dusk", seed=3, steps=4))

Same folder, request, library versions, processor kind and number of threads: same bytes. It draws
in 32-bit floats on the processor, with one seeded generator and without added noise (eta 0).
"""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assay.core.chat import decimal_text
from assay.generation.images.errors import (
    PackageMissing,
    PipelineFailed,
    PromptNotDrawable,
    RequestNotTaken,
    SettingUnknown,
)
from assay.generation.images.pipeline_safety import components, inspect_pipeline
from assay.generation.images.png import encoder_versions, write_png
from assay.generation.images.port import GeneratedImage, ImageRequest

if TYPE_CHECKING:
    from types import ModuleType

_INSTALL = "pip install 'assay-chain[images]'"
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "DIFFUSERS_VERBOSITY": "error",
}
_BREAKS_OFF = (
    RuntimeError, TypeError, AttributeError, LookupError, MemoryError, ArithmeticError
)  # fmt: skip
_DETAIL_CHARACTERS = 300
_ONE_AT_A_TIME = threading.Lock()  # the number of threads is a setting of the whole process


class DiffusersModel:
    """One pipeline, loaded at the first picture.

    Args:
        folder: with model_index.json.
        name: the name that callers know it by.
        threads: that compute; part of what decides the bytes. All that torch takes if None.
    """

    generator = "diffusers/1"

    def __init__(self, folder: Path, name: str, *, threads: int | None = None) -> None:
        self.name = name
        self._folder = folder
        self._threads = threads

    def __repr__(self) -> str:
        return f"DiffusersModel({str(self._folder)!r})"

    async def generate(self, request: ImageRequest) -> GeneratedImage:
        """Draw; see `ImageModel.generate`."""
        return await asyncio.to_thread(self.draw, request)

    async def close(self) -> None:
        """Let go of the weights."""
        self.__dict__.pop("_pipeline", None)

    def draw(self, request: ImageRequest) -> GeneratedImage:
        """Draw, in this thread.

        Raises:
            PackageMissing: torch, diffusers or transformers is not installed.
            NotAPipeline, PipelineUnsafe: the folder is not loaded.
            PromptNotDrawable, SettingUnknown, RequestNotTaken: the pipeline cannot draw this.
            PipelineFailed: it cannot be loaded, or breaks off.
        """
        with _ONE_AT_A_TIME:
            torch = _import("torch")
            pipeline = self._pipeline
            threads = self._threads or torch.get_num_threads()
            torch.set_num_threads(threads)
            options = self._options(request, pipeline)
            generator = torch.Generator("cpu").manual_seed(request.seed)
            pixels = _pixels(self.name, self._run(pipeline, generator, options))
        height, width, _ = pixels.shape
        guidance = options.get("guidance_scale", _default(pipeline, "guidance_scale"))
        return GeneratedImage(
            png=write_png(pixels),
            width=width,
            height=height,
            steps=options.get("num_inference_steps", _default(pipeline, "num_inference_steps")),
            guidance=None if guidance is None else decimal_text(float(guidance)),
            scheduler=type(getattr(pipeline, "scheduler", None)).__name__,
            settings={"pipeline": type(pipeline).__name__, "floats": "float32"},
            libraries=self._libraries(torch),
            threads=threads,
        )

    @cached_property
    def _index(self) -> dict[str, Any]:
        os.environ.update(_OFFLINE)  # read when the libraries are imported
        _import("diffusers")
        return inspect_pipeline(self._folder)

    @cached_property
    def _pipeline(self) -> Any:
        index = self._index
        torch, diffusers = _import("torch"), _import("diffusers")
        diffusers.utils.logging.disable_progress_bar()
        if any(library == "transformers" for _, library, _ in components(index)):
            _import("transformers").utils.logging.disable_progress_bar()
        try:
            pipeline = diffusers.DiffusionPipeline.from_pretrained(
                str(self._folder),
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
                low_cpu_mem_usage=False,
                torch_dtype=torch.float32,
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
            raise PipelineFailed(self.name, _detail(error)) from error
        pipeline.set_progress_bar_config(disable=True)
        return pipeline

    def _options(self, request: ImageRequest, pipeline: Any) -> dict[str, Any]:
        """The pipeline's arguments for a request; each pipeline has its own."""
        taken = inspect.signature(pipeline.__call__).parameters
        options = self._prompt(request.prompt, pipeline, set(taken))
        for name, argument, value in (
            ("negative prompt", "negative_prompt", request.negative_prompt or None),
            ("width", "width", request.width),
            ("height", "height", request.height),
            ("steps", "num_inference_steps", request.steps),
            ("guidance", "guidance_scale", request.guidance),
        ):
            if value is None:
                continue
            if argument not in taken:
                raise SettingUnknown(self.name, name)
            options[argument] = value
        return {**options, **({"eta": 0.0} if "eta" in taken else {})}

    def _prompt(self, prompt: str, pipeline: Any, taken: set[str]) -> dict[str, Any]:
        if "prompt" in taken:
            return {"prompt": prompt}
        if "class_labels" in taken:
            labels: dict[str, int] = getattr(pipeline, "labels", {})
            if prompt.strip() in labels:
                return {"class_labels": [labels[prompt.strip()]]}
            names = ", ".join(sorted(labels)[:10]) + (", …" if len(labels) > 10 else "")
            raise PromptNotDrawable(self.name, prompt, "it has no such class", names)
        if prompt:
            raise PromptNotDrawable(
                self.name, prompt, "it takes no prompt", "what it was trained on: give an empty one"
            )
        return {}

    def _run(self, pipeline: Any, generator: Any, options: dict[str, Any]) -> Any:
        try:
            return pipeline(generator=generator, output_type="np", **options).images
        except ValueError as error:  # what pipelines raise for arguments that they do not take
            raise RequestNotTaken(self.name, _detail(error)) from error
        except _BREAKS_OFF as error:
            raise PipelineFailed(self.name, _detail(error)) from error

    def _libraries(self, torch: ModuleType) -> dict[str, str]:
        names = {"torch", "diffusers", "numpy"}
        names |= {library for _, library, _ in components(self._index) if library == "transformers"}
        kernels = {"torch kernels": torch.backends.cpu.get_cpu_capability()}
        return {**{name: version(name) for name in names}, **kernels, **encoder_versions()}


def _import(name: str) -> ModuleType:
    from importlib import import_module  # noqa: PLC0415 - beside its only use

    try:
        return import_module(name)
    except ImportError:
        raise PackageMissing(name, _INSTALL) from None


def _pixels(name: str, images: Any) -> NDArray[np.uint8]:
    """The first picture as (height, width, 3) of 8 bits."""
    picture = np.asarray(images)[0]
    if picture.ndim != 3 or picture.shape[2] not in {1, 3} or not np.isfinite(picture).all():
        raise PipelineFailed(name, f"it drew {picture.shape}, which is no picture")
    colours = np.repeat(picture, 3, axis=2) if picture.shape[2] == 1 else picture
    rounded: NDArray[np.uint8] = np.rint(np.clip(colours, 0, 1) * 255).astype(np.uint8)
    return rounded


def _default(pipeline: Any, argument: str) -> Any:
    parameter = inspect.signature(pipeline.__call__).parameters.get(argument)
    return None if parameter is None or parameter.default is parameter.empty else parameter.default


def _detail(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:_DETAIL_CHARACTERS].rstrip(".")
