pragma solidity ^0.8.12;

contract Mintery {
    string public constant name = "Mintery";
    address public immutable issuer;
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    constructor() {
        issuer = msg.sender;
    }

    function issue(address to, uint256 value) public {
        totalSupply += value;
        balanceOf[to] += value;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        return true;
    }
}
