"""English auction: bids rise until the end, the highest wins, every other bidder is given back.

"Bidders may bid at least 100 USDC until 1 March; each bid must be 5 USDC higher." What was outbid
is fetched by its bidder at any time, so that nobody can stop a higher bid; the highest bid goes to
the seller after the end. A token that is sold is put in first, and goes back where nobody bids.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.saying import parts_of_hundred, point
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.patterns.bids import ITEM, Auction, read_auction
from assay.authoring.blocks.terms import (
    AMOUNT,
    CALLER,
    DUE,
    GIVEN_AMOUNT,
    NOW,
    ONE,
    ZERO,
    at_least,
    at_most,
    define,
    differ,
    minus,
    more,
    plus,
    same,
    times,
)
from assay.authoring.model import Specification
from assay.authoring.program.expressions import (
    Expression,
    Held,
    Lookup,
    Name,
    Nobody,
    Not,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Emit,
    If,
    Invariant,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)


class EnglishAuction:
    """Sells to the highest bidder."""

    name = "auction"
    text = "Rising bids until an end; the highest wins, the others fetch their money back."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The whole auction, or nothing where a part of it is not known."""
        found = read_auction(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To bid, to fetch what was outbid, and to settle."""
        found = read_auction(draft.specification, frozenset(claim.obligations))
        maker = _Maker(draft, found)
        functions = {"supply": maker.supply()} if found.item else {}
        functions |= {"bid": maker.bid(), "refund": maker.refund(), "proceeds": maker.proceeds()}
        functions |= {ITEM: maker.hand_over()} if found.item else {}
        functions["end"] = functions["extension"] = functions["bid"]
        functions["ban"] = functions["refund"]
        return tuple(
            (index, functions[part]) for part, indices in found.parts.items() for index in indices
        )


class _Maker:
    def __init__(self, draft: Draft, found: Auction) -> None:
        self._draft, self._found = draft, found
        (self._money,) = found.assets
        self._asset = draft.asset(self._money).name
        (end,) = found.ends
        self._end: Expression = point(draft, "auction end", end)
        if found.extension:
            self._end = draft.variable("auctionEndsAt", initial=self._end)
        self._highest = draft.variable("highestBid")
        self._bidder = draft.variable("highestBidder", Type.ADDRESS)
        self._outbid = draft.variable("outbidTotal", text="What bidders can fetch, all together")
        draft.variable("outbid", key=Type.ADDRESS, text="What a bidder can fetch")
        self._paid_out = draft.variable("proceedsTaken", Type.TRUTH)
        if found.item:
            amount, token = found.item
            self._token = draft.asset(token).name
            self._lot = draft.amount("lot", amount, token)
            self._there = draft.variable("lotThere", Type.TRUTH)
            self._seller = draft.specification.obligations[found.parts["supply"][0]].actor
        held = at_least(Held(self._asset), self._outbid)
        draft.keep(Invariant("OutbidMoneyIsHeld", held, "Whoever is outbid can fetch all of it."))

    def supply(self) -> str:
        """The lot, before anybody bids."""
        body: list[Statement] = [
            Require(at_most(NOW, self._end), "AuctionOver", (NOW,)),
            Require(Not(self._there), "LotThere"),
            Set("lotThere", Truth(True)),
            Emit("LotSupplied", (("amount", self._lot),)),
            Pull(self._token, self._lot),
        ]
        return self._define(
            "supply lot", "supply", body, callers=self._draft.caller_of(self._seller)
        )

    def bid(self) -> str:
        """More than the highest so far, which its bidder can then fetch."""
        least: Expression = ONE
        for amount in self._found.least:
            least = self._draft.amount("least bid", amount, self._money)
        raised = Lookup("outbid", self._bidder)
        body: list[Statement] = [
            Require(at_most(NOW, self._end), "AuctionOver", (NOW,)),
            If(
                same(self._bidder, Nobody()),
                (Require(at_least(AMOUNT, least), "BidTooLow", (AMOUNT,)),),
                (
                    Require(self._is_higher(), "BidTooLow", (AMOUNT,)),
                    Set("outbid", plus(raised, self._highest), self._bidder),
                    Set("outbidTotal", plus(self._outbid, self._highest)),
                ),
            ),
            Set("highestBid", AMOUNT),
            Set("highestBidder", CALLER),
        ]
        if self._found.item:
            body.insert(1, Require(self._there, "LotMissing"))
        if self._found.extension:
            body.append(self._extends(*self._found.extension))
        body.append(Emit("BidMade", (("bidder", CALLER), ("amount", AMOUNT))))
        body.append(Pull(self._asset, AMOUNT))
        return self._define("bid", "bid", body, arguments=GIVEN_AMOUNT)

    def refund(self) -> str:
        """All that a bidder was outbid with."""
        body: list[Statement] = [
            Let("due", Lookup("outbid", CALLER)),
            Require(differ(DUE, ZERO), "NothingOutbid"),
            Set("outbid", ZERO, CALLER),
            Set("outbidTotal", minus(self._outbid, DUE)),
            Emit("OutbidMoneyFetched", (("bidder", CALLER), ("amount", DUE))),
            Push(self._asset, CALLER, DUE),
        ]
        return self._define("fetch outbid money", "refund", body)

    def proceeds(self) -> str:
        """The highest bid, to the seller, once."""
        (payee,) = self._found.payees
        body: list[Statement] = [
            Require(more(NOW, self._end), "AuctionRuns", (NOW,)),
            Require(differ(self._highest, ZERO), "NobodyBid"),
            Require(Not(self._paid_out), "ProceedsTaken"),
            Set("proceedsTaken", Truth(True)),
            Emit("ProceedsSent", (("amount", self._highest),)),
            Push(self._asset, self._draft.expression_of(payee), self._highest),
        ]
        return self._define("send proceeds", "proceeds", body)

    def hand_over(self) -> str:
        """The lot to who won it, or back where nobody did."""
        assert self._seller is not None, "it was claimed"
        seller = self._draft.expression_of(self._seller)
        handed = "LotHandedOver"
        body: list[Statement] = [
            Require(more(NOW, self._end), "AuctionRuns", (NOW,)),
            Require(self._there, "LotMissing"),
            Set("lotThere", Truth(False)),
            If(
                same(self._bidder, Nobody()),
                (
                    Emit(handed, (("recipient", seller), ("amount", self._lot))),
                    Push(self._token, seller, self._lot),
                ),
                (
                    Emit(handed, (("recipient", self._bidder), ("amount", self._lot))),
                    Push(self._token, self._bidder, self._lot),
                ),
            ),
        ]
        return self._define("hand over lot", ITEM, body)

    def _is_higher(self) -> Expression:
        ((comparator, value, asset),) = self._found.increments
        enough = at_least if comparator == ">=" else more
        if asset != "%":
            step = self._draft.amount("increment", value, asset) if value != "0" else ZERO
            return enough(AMOUNT, plus(self._highest, step) if value != "0" else self._highest)
        (share,), whole = parts_of_hundred((value,))
        raised = self._draft.count("raised share", whole + share, f"{100} + {value} %")
        return enough(times(AMOUNT, Number(whole)), times(self._highest, raised))

    def _extends(self, window: str, length: str) -> Statement:
        late = self._draft.duration("late", window)
        more_time = self._draft.duration("extension", length)
        end = Name("auctionEndsAt")
        return If(at_most(end, plus(NOW, late)), (Set("auctionEndsAt", plus(end, more_time)),))

    def _define(
        self,
        wanted: str,
        part: str,
        body: list[Statement],
        *,
        arguments: tuple[tuple[str, Type], ...] = (),
        callers: tuple[str, ...] = (),
    ) -> str:
        said = self._found.parts.get(part, ())
        return define(self._draft, wanted, body, said, arguments=arguments, callers=callers)
