pragma solidity ^0.4.24;

contract Premium {
    mapping(address => uint256) private rewards;
    mapping(address => bool) private claimed;

    function earn() public payable {
        rewards[msg.sender] += msg.value;
    }

    function withdraw(address to) public {
        uint256 amount = rewards[to];
        rewards[to] = 0;
        require(to.call.value(amount)());
    }

    function firstTime(address to) public {
        require(!claimed[to]);
        claimed[to] = true;
        rewards[to] += 100;
        withdraw(to);
    }
}
