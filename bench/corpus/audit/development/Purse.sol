pragma solidity ^0.7.0;

contract Purse {
    address payable private holder;

    constructor() {
        holder = payable(msg.sender);
    }

    receive() external payable {}

    function pay(address payable to, uint256 amount) external {
        require(tx.origin == holder, "not the holder");
        require(address(this).balance >= amount, "too little");
        to.transfer(amount);
    }
}
