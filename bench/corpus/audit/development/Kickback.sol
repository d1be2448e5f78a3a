pragma solidity ^0.7.5;

contract Kickback {
    struct Pool { uint128 amount; uint128 claimed; }
    mapping(address => Pool) public pools;

    function add(uint256 amount) external payable {
        require(amount == msg.value, "value");
        pools[msg.sender].amount += uint128(amount);
    }

    function move(address to, uint256 amount) external {
        Pool storage p = pools[msg.sender];
        require(uint128(amount) <= p.amount, "amount");
        p.amount -= uint128(amount);
        pools[to].amount += uint128(amount);
        emit Moved(msg.sender, to, amount);
    }

    event Moved(address a, address b, uint256 c);

    function out() external {
        uint128 all = pools[msg.sender].amount;
        pools[msg.sender].amount = 0;
        msg.sender.transfer(all);
    }
}
