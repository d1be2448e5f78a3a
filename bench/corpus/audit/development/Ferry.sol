pragma solidity ^0.4.15;

contract Ferry {
    address private captain;
    uint256 public fare = 10 finney;

    function ferry() public {
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
