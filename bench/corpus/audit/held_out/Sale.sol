pragma solidity ^0.5.16;

contract Sale {
    address payable public leader;
    uint256 public highest;
    uint256 public closes;
    mapping(address => uint256) public back;

    constructor() public {
        closes = now + 7 days;
    }

    function bid() external payable {
        require(now < closes, "closed");
        require(msg.value > highest, "too low");
        if (leader != address(0) && !leader.send(highest)) {
            back[leader] += highest;
        }
        leader = msg.sender;
        highest = msg.value;
    }

    function recover() external {
        uint256 sum = back[msg.sender];
        back[msg.sender] = 0;
        msg.sender.transfer(sum);
    }
}
