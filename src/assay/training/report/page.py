"""A task as one HTML page, with its plots inside: nothing is fetched when it is opened."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from assay.core.address import Address
from assay.training.model import Task
from assay.training.records import RoundRecord
from assay.training.report.plots import PLOTS, short
from assay.training.use_cases.verifying import RoundCheck

_MILLION = 1_000_000
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1f24; background: #fff; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0;
  font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #d8dee4; }
td.number, th.number { text-align: right; }
img { max-width: 100%; }
code { overflow-wrap: anywhere; }
.bad { color: #b42318; }
"""
_TITLES = {
    "accuracy": "Accuracy and loss",
    "contribution": "Contribution of each node",
    "rewards": "Rewards",
    "traffic": "Traffic",
    "votes": "What the committee accepted",
    "epsilon": "Privacy spent",
}


@dataclass(frozen=True)
class Report:
    """What a page shows.

    Attributes:
        records: of the certified rounds, in order.
        checks: of the same rounds.
        plots: PNG files by the names of `PLOTS`.
        unit: how much of the reward's token one of its smallest units is.
        symbol: of that token.
    """

    task: Task
    records: Sequence[RoundRecord]
    checks: Sequence[RoundCheck]
    plots: Mapping[str, bytes]
    unit: Fraction
    symbol: str


def render(report: Report) -> str:
    """The page."""
    task = report.task
    parts = [
        f"<h1>Training task {task.id}</h1>",
        f"<p>{_summary(report)}</p>",
        *(_plot(name, report.plots[name]) for name in PLOTS if name in report.plots),
        "<h2>Rounds</h2>",
        _rounds(report),
        "<h2>Nodes</h2>",
        _nodes(report),
    ]
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Training task {task.id}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _summary(report: Report) -> str:
    task = report.task
    failed = [check.round for check in report.checks if not check.ok]
    verdict = (
        f'<strong class="bad">Rounds {", ".join(map(str, failed))} do not come out again.</strong>'
        if failed
        else f"All {len(report.checks)} certified rounds were done again, with the same result."
    )
    masked = any(record.unmasking is not None for record in report.records)
    mode = " Updates were masked: nobody saw a single one, only their mean." if masked else ""
    return (
        f"{escape(task.phase.name.capitalize())}, round {task.round} of {task.terms.rounds}; "
        f"sponsor <code>{escape(task.sponsor)}</code>; budget "
        f"{_amount(report, task.terms.budget)}, released {_amount(report, task.money.released)}, "
        f"claimed {_amount(report, task.money.claimed)}. {verdict}{mode}"
    )


def _plot(name: str, image: bytes) -> str:
    title = _TITLES[name]
    data = base64.b64encode(image).decode()
    return f'<h2>{title}</h2><p><img alt="{title} by round" src="data:image/png;base64,{data}"></p>'


def _rounds(report: Report) -> str:
    checks = {check.round: check for check in report.checks}
    rows = []
    for record in report.records:
        check = checks.get(record.round)
        told = "✓" if check and check.ok else f'<span class="bad">{_reason(check)}</span>'
        cells = (
            f'<td class="number">{record.round}</td>',
            f'<td class="number">{len(record.accepted)} of {len(record.updates)}</td>',
            f'<td class="number">{record.base_accuracy_ppm / 10_000:.1f} %</td>',
            f'<td class="number">{record.bytes_up:,}</td>',
            f'<td class="number">{record.bytes_down:,}</td>',
            f"<td>{told}</td>",
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    names = ("round", "accepted", "accuracy before", "bytes up", "bytes down")
    head = "".join(f'<th class="number">{name}</th>' for name in names) + "<th>done again</th>"
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _nodes(report: Report) -> str:
    if not report.records:
        return "<p>No round has a result yet.</p>"
    spent: dict[Address, int] = {}
    for record in report.records:
        spent |= record.epsilon_micro
    rows = []
    for earning in report.records[-1].earnings:
        accepted = sum(earning.node in record.accepted for record in report.records)
        rows.append(
            f'<tr><td><code title="{escape(earning.node)}">{short(earning.node)}</code></td>'
            f'<td class="number">{accepted} of {len(report.records)}</td>'
            f'<td class="number">{_amount(report, earning.cumulative)}</td>'
            + (
                f'<td class="number">{_spent(spent.get(earning.node))}</td></tr>'
                if spent
                else "</tr>"
            )
        )
    head = '<th>node</th><th class="number">rounds accepted</th><th class="number">earned</th>'
    if spent:
        head += '<th class="number">epsilon spent</th>'
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _spent(micro: int | None) -> str:
    return "" if micro is None else f"{micro / _MILLION:.3f}"


def _reason(check: RoundCheck | None) -> str:
    return escape(check.reason) if check else "not checked"


def _amount(report: Report, units: int) -> str:
    return f"{float(units * report.unit):,.6f}".rstrip("0").rstrip(".") + f" {report.symbol}"
