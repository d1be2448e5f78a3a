// SPDX-License-Identifier: MIT
pragma solidity ^0.8.12;

contract NftSafe {
    mapping(uint256 => address) public ownerOf;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) public approved;
    mapping(address => mapping(address => bool)) public operator;
    uint256 public next;
    address payable public immutable artist;

    constructor() {
        artist = payable(msg.sender);
    }

    function mint() external payable {
        require(msg.value == 0.1 ether, "price");
        ownerOf[next] = msg.sender;
        balanceOf[msg.sender] += 1;
        next += 1;
    }

    function approve(address to, uint256 id) external {
        address owner = ownerOf[id];
        require(owner == msg.sender || operator[owner][msg.sender], "owner");
        approved[id] = to;
    }

    function setOperator(address who, bool yes) external {
        operator[msg.sender][who] = yes;
    }

    function transferFrom(address from, address to, uint256 id) external {
        require(ownerOf[id] == from && to != address(0), "owner");
        require(msg.sender == from || approved[id] == msg.sender || operator[from][msg.sender], "may not");
        delete approved[id];
        ownerOf[id] = to;
        balanceOf[from] -= 1;
        balanceOf[to] += 1;
    }

    function cash() external {
        artist.transfer(address(this).balance);
    }
}
