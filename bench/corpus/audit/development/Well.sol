pragma solidity ^0.8.3;

contract Well {
    mapping(address => uint256) public wishes;
    event Wished(address indexed who, uint256 paid);

    function wish() external payable {
        wishes[msg.sender] += 1;
        emit Wished(msg.sender, msg.value);
    }
}
