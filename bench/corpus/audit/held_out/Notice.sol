pragma solidity ^0.4.22;

contract Notice {
    uint256 public reward;
    bool public claimed;
    address public poster;
    address public solver;

    constructor(address who) public payable {
        poster = msg.sender;
        solver = who;
        reward = msg.value;
    }

    function claim() public {
        require(!claimed);
        require(msg.sender == solver);
        claimed = true;
        solver.transfer(reward);
    }

    function withdraw() public {
        require(msg.sender == poster && !claimed);
        claimed = true;
        poster.transfer(reward);
    }
}
