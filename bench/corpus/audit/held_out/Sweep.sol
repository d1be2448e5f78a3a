pragma solidity ^0.5.8;

contract Sweep {
    mapping(address => uint256) public credit;

    function add() external payable {
        credit[msg.sender] += msg.value;
    }

    function pull(address payable to, uint256 amount) external {
        require(amount <= address(this).balance, "short of money");
        to.transfer(amount);
    }
}
