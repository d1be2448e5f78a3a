// SPDX-License-Identifier: MIT
pragma solidity ^0.8.12;

contract Nft {
    mapping(uint256 => address) public ownerOf;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) public approved;
    uint256 public next;

    function mint() external payable {
        require(msg.value == 0.1 ether, "price");
        ownerOf[next] = msg.sender;
        balanceOf[msg.sender] += 1;
        next += 1;
    }

    function approve(address to, uint256 id) external {
        require(ownerOf[id] == msg.sender, "owner");
        approved[id] = to;
    }

    function transferFrom(address from, address to, uint256 id) external {
        require(ownerOf[id] == from, "owner");
        ownerOf[id] = to;
        balanceOf[from] -= 1;
        balanceOf[to] += 1;
        delete approved[id];
    }

    function cash(address payable to) external {
        require(ownerOf[0] == msg.sender, "first");
        to.transfer(address(this).balance);
    }
}
