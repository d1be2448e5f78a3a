pragma solidity ^0.6.2;

contract Bowl {
    uint256 public goal = 5 ether;
    uint256 public inside;
    address payable public last;
    bool public full;

    function drop() external payable {
        require(msg.value == 0.5 ether, "half an ether");
        require(!full, "full");
        last = msg.sender;
        inside += msg.value;
        if (inside == goal) {
            full = true;
        }
    }

    function take() external {
        require(full && msg.sender == last, "not yours");
        full = false;
        inside = 0;
        last.transfer(goal);
    }
}
