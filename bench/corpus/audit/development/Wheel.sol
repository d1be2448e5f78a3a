pragma solidity ^0.4.25;

contract Wheel {
    uint256 public lastSpin;

    function() external payable {
        require(msg.value == 10 ether);
        require(now != lastSpin);
        lastSpin = now;
        if (now % 15 == 0) {
            msg.sender.transfer(address(this).balance);
        }
    }
}
