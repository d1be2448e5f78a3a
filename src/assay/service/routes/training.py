"""`/training`: tasks of training together. Read only: members sign for themselves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from assay.service.deps import ClientDependency

router = APIRouter(prefix="/training", tags=["training"])

TaskNumber = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/tasks")
def list_tasks(
    client: ClientDependency, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[dict[str, Any]]:
    """Tasks with their terms and money, the newest first; amounts in the token's units."""
    return [task.as_json() for task in client.training.tasks(limit=limit)]


@router.get("/tasks/{task}")
def show_task(task: TaskNumber, client: ClientDependency) -> dict[str, Any]:
    """One task as the chain has it."""
    return client.training.show(task).as_json()


@router.get("/tasks/{task}/members")
def list_members(task: TaskNumber, client: ClientDependency) -> list[dict[str, Any]]:
    """All who ever joined a task, in that order."""
    return [member.as_json() for member in client.training.members(task)]
