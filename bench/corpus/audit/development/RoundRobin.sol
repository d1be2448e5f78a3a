pragma solidity ^0.6.0;

contract RoundRobin {
    address payable[] public line;
    uint256 public turn;

    function enter() external payable {
        require(msg.value == 1 ether);
        line.push(msg.sender);
    }

    function serve() external {
        require(turn < line.length);
        (bool ok, ) = line[turn].call{value: 1 ether}("");
        require(ok);
        turn++;
    }
}
