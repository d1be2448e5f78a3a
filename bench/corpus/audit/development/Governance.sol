// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IVotes {
    function getPastVotes(address who, uint256 at) external view returns (uint256);
    function getPastTotalSupply(uint256 at) external view returns (uint256);
}

contract Governance {
    struct Motion {
        address target;
        bytes data;
        uint256 snapshot;
        uint256 ends;
        uint256 yes;
        uint256 no;
        bool done;
    }

    IVotes public immutable votes;
    uint256 public count;
    mapping(uint256 => Motion) public motions;
    mapping(uint256 => mapping(address => bool)) public cast;

    constructor(IVotes votes_) {
        votes = votes_;
    }

    function propose(address target, bytes calldata data) external returns (uint256 id) {
        require(votes.getPastVotes(msg.sender, block.number - 1) >= 1e21, "weight");
        id = count++;
        motions[id] = Motion(target, data, block.number - 1, block.timestamp + 5 days, 0, 0, false);
    }

    function vote(uint256 id, bool support) external {
        Motion storage m = motions[id];
        require(block.timestamp < m.ends, "over");
        require(!cast[id][msg.sender], "cast");
        cast[id][msg.sender] = true;
        uint256 weight = votes.getPastVotes(msg.sender, m.snapshot);
        if (support) m.yes += weight;
        else m.no += weight;
    }

    function execute(uint256 id) external {
        Motion storage m = motions[id];
        require(m.ends != 0 && block.timestamp >= m.ends && !m.done, "state");
        require(m.yes > m.no && m.yes * 25 >= votes.getPastTotalSupply(m.snapshot), "quorum");
        m.done = true;
        (bool ok, ) = m.target.call(m.data);
        require(ok, "failed");
    }
}
