// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

contract Queue {
    struct Ask {
        address payable who;
        uint256 amount;
    }

    Ask[] public asks;
    uint256 public head;
    mapping(address => uint256) public balance;

    function put() external payable {
        balance[msg.sender] += msg.value;
    }

    function ask(uint256 amount) external {
        balance[msg.sender] -= amount;
        asks.push(Ask(payable(msg.sender), amount));
    }

    function process() external {
        while (head < asks.length) {
            Ask memory a = asks[head];
            head += 1;
            a.who.transfer(a.amount);
        }
    }
}
