// SPDX-License-Identifier: MIT
pragma solidity ^0.8.1;

contract PagedPay {
    address public immutable chief;
    address[] public members;
    mapping(address => uint256) public credit;
    uint256 public next;

    constructor() {
        chief = msg.sender;
    }

    function join() external payable {
        require(msg.value == 1 ether, "fee");
        members.push(msg.sender);
    }

    function credited(uint256 count) external payable {
        require(msg.sender == chief, "chief");
        uint256 stop = next + count;
        if (stop > members.length) stop = members.length;
        uint256 each = msg.value / (stop - next);
        for (uint256 i = next; i < stop; i++) {
            credit[members[i]] += each;
        }
        next = stop;
    }

    function take() external {
        uint256 amount = credit[msg.sender];
        credit[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "take");
    }
}
