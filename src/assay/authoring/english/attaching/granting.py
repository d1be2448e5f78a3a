"""Rights and duties that one gives another: "grants the Licensee the right to use"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.modality import Force
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_phrase_at

_GRANTS: dict[str, Force] = {"grant": "may", "give": "may", "allow": "may", "permit": "may",
                             "authorise": "may", "authorize": "may", "entitle": "may",
                             "require": "must", "oblige": "must", "prohibit": "must_not",
                             "forbid": "must_not", "appoint": "must", "instruct": "must",
                             "direct": "must", "cause": "must", "engage": "must", "hire": "must",
                             "commission": "must", "request": "must"}  # fmt: skip
_RIGHTS = ("right to", "permission to", "option to", "to", "licence to", "license to",
           "authority to", "from", "power to")  # fmt: skip
_DEMANDING = frozenset({"require", "request", "oblige"})
"""What somebody may do who can demand of another that it acts."""
_SCOPES = frozenset("the a an non-exclusive exclusive perpetual worldwide limited sole "
                    "irrevocable revocable non-transferable transferable non-sublicensable , and "
                    "personal temporary simple full royalty-free".split())  # fmt: skip


def granted_to(context: Context, group: Group, draft: Draft) -> Group | None:
    """ "grants the Licensee the right to use": what the other may do."""
    text = context.text
    lemma = group.verb.lemma if group.verb is not None else ""
    if lemma not in _GRANTS or group.passive:
        return None
    at = text.skip(group.end, ("to",)) if lemma in ("grant", "give") else group.end
    who = phrase_at(text, at, context.names)
    engages = lemma in ("engage", "hire", "appoint", "commission", "instruct")
    if engages and group.force == "may":
        return None
    found = text.match_any(text.skip(who[1], _SCOPES), _RIGHTS) if who is not None else None
    licence = phrase_at(text, who[1], context.names) if who is not None and not found else None
    if who is not None and licence is not None and licence[0].head in ("licence", "license"):
        draft.source = draft.subjects[0]
        draft.subjects = [settled(who[0], context, None, draft)]
        return replace(group, verb=VERBS["use"], force="may", end=who[1])
    if who is None or found is None or (found[0] == "to" and lemma in ("grant", "give")):
        return None
    inner = verb_phrase_at(text, found[1], "base", "gerund")
    if inner is None or inner.kind != "act":
        return None
    if group.force == "may" and lemma in _DEMANDING:
        draft.recipients = [settled(who[0], context, None, draft)]
        return replace(inner, verb=VERBS["claim"], force="may")
    draft.source = draft.subjects[0] if _GRANTS[lemma] == "may" else None
    draft.subjects = [settled(who[0], context, None, draft)]
    force: Force = "must_not" if group.force == "must_not" else _GRANTS[lemma]
    return replace(inner, force=force)
