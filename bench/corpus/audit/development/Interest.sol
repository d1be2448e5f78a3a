// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Interest {
    uint256 public constant YEAR = 365 days;
    uint256 public constant RATE_BPS = 500;
    mapping(address => uint256) public principal;
    mapping(address => uint256) public since;

    function put() external payable {
        require(principal[msg.sender] == 0, "one deposit");
        principal[msg.sender] = msg.value;
        since[msg.sender] = block.timestamp;
    }

    function interest(address who) public view returns (uint256) {
        uint256 years_ = (block.timestamp - since[who]) / YEAR;
        return (principal[who] / 10000) * RATE_BPS * years_;
    }

    function take() external {
        uint256 amount = principal[msg.sender] + interest(msg.sender);
        delete principal[msg.sender];
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "take");
    }

    receive() external payable {}
}
