pragma solidity ^0.8.10;

contract Caller {
    address private immutable steward;
    event Ran(address target, bytes data);

    constructor() {
        steward = msg.sender;
    }

    function run(address target, bytes calldata data) external {
        require(msg.sender == steward, "steward only");
        target.call(data);
        emit Ran(target, data);
    }
}
