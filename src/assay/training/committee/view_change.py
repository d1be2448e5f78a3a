"""View changes (§4.4): past a primary that does nothing, or says different things."""

from __future__ import annotations

from collections.abc import Iterable

from assay.core.digest import Digest
from assay.training.committee.core import Core
from assay.training.committee.messages import Commit, NewView, SignedMessage, ViewChange
from assay.training.committee.normal_case import advance
from assay.training.committee.standing import Standing


def give_up(core: Core, standing: Standing, view: int) -> None:
    """Leave the current view and ask for a later one, with proof of what was prepared."""
    standing.view, standing.in_view = view, False
    standing.required = standing.accepted = standing.result = None
    change = core.signed(
        ViewChange(round=standing.round, view=view, prepared=standing.prepared, sender=core.me)
    )
    kept: dict[type[SignedMessage], SignedMessage] = {ViewChange: change}
    if Commit in standing.own:
        kept[Commit] = standing.own[Commit]
    standing.own = kept
    standing.view_changes.add(change)
    core.save(standing)
    core.broadcast(change)
    consider_changes(core, standing)


def consider_changes(core: Core, standing: Standing) -> None:
    """Join, lead or time a view change, as far as enough others ask for one."""
    latest = standing.view_changes.latest()
    ahead = [change for change in latest if change.view > standing.view]
    if core.committee.has_honest([change.sender for change in ahead]):
        give_up(core, standing, min(change.view for change in ahead))
        return
    if standing.in_view:
        return
    open_view(core, standing)
    asking = [change.sender for change in latest if change.view >= standing.view]
    if standing.timed_view < standing.view and core.committee.is_quorum(asking):
        core.watch(standing)


def open_view(core: Core, standing: Standing) -> None:
    """The new primary multicasts a new-view as soon as a quorum asks for its view."""
    changes = standing.view_changes.at(standing.view)
    if not core.leads(standing) or not core.committee.is_quorum([one.sender for one in changes]):
        return
    new_view = core.signed(
        NewView(
            round=standing.round,
            view=standing.view,
            changes=tuple(change.stripped() for change in changes),
            sender=core.me,
        )
    )
    enter(core, standing, new_view)


def consider_new_view(core: Core, standing: Standing) -> None:
    """A backup enters the latest view that a primary has opened and proved."""
    opened = [
        one
        for one in standing.new_views.latest()
        if one.view > standing.view or (one.view == standing.view and not standing.in_view)
    ]
    if opened:
        enter(core, standing, max(opened, key=lambda one: one.view))


def enter(core: Core, standing: Standing, new_view: NewView) -> None:
    """Go on in the new view, with what it demands."""
    standing.view, standing.in_view = new_view.view, True
    standing.required = required_digest(new_view.changes)
    standing.accepted = standing.result = None
    commit = standing.own.get(Commit)
    standing.own = {Commit: commit} if commit else {}
    if new_view.sender == core.me:
        standing.own[NewView] = new_view
        core.save(standing)
        core.broadcast(new_view)
    else:
        core.save(standing)
    core.watch(standing)
    advance(core, standing)


def required_digest(changes: Iterable[ViewChange]) -> Digest | None:
    """What was prepared in the latest view, so perhaps decided; None leaves the choice free.

    It follows from the view-change messages alone, so that backups compute it for themselves.
    """
    proofs = [change.prepared for change in changes if change.prepared is not None]
    return max(proofs, key=lambda proof: proof.view).digest if proofs else None
