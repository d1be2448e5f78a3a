pragma solidity ^0.5.8;

contract Broom {
    mapping(address => uint256) public credit;

    function add() external payable {
        credit[msg.sender] += msg.value;
    }

    function pull(address payable to, uint256 amount) external {
        require(amount <= credit[msg.sender], "short of money");
        credit[msg.sender] -= amount;
        to.transfer(amount);
    }
}
