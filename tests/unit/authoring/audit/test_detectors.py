"""Every detector finds what is broken, and is silent about the sound look-alike."""

from collections.abc import Callable

import pytest

from assay.authoring.audit.model import Finding
from tests.unit.authoring.audit import more_sources
from tests.unit.authoring.audit.sources import PAIRS, Pair

Detected = Callable[[str], list[Finding]]


@pytest.mark.parametrize("pair", [*PAIRS, *more_sources.PAIRS], ids=lambda pair: pair.rule)
def test_a_detector_tells_the_broken_from_the_sound(pair: Pair, detected: Detected) -> None:
    broken = detected(pair.source(pair.broken))
    sound = detected(pair.source(pair.sound))

    assert pair.rule in {one.rule for one in broken}
    assert pair.rule not in {one.rule for one in sound}
    found = next(one for one in broken if one.rule == pair.rule)
    assert found.line > 2
    assert found.message
    assert found.fix


def test_a_lock_in_a_modifier_keeps_reentrancy_out(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        uint256 private state = 1;
        mapping(address => uint256) owed;
        modifier once() { require(state == 1); state = 2; _; state = 1; }
        function put() public payable once { owed[msg.sender] += msg.value; }
        function take() public once {
            (bool ok, ) = msg.sender.call{value: owed[msg.sender]}("");
            require(ok);
            owed[msg.sender] = 0;
        }
    }"""

    assert detected(source) == []


def test_a_constructor_by_another_name_is_an_open_owner(detected: Detected) -> None:
    source = """pragma solidity ^0.4.11;
    contract Subject {
        address owner;
        function subject() public { owner = msg.sender; }
        function end() public { require(msg.sender == owner); selfdestruct(owner); }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("open-owner", 4)]


def test_reentrancy_through_a_helper_stands_where_the_order_is_to_be_changed(
    detected: Detected,
) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        mapping(address => uint256) owed;
        function put() public payable { owed[msg.sender] += msg.value; }
        function take() public {
            _send(msg.sender, owed[msg.sender]);
            owed[msg.sender] = 0;
        }
        function _send(address to, uint256 sum) private {
            (bool ok, ) = to.call{value: sum}("");
            require(ok);
        }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("state-after-call", 6)]


def test_a_part_of_a_total_whose_sum_is_tested_does_not_overflow(detected: Detected) -> None:
    source = """pragma solidity ^0.5.0;
    contract Subject {
        uint256 all;
        address owner = msg.sender;
        mapping(address => uint256) held;
        function put(uint256 sum) external {
            uint256 next = all + sum;
            require(next >= all);
            all = next;
            held[msg.sender] += sum;
        }
    }"""

    assert "overflow" not in {one.rule for one in detected(source)}


def test_a_fallback_is_looked_at_beside_a_constructor_without_parameters(
    detected: Detected,
) -> None:
    source = """pragma solidity ^0.5.0;
    contract Subject {
        address payable first;
        constructor() public { first = msg.sender; }
        function() external payable {
            require(msg.value > 9);
            first.transfer(msg.value);
            first = msg.sender;
        }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("blocking-payment", 7)]


def test_what_the_compiler_checks_for_one_part_holds_for_the_total(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        uint256 all = 9;
        mapping(address => uint256) held;
        constructor() { held[msg.sender] = all; }
        function burn(uint256 sum) external {
            held[msg.sender] -= sum;
            unchecked {
                all -= sum;
            }
        }
    }"""

    assert detected(source) == []


def test_a_source_without_a_pragma_is_read_by_the_generation_that_takes_it(
    detected: Detected,
) -> None:
    source = """contract Subject {
        mapping(address => uint) owed;
        function put() public payable { owed[msg.sender] += msg.value; }
        function take() public {
            require(now > 9);
            require(msg.sender.call.value(owed[msg.sender])());
            owed[msg.sender] = 0;
        }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("state-after-call", 6)]


def test_views_of_a_caller_can_call_back_before_the_fifth_generation(detected: Detected) -> None:
    source = """pragma solidity VERSION;
    interface Member { function kind() external view returns (bytes32); }
    contract Subject {
        mapping(address => uint) held;
        modifier fresh() { require(held[msg.sender] == 0); _; }
        modifier known() { require(Member(msg.sender).kind() == "m"); _; }
        function join() public
            fresh known { held[msg.sender] += 20; }
    }"""

    old = detected(source.replace("VERSION", "^0.4.24"))
    new = detected(source.replace("VERSION", "^0.5.0"))

    assert [(one.rule, one.line) for one in old] == [("state-after-call", 7)]
    assert new == []


def test_a_modifier_that_runs_the_rest_only_for_the_owner_guards_it(detected: Detected) -> None:
    source = """pragma solidity ^0.4.18;
    contract Subject {
        address owner = msg.sender;
        modifier only { if (owner == msg.sender) _; }
        function pass(address to) public only { owner = to; }
        function end() public only { selfdestruct(owner); }
    }"""

    assert detected(source) == []


def test_what_an_inner_function_is_given_by_the_ether_paid_does_not_overflow(
    detected: Detected,
) -> None:
    source = """pragma solidity ^0.4.18;
    contract Subject {
        struct Book { uint sum; uint until; }
        mapping(address => Book) books;
        uint all;
        function put(uint until) public payable {
            var book = books[msg.sender];
            book.sum += msg.value;
            book.until = until;
            _count(msg.value);
        }
        function _count(uint sum) internal { all += sum; }
    }"""

    assert detected(source) == []


def test_a_product_that_wraps_round_is_told_once_and_not_at_all_that_follows(
    detected: Detected,
) -> None:
    source = """pragma solidity ^0.5.0;
    contract Subject {
        mapping(address => uint256) held;
        constructor() public { held[msg.sender] = 9; }
        function spread(address[] memory to, uint256 each) public {
            uint256 total = to.length * each;
            require(held[msg.sender] >= total);
            held[msg.sender] -= total;
            for (uint256 i = 0; i < to.length; i++) held[to[i]] += each;
        }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("overflow", 6)]


def test_a_hand_that_is_shown_before_the_other_is_read_from_the_chain(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        address payable[2] seats;
        uint256[2] hands;
        function sit(uint256 seat) external payable {
            require(msg.value == 1 ether && seats[seat] == address(0));
            seats[seat] = payable(msg.sender);
        }
        function show(uint256 seat, uint256 hand) external {
            require(msg.sender == seats[seat] && hand > 0 && hands[seat] == 0);
            hands[seat] = hand;
        }
        function end() external {
            require(hands[0] > 0 && hands[1] > 0);
            address payable winner = (hands[0] + hands[1]) % 2 == 0 ? seats[0] : seats[1];
            delete hands;
            winner.transfer(2 ether);
        }
    }"""

    assert "move-in-the-open" in {one.rule for one in detected(source)}


def test_a_payment_to_all_after_a_silence_is_no_race_for_the_last_place(
    detected: Detected,
) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        address payable[] all;
        uint256 last;
        function join() external payable {
            require(all.length < 9);
            all.push(payable(msg.sender));
            last = block.timestamp;
        }
        function end(uint256 at) external {
            require(block.timestamp > last + 60 days);
            all[at].transfer(1 ether);
        }
    }"""

    assert "last-before-time-wins" not in {one.rule for one in detected(source)}


def test_a_price_that_a_pool_has_at_the_moment_is_no_base_for_a_loan(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    interface Pool {
        function getReserves() external view returns (uint112, uint112, uint32);
        function average() external view returns (uint256);
    }
    contract Subject {
        Pool immutable pool;
        mapping(address => uint256) held;
        mapping(address => uint256) owed;
        constructor(Pool given) { pool = given; }
        function price() public view returns (uint256) {
            PRICE
        }
        function put() external payable { held[msg.sender] += msg.value; }
        function borrow(uint256 sum) external {
            owed[msg.sender] += sum;
            require(owed[msg.sender] * 2 <= held[msg.sender] * price());
            payable(msg.sender).transfer(sum);
        }
    }"""
    spot = "(uint112 a, uint112 b, ) = pool.getReserves(); return uint256(b) / a;"

    moved = detected(source.replace("PRICE", spot))
    asked = detected(source.replace("PRICE", "return pool.average();"))

    assert ("price-of-one-moment", 12) in {(one.rule, one.line) for one in moved}
    assert "price-of-one-moment" not in {one.rule for one in asked}


def test_a_token_with_hooks_hands_over_control(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    interface Coin { function send(address to, uint256 sum, bytes calldata data) external; }
    contract Subject {
        Coin immutable coin;
        mapping(address => uint256) held;
        constructor(Coin given) { coin = given; }
        function put() external payable { held[msg.sender] += msg.value; }
        function take() external {
            coin.send(msg.sender, held[msg.sender], "");
            held[msg.sender] = 0;
        }
    }"""

    assert [(one.rule, one.line) for one in detected(source)] == [("state-after-call", 9)]


def test_a_counter_of_entries_does_not_fall_below_zero(detected: Detected) -> None:
    source = """pragma solidity ^0.4.23;
    contract Subject {
        mapping(address => uint) paid;
        uint count;
        function put() public payable { count++; paid[msg.sender] = msg.value; }
        function take() public {
            uint sum = paid[msg.sender];
            if (sum == 0) return;
            paid[msg.sender] = 0;
            count--;
            msg.sender.transfer(sum);
        }
    }"""

    assert detected(source) == []


def test_two_payments_that_block_each_other_are_told_once(detected: Detected) -> None:
    source = """pragma solidity ^0.8.0;
    contract Subject {
        address payable first;
        address payable second;
        function sit() external payable { first = payable(msg.sender); }
        function face() external payable { second = payable(msg.sender); }
        function part() external {
            require(address(this).balance >= 2);
            first.transfer(1);
            second.transfer(1);
        }
    }"""

    assert [one.rule for one in detected(source)].count("blocking-payment") == 1


def test_a_constant_price_that_falls_with_time_does_not_overflow(detected: Detected) -> None:
    source = """pragma solidity ^0.7.0;
    contract Subject {
        uint256 immutable start = block.timestamp;
        uint256 constant HIGH = 10 ether;
        uint256 constant LOW = 1 ether;
        function price() public view returns (uint256) {
            uint256 gone = block.timestamp - start;
            if (gone >= 3 days) return LOW;
            return HIGH - (HIGH - LOW) * gone / 3 days;
        }
    }"""

    assert detected(source) == []
