pragma solidity ^0.8.17;

contract Entropy {
    mapping(address => bytes32) public commits;
    mapping(address => bool) public shown;
    address[] public players;
    bytes32 public mixed;
    uint256 public immutable revealEnds;
    uint256 public immutable commitEnds;
    uint256 public constant STAKE = 1 ether;
    mapping(address => uint256) public credit;
    bool public drawn;

    constructor() {
        commitEnds = block.timestamp + 1 days;
        revealEnds = block.timestamp + 2 days;
    }

    function commit(bytes32 seal) external payable {
        require(block.timestamp < commitEnds && msg.value == STAKE, "commit");
        require(commits[msg.sender] == 0 && players.length < 40, "once");
        commits[msg.sender] = seal;
    }

    function reveal(bytes32 secret) external {
        require(block.timestamp >= commitEnds && block.timestamp < revealEnds, "phase");
        require(!shown[msg.sender] && commits[msg.sender] == keccak256(abi.encode(msg.sender, secret)), "seal");
        shown[msg.sender] = true;
        players.push(msg.sender);
        mixed = keccak256(abi.encode(mixed, secret));
        credit[msg.sender] += STAKE / 2;
    }

    function draw() external {
        require(block.timestamp >= revealEnds && !drawn && players.length > 0, "draw");
        drawn = true;
        address lucky = players[uint256(mixed) % players.length];
        credit[lucky] += (players.length * STAKE) / 2;
    }

    function take() external {
        uint256 amount = credit[msg.sender];
        credit[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "take");
    }
}
