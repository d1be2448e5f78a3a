pragma solidity 0.5.17;

contract SealedBounties {
    struct Bounty { uint256 reward; bytes32 target; bool open; }
    struct Claim { bytes32 seal; uint256 at; }
    Bounty[] public bounties;
    mapping(uint256 => mapping(address => Claim)) claims;

    function post(bytes32 target) external payable {
        require(msg.value > 0);
        bounties.push(Bounty(msg.value, target, true));
    }

    function seal(uint256 id, bytes32 s) external {
        claims[id][msg.sender] = Claim(s, block.number);
    }

    function solve(uint256 id, bytes calldata preimage, bytes32 salt) external {
        Claim memory c = claims[id][msg.sender];
        require(c.at != 0 && block.number > c.at + 5);
        require(keccak256(abi.encodePacked(preimage, salt, msg.sender)) == c.seal);
        Bounty storage b = bounties[id];
        require(b.open);
        require(sha256(preimage) == b.target);
        b.open = false;
        msg.sender.transfer(b.reward);
    }
}
