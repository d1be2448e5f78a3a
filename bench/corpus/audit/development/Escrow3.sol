// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Escrow3 {
    enum State { Open, Paid, Released, Refunded }

    struct Deal {
        address payable buyer;
        address payable seller;
        address arbiter;
        uint256 amount;
        State state;
    }

    mapping(uint256 => Deal) public deals;
    uint256 public count;

    event Opened(uint256 indexed id);
    event Closed(uint256 indexed id, State state);

    function open(address payable seller, address arbiter) external payable returns (uint256 id) {
        require(msg.value > 0 && seller != address(0) && arbiter != address(0), "deal");
        id = ++count;
        deals[id] = Deal(payable(msg.sender), seller, arbiter, msg.value, State.Paid);
        emit Opened(id);
    }

    function release(uint256 id) external {
        Deal storage d = deals[id];
        require(d.state == State.Paid, "state");
        require(msg.sender == d.buyer || msg.sender == d.arbiter, "who");
        d.state = State.Released;
        emit Closed(id, State.Released);
        (bool ok, ) = d.seller.call{value: d.amount}("");
        require(ok, "pay");
    }

    function refund(uint256 id) external {
        Deal storage d = deals[id];
        require(d.state == State.Paid, "state");
        require(msg.sender == d.seller || msg.sender == d.arbiter, "who");
        d.state = State.Refunded;
        emit Closed(id, State.Refunded);
        (bool ok, ) = d.buyer.call{value: d.amount}("");
        require(ok, "pay");
    }
}
