// SPDX-License-Identifier: MIT
pragma solidity ^0.8.9;

contract Auctions {
    struct Lot {
        address payable seller;
        address payable leader;
        uint256 best;
        uint256 ends;
    }

    mapping(uint256 => Lot) public lots;
    uint256 public count;

    function open(uint256 lasts) external {
        require(lasts >= 1 days && lasts <= 30 days, "lasts");
        lots[count++] = Lot(payable(msg.sender), payable(address(0)), 0, block.timestamp + lasts);
    }

    function bid(uint256 id) external payable {
        Lot storage lot = lots[id];
        require(block.timestamp < lot.ends, "over");
        require(msg.value > lot.best, "low");
        address payable before = lot.leader;
        uint256 owed = lot.best;
        lot.leader = payable(msg.sender);
        lot.best = msg.value;
        if (before != address(0)) {
            (bool ok, ) = before.call{value: owed}("");
            require(ok, "refund");
        }
    }

    function close(uint256 id) external {
        Lot storage lot = lots[id];
        require(block.timestamp >= lot.ends && lot.ends != 0, "running");
        uint256 best = lot.best;
        address payable seller = lot.seller;
        delete lots[id];
        (bool ok, ) = seller.call{value: best}("");
        require(ok, "pay");
    }
}
