pragma solidity ^0.8.19;

contract RandaoDraw {
    mapping(address => bytes32) public commitOf;
    mapping(address => bool) public revealed;
    uint256 public mix;
    uint256 public commitEnd;
    uint256 public revealEnd;
    uint256 public count;
    address[] public who;
    uint256 public constant BOND = 1 ether;

    constructor() { commitEnd = block.number + 100; revealEnd = block.number + 200; }

    function commit(bytes32 c) external payable {
        require(block.number < commitEnd && commitOf[msg.sender] == 0 && msg.value == BOND && who.length < 64, "commit");
        commitOf[msg.sender] = c;
        who.push(msg.sender);
    }

    function reveal(uint256 secret) external {
        require(block.number >= commitEnd && block.number < revealEnd, "time");
        require(commitOf[msg.sender] == keccak256(abi.encode(secret, msg.sender)) && !revealed[msg.sender], "seal");
        revealed[msg.sender] = true;
        mix ^= uint256(keccak256(abi.encode(secret)));
        count++;
        payable(msg.sender).transfer(BOND / 2);
    }

    function prize() external {
        require(block.number >= revealEnd && count == who.length, "all");
        address w = who[mix % who.length];
        require(msg.sender == w, "winner");
        count = 0;
        payable(w).transfer(address(this).balance);
    }
}
