pragma solidity ^0.6.2;

contract Jar {
    uint256 public goal = 5 ether;
    address payable public last;
    bool public full;

    function drop() external payable {
        require(msg.value == 0.5 ether, "half an ether");
        require(!full, "full");
        last = msg.sender;
        if (address(this).balance == goal) {
            full = true;
        }
    }

    function take() external {
        require(full && msg.sender == last, "not yours");
        full = false;
        last.transfer(goal);
    }
}
