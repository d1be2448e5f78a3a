pragma solidity ^0.8.0;

interface IVault {
    function release(address to, uint256 amount) external returns (bool);
}

contract Paymaster {
    IVault public immutable vault;
    address public immutable boss;

    constructor(IVault v) {
        vault = v;
        boss = msg.sender;
    }

    function pay(address to, uint256 amount) external {
        require(msg.sender == boss, "boss");
        vault.release(to, amount);
    }
}
