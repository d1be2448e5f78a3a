"""Pipeline folders draw the same bytes for the same seed, and nothing in them runs as code."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.core.image_request import ImageRequest
from assay.errors import InputError
from assay.generation.images.diffusers_folder import DiffusersModel
from assay.generation.images.errors import (
    NotAPipeline,
    PackageMissing,
    PipelineFailed,
    PipelineUnsafe,
    PromptNotDrawable,
    RequestNotTaken,
    SettingUnknown,
)

pytestmark = pytest.mark.filterwarnings("ignore")
REQUEST = ImageRequest("", seed=3, steps=2)


@pytest.fixture(scope="module")
def plain_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real pipeline without prompts, trained for a moment on the digits."""
    import torch  # noqa: PLC0415 - slow
    from diffusers import DDIMPipeline, DDIMScheduler, UNet2DModel  # noqa: PLC0415

    from assay.generation.images.digits.data import load_examples  # noqa: PLC0415

    torch.set_num_threads(1)  # several wait for each other at every layer of so small a network
    torch.manual_seed(0)
    network = UNet2DModel(
        sample_size=8,
        in_channels=1,
        out_channels=1,
        block_out_channels=(8, 16),
        norm_num_groups=4,
        layers_per_block=1,
        down_block_types=("DownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "UpBlock2D"),
    )
    scheduler = DDIMScheduler(num_train_timesteps=100)
    examples = torch.from_numpy(load_examples().pictures).reshape(-1, 1, 8, 8)
    descent = torch.optim.Adam(network.parameters(), lr=2e-3)
    for _ in range(20):
        chosen = examples[torch.randint(len(examples), (32,))]
        noise, times = torch.randn_like(chosen), torch.randint(100, (32,))
        guess = network(scheduler.add_noise(chosen, noise, times), times).sample
        loss = torch.nn.functional.mse_loss(guess, noise)
        descent.zero_grad()
        loss.backward()
        descent.step()
    folder = tmp_path_factory.mktemp("plain") / "pipeline"
    DDIMPipeline(network, scheduler).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def prompted_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Stable Diffusion pipeline of a few thousand weights: every part is there, and tiny."""
    import torch  # noqa: PLC0415 - slow
    from diffusers import (  # noqa: PLC0415
        AutoencoderKL,
        DDIMScheduler,
        StableDiffusionPipeline,
        UNet2DConditionModel,
    )
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer  # noqa: PLC0415

    base = tmp_path_factory.mktemp("prompted")
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{one}</w>" for one in letters)]
    (base / "vocab.json").write_text(json.dumps({word: at for at, word in enumerate(words)}))
    (base / "merges.txt").write_text("#version: 0.2\n")
    torch.manual_seed(0)
    pipeline = StableDiffusionPipeline(
        vae=AutoencoderKL(
            block_out_channels=(8, 8),
            norm_num_groups=4,
            latent_channels=4,
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
        ),
        text_encoder=CLIPTextModel(
            CLIPTextConfig(
                vocab_size=len(words),
                hidden_size=16,
                intermediate_size=16,
                num_hidden_layers=1,
                num_attention_heads=2,
                projection_dim=16,
                bos_token_id=0,
                eos_token_id=1,
            )
        ),
        tokenizer=CLIPTokenizer(
            str(base / "vocab.json"), str(base / "merges.txt"), model_max_length=77
        ),
        unet=UNet2DConditionModel(
            sample_size=8,
            in_channels=4,
            out_channels=4,
            block_out_channels=(8, 16),
            norm_num_groups=4,
            layers_per_block=1,
            cross_attention_dim=16,
            attention_head_dim=4,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        ),
        scheduler=DDIMScheduler(num_train_timesteps=100, clip_sample=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(base / "pipeline")
    return base / "pipeline"


async def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    plain_pipeline: Path,
) -> None:
    model = DiffusersModel(plain_pipeline, "plain", threads=1)

    first = await model.generate(REQUEST)
    await model.close()
    again = await DiffusersModel(plain_pipeline, "plain", threads=1).generate(REQUEST)
    other = await model.generate(ImageRequest("", seed=4, steps=2))

    assert first.png == again.png != other.png
    assert first.png[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_recipe_gets_what_decides_the_bytes(plain_pipeline: Path) -> None:
    image = DiffusersModel(plain_pipeline, "plain", threads=1).draw(REQUEST)

    assert (image.width, image.height, image.steps, image.guidance) == (8, 8, 2, None)
    assert (image.scheduler, image.threads) == ("DDIMScheduler", 1)
    assert image.settings == {"pipeline": "DDIMPipeline", "floats": "float32"}
    assert {"torch", "diffusers", "numpy", "zlib", "torch kernels"} <= image.libraries.keys()


def test_a_prompt_decides_the_picture_where_the_pipeline_reads_prompts(
    prompted_pipeline: Path,
) -> None:
    model = DiffusersModel(prompted_pipeline, "prompted", threads=1)

    def drawn(prompt: str, **values: Any) -> bytes:
        return model.draw(ImageRequest(prompt, seed=3, steps=2, width=16, height=16, **values)).png

    pictures = [
        drawn("cat"),
        drawn("dog"),
        drawn("cat", guidance=2.0),
        drawn("cat", negative_prompt="dog"),
    ]

    assert len(set(pictures)) == 4
    assert drawn("cat") == pictures[0]


def test_its_parameters_are_recorded(prompted_pipeline: Path) -> None:
    model = DiffusersModel(prompted_pipeline, "prompted", threads=1)

    image = model.draw(ImageRequest("cat", seed=3, steps=2, width=16, height=24))

    assert (image.width, image.height, image.guidance) == (16, 24, "7.5")
    assert "transformers" in image.libraries


def test_what_the_pipeline_does_not_take_is_refused(
    plain_pipeline: Path, prompted_pipeline: Path
) -> None:
    plain = DiffusersModel(plain_pipeline, "plain", threads=1)
    prompted = DiffusersModel(prompted_pipeline, "prompted", threads=1)

    with pytest.raises(PromptNotDrawable):
        plain.draw(ImageRequest("a cat", seed=3, steps=2))
    with pytest.raises(SettingUnknown):
        plain.draw(ImageRequest("", seed=3, steps=2, guidance=2.0))
    with pytest.raises(RequestNotTaken):
        prompted.draw(ImageRequest("cat", seed=3, steps=1000))


class Runs:
    """A pickle that leaves a mark when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.mark,)


def add_pickle(folder: Path) -> None:
    unet = folder / "unet"
    (unet / "diffusion_pytorch_model.safetensors").unlink()
    mark = folder.parent / "mark"
    (unet / "diffusion_pytorch_model.bin").write_bytes(pickle.dumps(Runs(mark)))


def disguise_pickle(folder: Path) -> None:
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(pickle.dumps(Runs(folder.parent / "mark")))


def add_code(folder: Path) -> None:
    (folder / "pipeline.py").write_text("import pathlib; pathlib.Path('mark').touch()\n")


def name_code(folder: Path) -> None:
    change(folder / "unet" / "config.json", auto_map={"AutoModel": "mine.Model"})


def name_custom_pipeline(folder: Path) -> None:
    change(folder / "model_index.json", _class_name=["pipeline", "Mine"])


def name_other_library(folder: Path) -> None:
    change(folder / "model_index.json", unet=["os", "system"])


def lead_out(folder: Path) -> None:
    (folder / "unet" / "more.json").symlink_to("/etc/hostname")


def change(path: Path, **values: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    "harm",
    [add_pickle, add_code, name_code, name_custom_pipeline, name_other_library, lead_out],
)
def test_what_could_run_as_code_is_refused_before_anything_is_loaded(
    plain_pipeline: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = Path(shutil.copytree(plain_pipeline, tmp_path / "pipeline"))
    harm(folder)

    with pytest.raises(PipelineUnsafe):
        DiffusersModel(folder, "harmful").draw(REQUEST)

    assert not (tmp_path / "mark").exists()


def test_a_pickle_that_calls_itself_safetensors_is_not_run(
    plain_pipeline: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(plain_pipeline, tmp_path / "pipeline"))
    disguise_pickle(folder)

    with pytest.raises(PipelineFailed):
        DiffusersModel(folder, "disguised").draw(REQUEST)

    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("index", [None, b"", b"[]", b"{", b"[" * 100_000])
def test_a_folder_without_a_pipeline_is_refused(tmp_path: Path, index: bytes | None) -> None:
    if index is not None:
        (tmp_path / "model_index.json").write_bytes(index)

    with pytest.raises(NotAPipeline) as refused:
        DiffusersModel(tmp_path, "none").draw(REQUEST)

    assert isinstance(refused.value, InputError)


def test_a_pipeline_that_diffusers_does_not_know_fails_with_its_words(
    plain_pipeline: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(plain_pipeline, tmp_path / "pipeline"))
    change(folder / "model_index.json", _class_name="PipelineOfTomorrow")

    with pytest.raises(PipelineFailed, match="PipelineOfTomorrow"):
        DiffusersModel(folder, "new").draw(REQUEST)


def test_without_the_extra_it_says_what_to_install(
    plain_pipeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "diffusers", None)

    with pytest.raises(PackageMissing) as missing:
        DiffusersModel(plain_pipeline, "plain").draw(REQUEST)

    assert missing.value.hint == "Run: pip install 'assay-chain[images]'"
