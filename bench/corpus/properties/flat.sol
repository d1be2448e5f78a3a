// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract FlatDeposit {
    address payable public immutable lessee;
    address payable public immutable lessor;
    uint256 public immutable bond;
    uint256 public held;

    constructor(address payable lessee_, address payable lessor_, uint256 bond_) {
        lessee = lessee_;
        lessor = lessor_;
        bond = bond_;
    }

    function placeDeposit() external payable {
        require(msg.sender == lessee, "lessee only");
        require(held == 0 && msg.value == bond, "wrong");
        held = msg.value;
    }

    function confirmMoveOut() external {
        require(msg.sender == lessor, "lessor only");
        uint256 amount = held;
        require(amount > 0, "nothing");
        held = 0;
        lessee.transfer(amount);
    }
}
