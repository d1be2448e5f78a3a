// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract SongIncome {
    address payable public immutable musician;
    address payable public immutable label;

    constructor(address payable musician_, address payable label_) {
        musician = musician_;
        label = label_;
    }

    receive() external payable {
        uint256 mine = msg.value * 65 / 100;
        musician.transfer(mine);
        label.transfer(msg.value - mine);
    }
}
