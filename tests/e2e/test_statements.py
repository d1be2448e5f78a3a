"""One bill on both sides: calls paid by transfer and by voucher, and checked by anybody."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.market.statements.period import Period
from tests.e2e.scene import MODEL, PRICE, Scene, running_scene

ROOT = Path(__file__).parent.parent.parent
ALWAYS = ("2020-01-01", "2100-01-01")
EXACT, BY_VOUCHER = 2, 5


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("statements"), pause_s=0.0) as scene:
        with assay.connect(home=scene.site.home) as client:
            client.channels.open(scene.url, deposit="1")
            for number in range(EXACT + BY_VOUCHER):
                scheme = "exact" if number < EXACT else "channel"
                client.market.call(
                    MODEL, f"question {number}", url=scene.url, seed=number, scheme=scheme
                )
            wait_until_anchored(client)
        yield scene


def wait_until_anchored(client: assay.Client) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if all(line.batch is not None for line in client.statements.make(*ALWAYS).lines):
            return
        client.market.anchor()
        time.sleep(0.2)
    raise AssertionError("not everything is anchored")


@pytest.fixture
def client(scene: Scene) -> Iterator[assay.Client]:
    with assay.connect(home=scene.site.home) as client:
        yield client


def statement(scene: Scene, *more: str) -> Any:
    start, end = ALWAYS
    return scene.site.run("statement", "--from", start, "--to", end, *more)


def test_both_sides_print_the_same_bill_to_the_byte(scene: Scene) -> None:
    provider = statement(scene, "--json")
    payer = statement(scene, "--url", scene.url, "--json")

    assert (provider.code, payer.code) == (0, 0), provider.err + payer.err
    assert provider.out == payer.out
    bill = provider.json
    assert list(bill) == ["lines", "total", "anchor"]
    assert bill["total"] == str(PRICE * (EXACT + BY_VOUCHER))
    schemes = [line["scheme"] for line in bill["lines"]]
    assert schemes.count("exact") == EXACT
    assert schemes.count("batch-settlement") == BY_VOUCHER
    assert all(line["proof"] is not None and line["record"] for line in bill["lines"])


def test_a_person_sees_every_charge_and_that_it_holds(scene: Scene) -> None:
    shown = statement(scene, "--url", scene.url)

    assert shown.code == 0, shown.err
    assert f"{EXACT + BY_VOUCHER} charges, 0.07 ASSAY" in shown.out
    assert "every record, payment and proof holds, and the chain agrees" in shown.out


def test_a_spreadsheet_gets_a_row_for_each_charge(scene: Scene) -> None:
    rows = list(csv.DictReader(io.StringIO(statement(scene, "--csv").out)))

    assert len(rows) == EXACT + BY_VOUCHER
    assert sum(int(row["amount"]) for row in rows) == PRICE * (EXACT + BY_VOUCHER)


def test_one_service_one_payer_or_an_empty_period_gives_its_part(scene: Scene) -> None:
    bill = statement(scene, "--json").json
    service, payer = bill["lines"][0]["service"], bill["lines"][0]["payer"]

    same = statement(scene, "--service", service, "--payer", payer, "--json").json
    other = statement(scene, "--service", "0x" + "11" * 32, "--url", scene.url, "--json").json
    before = scene.site.run("statement", "--from", "2020-01-01", "--to", "2020-02-01", "--json")

    assert same == bill
    assert (other["lines"], other["total"], other["anchor"]["batches"]) == ([], "0", [])
    assert before.json["lines"] == []


def test_periods_are_half_open(client: assay.Client) -> None:
    last = client.statements.make(*ALWAYS).lines[-1]
    time_of = last.as_json()["time"]

    until = client.statements.make(ALWAYS[0], time_of)
    since = client.statements.make(time_of, ALWAYS[1])

    assert last not in until.lines
    assert last in since.lines
    assert len(until.lines) + len(since.lines) == EXACT + BY_VOUCHER


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--from", "yesterday", "--to", "2026-01-01"), 2),
        (("--from", "2026-02-01", "--to", "2026-01-01"), 2),
        (("--from", "2026-01-01", "--to", "2026-02-01", "--csv", "--json"), 2),
        (("--from", "2026-01-01", "--to", "2026-02-01", "--payer", "0x12"), 2),
        (("--from", "2026-01-01", "--to", "2026-02-01", "--url", "http://127.0.0.1:1"), 3),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...], code: int, scene: Scene
) -> None:
    assert scene.site.run("statement", *arguments).code == code


def test_a_stranger_sees_nobodys_bill_but_his_own(client: assay.Client, scene: Scene) -> None:
    fetched = client.statements.fetch(scene.url, *ALWAYS, account="local-5")

    assert fetched.statement.lines == ()
    assert fetched.checked.faults == ()


def test_the_provider_may_fetch_all_of_its_own(client: assay.Client, scene: Scene) -> None:
    remote = client.workspace.statements.remote("local-1")

    fetched = remote.fetch(scene.url, Period.parse(*ALWAYS))

    assert fetched == client.statements.make(*ALWAYS)


def test_a_stranger_checks_the_bill_with_a_hundred_lines_and_the_chain(
    client: assay.Client, scene: Scene, tmp_path: Path
) -> None:
    bill = statement(scene, "--json").json
    doubled = {**bill, "lines": [*bill["lines"], bill["lines"][0]]}
    inflated = json.loads(json.dumps(bill).replace(f'"{PRICE}"', f'"{PRICE + 1}"'))
    program, rpc = ROOT / "examples" / "check_statement.py", client.workspace.node.url

    for value, code in ((bill, 0), (doubled, 1), (inflated, 1)):
        (tmp_path / "statement.json").write_text(json.dumps(value))
        done = subprocess.run(
            [sys.executable, program, tmp_path / "statement.json", rpc],
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == code, done.stdout + done.stderr


def test_a_bill_stays_the_same_when_it_is_claimed(client: assay.Client, scene: Scene) -> None:
    before = statement(scene, "--json").out

    client.settlement.settle()

    fetched = client.statements.fetch(scene.url, *ALWAYS)
    (account,) = fetched.checked.channels
    assert fetched.checked.faults == ()
    assert account.claimed == account.billed == account.charged == PRICE * BY_VOUCHER
    assert statement(scene, "--json").out == before


def test_a_provider_whose_book_lost_a_charge_is_caught(client: assay.Client, scene: Scene) -> None:
    """The service itself answers from a book in which one voucher was never charged."""
    line = next(one for one in client.statements.make(*ALWAYS).lines if one.promise)
    assert line.promise
    engine = client.workspace.engine
    row = (line.promise.channel.hex, line.payment.hex)

    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE vouchers SET state = 'open' WHERE channel_id = ? AND digest = ?", row
        )
    try:
        fetched = client.statements.fetch(scene.url, *ALWAYS)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE vouchers SET state = 'charged' WHERE channel_id = ? AND digest = ?", row
            )

    assert any("some are left out" in fault for fault in fetched.checked.faults)
    with pytest.raises(assay.IntegrityError, match="left out"):
        fetched.require_sound()
