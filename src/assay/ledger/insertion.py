"""Insert what is not there yet, in one statement, on either database.

    connection.execute(insert_absent(connection, payments).values(row))

Unlike a caught IntegrityError, a row that is there already does not end a transaction on Postgres.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_absent(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that passes over a row whose keys are taken; on SQLite and Postgres alike.

    Rows that several processes may insert at once are to come in the same order in all of them: on
    Postgres one waits for the other's row, and opposite orders would block both.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
