from pathlib import Path
from typing import Any

from assay.core.digest import Digest
from tests.e2e.site import Site


def test_the_demo_runs_the_whole_story(demo: dict[str, Any]) -> None:
    text = Path(demo["text_file"]).read_bytes()

    assert demo["verified"] is True
    assert demo["content_id"] == Digest.of(text).hex
    assert len({call["text"] for call in demo["calls"]}) == 3
    assert text.decode() in [call["text"] for call in demo["calls"]]
    assert {"register_asset", "mint_content", "anchor_batch", "settle_call"} <= set(demo["gas"])
    assert demo["earned"] == "0.03"
    assert demo["seconds"] > 0


def test_its_costs_stay_within_their_goals(demo: dict[str, Any]) -> None:
    assert demo["gas"]["register_asset"] <= 130_000
    assert demo["gas"]["mint_content"] <= 100_000
    assert demo["gas"]["commit"] <= 50_000


def test_the_minted_text_traces_back_to_model_payment_and_licence(
    site: Site, demo: dict[str, Any]
) -> None:
    ran = site.run("trace", demo["text_file"], "--json")

    kinds = {node["kind"] for node in ran.json["nodes"]}
    assert ran.code == 0
    assert ran.json["verified"] is True
    assert {"content", "call", "payment", "anchor", "model", "card", "licence"} <= kinds
    assert "asset" not in kinds
    assert all(link["ok"] and link["evidence"] for link in ran.json["links"])
    assert set(ran.json["links"][0]) == {"from", "to", "kind", "ok", "evidence", "reason"}
    assert set(ran.json["nodes"][0]) >= {"id", "kind", "title"}


def test_every_name_of_the_same_thing_finds_the_same_lineage(
    site: Site, demo: dict[str, Any]
) -> None:
    expected = site.run("trace", demo["text_file"], "--json").json
    record = next(c["record"] for c in demo["calls"] if c["text"] == _text(demo))

    for name in (demo["content_id"], f"content:{demo['content_id']}"):
        assert site.run("trace", name, "--json").json == expected
    for name in (record, demo["asset_id"], demo["dataset_id"], demo["service_id"]):
        ran = site.run("trace", name, "--json")
        assert (ran.code, ran.json["verified"]) == (0, True), name


def test_an_answer_that_nobody_minted_is_traced_to_its_call(
    site: Site, demo: dict[str, Any], tmp_path: Path
) -> None:
    other = next(call["text"] for call in demo["calls"] if call["text"] != _text(demo))
    (tmp_path / "answer.txt").write_bytes(other.encode())

    ran = site.run("trace", str(tmp_path / "answer.txt"), "--json")

    assert ran.json["verified"] is True
    assert ran.json["nodes"][0]["kind"] == "call"


def test_a_trace_can_be_drawn(site: Site, demo: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "trace.html"

    dot = site.run("trace", demo["text_file"], "--dot")
    html = site.run("trace", demo["text_file"], "--html", str(page))

    assert dot.out.startswith("digraph")
    assert html.code == 0
    assert "<svg" in page.read_text()
    assert "http://" not in page.read_text().replace("http://www.w3.org/", "")


def test_what_is_not_known_is_an_error_that_says_what_to_do(site: Site, tmp_path: Path) -> None:
    (tmp_path / "stranger.txt").write_text("never seen")

    ran = site.run("trace", str(tmp_path / "stranger.txt"), "--json")

    assert ran.code == 2
    assert "hint" in ran.err


def test_it_runs_again_on_what_the_first_run_left(site: Site, demo: dict[str, Any]) -> None:
    again = site.run("demo", "--json")

    assert again.code == 0, again.err
    assert again.json["verified"] is True
    assert again.json["asset_id"] == demo["asset_id"]
    assert again.json["content_id"] != demo["content_id"]
    assert "register_asset" not in again.json["transactions"]


def _text(demo: dict[str, Any]) -> str:
    return Path(demo["text_file"]).read_text(encoding="utf-8")
