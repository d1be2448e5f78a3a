"""What a sentence goes through before it is read: each step brings it nearer to plain clauses."""

from __future__ import annotations

from collections.abc import Callable

from assay.authoring.english.conditions.dividing import divide
from assay.authoring.english.drafts import Context
from assay.authoring.english.rewriting.agreed import skip_agreement
from assay.authoring.english.rewriting.arrears import in_arrears
from assay.authoring.english.rewriting.asides import without_asides
from assay.authoring.english.rewriting.ballots import balloted
from assay.authoring.english.rewriting.bargains import bargained
from assay.authoring.english.rewriting.beside import put_beside
from assay.authoring.english.rewriting.caps import bounded
from assay.authoring.english.rewriting.choices import chosen
from assay.authoring.english.rewriting.consequences import entailed
from assay.authoring.english.rewriting.conveyances import conveyed
from assay.authoring.english.rewriting.dated_events import told_by_dates
from assay.authoring.english.rewriting.dense import said_densely
from assay.authoring.english.rewriting.drafting import drafted
from assay.authoring.english.rewriting.each_payment import (
    paid_each_time,
    paid_for_each,
    passed_on_of_each,
)
from assay.authoring.english.rewriting.earliest import not_before
from assay.authoring.english.rewriting.earnings import earned
from assay.authoring.english.rewriting.entitled import entitled_in_turn
from assay.authoring.english.rewriting.entitling import entitling
from assay.authoring.english.rewriting.everyday import said_every_day
from assay.authoring.english.rewriting.falling_due import fallen_due
from assay.authoring.english.rewriting.fees import named_fees
from assay.authoring.english.rewriting.formal import formally_said
from assay.authoring.english.rewriting.founders import told_by_founders
from assay.authoring.english.rewriting.gerunds import done_by
from assay.authoring.english.rewriting.goals import goals_said
from assay.authoring.english.rewriting.hinging import hung_on_conditions
from assay.authoring.english.rewriting.idioms import idioms_told
from assay.authoring.english.rewriting.known_shares import known_shares
from assay.authoring.english.rewriting.labels import labelled
from assay.authoring.english.rewriting.launches import launched
from assay.authoring.english.rewriting.limits import (
    bounded_acts,
    from_to,
    left_over,
    needed_votes,
    shares_of,
)
from assay.authoring.english.rewriting.measuring import measured_plainly
from assay.authoring.english.rewriting.occasioned_parts import parted_by_occasions
from assay.authoring.english.rewriting.parentheses import parenthesised
from assay.authoring.english.rewriting.participial import made_finite
from assay.authoring.english.rewriting.plain_acts import acted_plainly
from assay.authoring.english.rewriting.plain_deals import told_as_deals
from assay.authoring.english.rewriting.plain_spans import told_in_spans
from assay.authoring.english.rewriting.plain_terms import said_in_plain_terms
from assay.authoring.english.rewriting.pointing_back import pointed_back
from assay.authoring.english.rewriting.portions import portioned
from assay.authoring.english.rewriting.prose import said_in_prose
from assay.authoring.english.rewriting.ranges import ranged
from assay.authoring.english.rewriting.reduced import relatives_written_out
from assay.authoring.english.rewriting.resolutions import resolved
from assay.authoring.english.rewriting.rewrites import in_full
from assay.authoring.english.rewriting.selling import sold_or_worked
from assay.authoring.english.rewriting.shorthand import spelled_out
from assay.authoring.english.rewriting.term_sheets import listed_terms
from assay.authoring.english.rewriting.verbless import with_verbs
from assay.authoring.english.rewriting.votes import votes_told

_STEPS: tuple[Callable[[Context], None], ...] = (
    idioms_told,
    entitling,
    said_in_prose,
    resolved,
    fallen_due,
    parenthesised,
    told_by_founders,
    ranged,
    drafted,
    hung_on_conditions,
    measured_plainly,
    conveyed,
    without_asides,
    named_fees,
    said_densely,
    left_over,
    with_verbs,
    launched,
    votes_told,
    balloted,
    listed_terms,
    chosen,
    passed_on_of_each,
    paid_each_time,
    paid_for_each,
    acted_plainly,
    in_arrears,
    told_by_dates,
    not_before,
    earned,
    entitled_in_turn,
    pointed_back,
    told_in_spans,
    told_as_deals,
    said_in_plain_terms,
    said_every_day,
    known_shares,
    parted_by_occasions,
    portioned,
    sold_or_worked,
    bargained,
    goals_said,
    labelled,
    bounded,
    formally_said,
    entailed,
    put_beside,
    done_by,
    relatives_written_out,
    made_finite,
    bounded_acts,
    from_to,
    needed_votes,
    shares_of,
    spelled_out,
    in_full,
    skip_agreement,
    divide,
)


def rewritten(context: Context) -> None:
    """Takes the nodes of a sentence through every step, in order."""
    for step in _STEPS:
        step(context)
