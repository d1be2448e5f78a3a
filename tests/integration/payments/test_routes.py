"""`/payments`: reads and decides, and pays nothing."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assay.errors import AssayError
from assay.service.app import answer_error
from assay.service.routes.payments import router
from tests.integration.payments.conftest import ACME, UNIT, Office


def test_the_routes_read_and_decide_and_pay_nothing(office: Office) -> None:
    app, before = FastAPI(), office.balance(ACME)
    app.state.client = office.client
    app.include_router(router)
    app.add_exception_handler(AssayError, answer_error)
    http = TestClient(app)
    text = "Please pay Acme Ltd 77 ASSAY for lamps, invoice R-1."

    read = http.post("/payments/read", json={"text": text}).json()
    checked = http.post("/payments/check", json={"text": text}).json()
    policy = http.get("/payments/policy").json()
    wrong = http.post("/payments/check", json={"text": text, "answers": {"colour": "red"}})

    assert (read["payee"], read["amount"], read["reference"]) == ("Acme Ltd", "77", "R-1")
    assert (checked["outcome"], checked["order"]["amount"]) == ("allowed", 77 * UNIT)
    assert checked["transaction"] is None
    assert "Acme Ltd" in [payee["name"] for payee in policy["payees"]]
    assert wrong.status_code == 400
    assert office.balance(ACME) == before
