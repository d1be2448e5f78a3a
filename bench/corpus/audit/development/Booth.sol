pragma solidity ^0.5.0;

contract Booth {
    uint256 constant PRICE = 1 ether;
    mapping(address => uint256) public tickets;

    function buy(uint256 count) public payable {
        require(msg.value == count * PRICE);
        tickets[msg.sender] += count;
    }

    function giveBack(uint256 count) public {
        require(tickets[msg.sender] >= count);
        tickets[msg.sender] -= count;
        msg.sender.transfer(count * PRICE);
    }
}
