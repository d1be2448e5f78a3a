pragma solidity ^0.4.22;

contract Puzzle {
    bytes32 public digest;
    mapping(address => bytes32) public claims;
    mapping(address => uint256) public claimedAt;

    constructor(bytes32 given) public payable {
        digest = given;
    }

    function commit(bytes32 claim) public {
        claims[msg.sender] = claim;
        claimedAt[msg.sender] = block.number;
    }

    function solve(string solution, bytes32 salt) public {
        require(claimedAt[msg.sender] != 0 && block.number > claimedAt[msg.sender] + 10);
        require(claims[msg.sender] == keccak256(abi.encodePacked(solution, salt, msg.sender)));
        require(digest == keccak256(bytes(solution)));
        msg.sender.transfer(address(this).balance);
    }
}
