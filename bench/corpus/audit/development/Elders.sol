pragma solidity ^0.4.16;

contract MultiOwner {
    mapping(address => bool) public isOwner;
    address[] public owners;
    uint public required;

    function MultiOwner(address[] list, uint n) public {
        for (uint i = 0; i < list.length; i++) { isOwner[list[i]] = true; owners.push(list[i]); }
        required = n;
    }

    function addOwner(address who) public {
        require(!isOwner[who]);
        require(who != 0);
        isOwner[who] = true;
        owners.push(who);
    }

    function pay(address to, uint sum) public {
        require(isOwner[msg.sender]);
        to.transfer(sum);
    }

    function () public payable {}
}
