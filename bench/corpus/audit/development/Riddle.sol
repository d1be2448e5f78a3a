pragma solidity ^0.4.22;

contract Riddle {
    bytes32 public digest;

    constructor(bytes32 given) public payable {
        digest = given;
    }

    function solve(string solution) public {
        require(digest == keccak256(bytes(solution)));
        msg.sender.transfer(address(this).balance);
    }
}
