// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract CouncilTreasury {
    address[3] public signers;
    address payable public immutable charity;
    mapping(address => bool) public signed;
    uint256 public signatures;
    bool public sent;

    constructor(address first, address second, address third, address payable charity_) {
        signers = [first, second, third];
        charity = charity_;
    }

    receive() external payable {}

    function sign() external {
        bool known;
        for (uint256 i; i < 3; ++i) known = known || signers[i] == msg.sender;
        require(known, "signers only");
        require(!signed[msg.sender], "twice");
        signed[msg.sender] = true;
        ++signatures;
    }

    function disburse() external {
        require(signatures >= 2, "too few");
        require(!sent, "already");
        sent = true;
        charity.transfer(4 ether);
    }
}
