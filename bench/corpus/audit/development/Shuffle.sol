// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

contract Shuffle {
    uint256 private seed;
    uint256 public left = 100;
    mapping(uint256 => uint256) private deck;
    mapping(address => uint256) public card;

    constructor(uint256 seed_) {
        seed = seed_;
    }

    function draw() external payable {
        require(msg.value == 0.01 ether, "fee");
        require(left > 0, "empty");
        seed = uint256(keccak256(abi.encodePacked(seed, msg.sender, gasleft())));
        uint256 i = seed % left;
        uint256 picked = deck[i] == 0 ? i : deck[i];
        left -= 1;
        deck[i] = deck[left] == 0 ? left : deck[left];
        card[msg.sender] = picked + 1;
    }

    function sweep(address payable to) external {
        require(left == 0 && card[msg.sender] == 100, "ace");
        to.transfer(address(this).balance);
    }
}
