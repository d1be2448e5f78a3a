"""Names of companies and people: runs of words with capital letters."""

from __future__ import annotations

from assay.authoring.english.lexing.tokens import Token

SUFFIX = frozenset("ltd ltd. limited inc inc. llc llp plc gmbh ag sa s.a. corp corp. corporation "
                    "co "
                    "co. company bv dao foundation bank pty kg se".split())  # fmt: skip


def capital_run(found: list[Token]) -> list[Token]:
    """The last run of capitalised words, which names a company or a person."""
    best: list[Token] = []
    run: list[Token] = []
    for token in found:
        joins = token.lower in ("of", "&", ".") and run
        if (token.kind == "word" and token.text[:1].isupper()) or joins:
            run.append(token)
            continue
        if run and (not best or has_suffix(run)):
            best = run
        run = []
    if run and (not best or has_suffix(run) or not has_suffix(best)):
        best = run
    while best and best[-1].lower in ("of", "&", "."):
        best = best[:-1]
    while best and best[0].lower in ("the", "between", "and", "by", "this", "agreement", "whereas"):
        best = best[1:]
    return best


def has_suffix(run: list[Token]) -> bool:
    """Whether it ends as names of companies do: "the Company" is no name."""
    named = [token for token in run if token.lower != "the"]
    return len(named) > 1 and any(token.lower in SUFFIX for token in named)
