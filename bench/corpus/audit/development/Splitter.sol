// SPDX-License-Identifier: MIT
pragma solidity ^0.8.4;

contract Splitter {
    address[] private payees;
    mapping(address => uint256) public parts;
    mapping(address => uint256) public released;
    uint256 public immutable totalParts;
    uint256 public totalReleased;

    constructor(address[] memory who, uint256[] memory part) {
        require(who.length == part.length && who.length <= 20, "length");
        uint256 sum;
        for (uint256 i = 0; i < who.length; i++) {
            require(who[i] != address(0) && part[i] > 0 && parts[who[i]] == 0, "payee");
            payees.push(who[i]);
            parts[who[i]] = part[i];
            sum += part[i];
        }
        totalParts = sum;
    }

    receive() external payable {}

    function due(address who) public view returns (uint256) {
        uint256 all = address(this).balance + totalReleased;
        return (all * parts[who]) / totalParts - released[who];
    }

    function release(address payable who) external {
        require(parts[who] > 0, "payee");
        uint256 amount = due(who);
        require(amount > 0, "nothing");
        released[who] += amount;
        totalReleased += amount;
        (bool ok, ) = who.call{value: amount}("");
        require(ok, "refused");
    }
}
