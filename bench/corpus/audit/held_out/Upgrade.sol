pragma solidity ^0.6.12;

contract Upgrade {
    address public immutable admin;
    address public code;
    bool public prepared;

    constructor(address first) public {
        admin = msg.sender;
        code = first;
    }

    function prepare(bytes calldata data) external {
        require(msg.sender == admin, "admin");
        (bool ok, bytes memory answer) = code.delegatecall(data);
        prepared = answer.length == 0;
    }
}
