pragma solidity ^0.4.21;

contract Holder {
    address owner;

    function Holder() public {
        owner = msg.sender;
    }

    function collect() public {
        require(msg.sender == owner);
        owner.transfer(this.balance);
    }
}

contract Vessel is Holder {
    function() public payable {}

    function isOwner(address who) public view returns (bool) {
        return who == owner;
    }
}
