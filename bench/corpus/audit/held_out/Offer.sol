pragma solidity ^0.4.22;

contract Offer {
    uint256 public reward;
    bool public claimed;
    address public poster;

    constructor() public {
        poster = msg.sender;
    }

    function setReward() public payable {
        require(!claimed);
        require(msg.sender == poster);
        uint256 old = reward;
        reward = msg.value;
        poster.transfer(old);
    }

    function claim(uint256 submission) public {
        require(!claimed);
        require(submission < 10);
        claimed = true;
        msg.sender.transfer(reward);
    }
}
