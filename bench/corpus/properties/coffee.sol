// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract CoffeeToken {
    string public constant name = "Coffee";
    string public constant symbol = "COF";
    uint8 public constant decimals = 18;
    uint256 public constant RATE = 200;
    uint256 public constant MOST = 3 ether;
    address payable public immutable roastery;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public spent;

    event Transfer(address indexed from, address indexed to, uint256 value);

    constructor(address payable roastery_) { roastery = roastery_; }

    function purchase() external payable {
        require(msg.value > 0, "nothing");
        require(spent[msg.sender] + msg.value <= MOST, "cap");
        spent[msg.sender] += msg.value;
        uint256 out = msg.value * RATE;
        totalSupply += out;
        balanceOf[msg.sender] += out;
        emit Transfer(address(0), msg.sender, out);
    }

    function withdrawProceeds() external {
        require(msg.sender == roastery, "roastery only");
        roastery.transfer(address(this).balance);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        require(balanceOf[msg.sender] >= value, "too little");
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }
}
