pragma solidity ^0.8.4;

contract GovernorLite {
    struct Proposal { address target; bytes data; uint256 votes; uint256 deadline; bool executed; }
    Proposal[] public proposals;
    mapping(uint256 => mapping(address => bool)) public voted;
    mapping(address => uint256) public weight;
    uint256 public quorum;
    address public guardian;

    constructor(uint256 q) { quorum = q; guardian = msg.sender; }

    function lock() external payable { weight[msg.sender] += msg.value; }

    function unlock(uint256 sum) external {
        weight[msg.sender] -= sum;
        (bool ok, ) = msg.sender.call{value: sum}("");
        require(ok);
    }

    function propose(address target, bytes calldata data) external returns (uint256) {
        require(weight[msg.sender] > 0, "weight");
        proposals.push(Proposal(target, data, 0, block.timestamp + 3 days, false));
        return proposals.length - 1;
    }

    function vote(uint256 id) external {
        require(!voted[id][msg.sender], "voted");
        voted[id][msg.sender] = true;
        proposals[id].votes += weight[msg.sender];
    }

    function execute(uint256 id) external {
        Proposal storage p = proposals[id];
        require(block.timestamp > p.deadline && p.votes >= quorum && !p.executed, "state");
        p.executed = true;
        (bool ok, ) = p.target.call(p.data);
        require(ok, "call");
    }

    function setQuorum(uint256 q) external {
        quorum = q;
    }
}
