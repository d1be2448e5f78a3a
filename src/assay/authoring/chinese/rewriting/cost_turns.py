"""Turns of speech about what things cost: 按每小时50元, 运输及保险费用, 由固定报酬和提成组成."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token


def by_the_hour(tokens: list[Token]) -> list[Token]:
    """加班费按每小时50元支付: so much for each hour, and not once an hour."""
    made = list(tokens)
    for at in range(len(tokens) - 1):
        every, paid = tokens[at : at + 2]
        hourly = every.kind == "recurrence" and every.value.iso == "PT1H" and not every.value.late
        if hourly and paid.kind == "amount" and paid.value.share_of is None:
            value = replace(paid.value, share_of="小时")
            whole = Token("amount", every.text + paid.text, every.start, paid.end, value)
            return [*made[:at], whole, *made[at + 2 :]]
    return made


def named_costs(tokens: list[Token]) -> list[Token]:
    """运输及保险费用由出卖人承担: works before 费用 name what the costs are of."""
    by = next((at for at, one in enumerate(tokens) if one.kind == "by"), 0)
    words = tokens[:by]
    ends = bool(words) and words[-1].text.endswith(("费用", "费", "成本"))
    if not ends or words[0].kind != "verb" or len(words) < 2:
        return tokens
    if any(one.kind not in {"verb", "and", "noun", "unknown"} for one in words):
        return tokens
    name = "".join(one.text for one in words)
    return [Token("noun", name, words[0].start, words[-1].end), *tokens[by:]]


def made_up_of(tokens: list[Token]) -> list[Token]:
    """报酬由固定报酬和提成组成: nobody acts, and no rule reads what it is made of."""
    made = len(tokens) > 2 and tokens[-1].text.endswith(("组成", "构成"))
    if not made or not any(one.kind == "by" for one in tokens):
        return tokens
    words = "".join(one.text for one in tokens)
    return [Token("unknown", words, tokens[0].start, tokens[-1].end)]


def for_each_person(tokens: list[Token]) -> list[Token]:
    """按每人每天300元: so much for each of them."""
    for at in range(len(tokens) - 2):
        who, every, paid = tokens[at : at + 3]
        bare = who.text == "每人" and at > 0 and tokens[at - 1].kind == "with"
        if bare and every.kind == "recurrence" and paid.kind == "amount":
            value = replace(paid.value, share_of=paid.value.share_of or "人")
            return [*tokens[:at], every, replace(paid, value=value), *tokens[at + 3 :]]
    return tokens
