pragma solidity ^0.4.15;

contract Canal {
    address private captain;
    uint256 public fare = 10 finney;

    function Canal() public {
        captain = msg.sender;
    }

    function board() public payable {
        require(msg.value == fare);
    }

    function close() public {
        require(msg.sender == captain);
        selfdestruct(captain);
    }
}
