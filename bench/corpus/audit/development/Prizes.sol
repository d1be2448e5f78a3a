pragma solidity 0.5.17;

contract Bounties {
    struct Bounty { address payable poster; uint256 reward; bytes32 target; bool open; }
    Bounty[] public bounties;

    function post(bytes32 target) external payable {
        require(msg.value > 0);
        bounties.push(Bounty(msg.sender, msg.value, target, true));
    }

    function solve(uint256 id, bytes calldata preimage) external {
        Bounty storage b = bounties[id];
        require(b.open, "closed");
        require(sha256(preimage) == b.target, "wrong");
        b.open = false;
        uint256 r = b.reward;
        b.reward = 0;
        msg.sender.transfer(r);
    }

    function cancel(uint256 id) external {
        Bounty storage b = bounties[id];
        require(msg.sender == b.poster && b.open);
        b.open = false;
        b.poster.transfer(b.reward);
    }
}
