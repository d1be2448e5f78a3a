pragma solidity ^0.8.3;

contract Fountain {
    address payable public immutable town;
    mapping(address => uint256) public wishes;
    event Wished(address indexed who, uint256 paid);

    constructor(address payable place) {
        town = place;
    }

    function wish() external payable {
        wishes[msg.sender] += 1;
        emit Wished(msg.sender, msg.value);
    }

    function empty() external {
        town.transfer(address(this).balance);
    }
}
