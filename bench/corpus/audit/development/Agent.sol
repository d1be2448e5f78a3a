pragma solidity ^0.8.10;

contract Agent {
    address private immutable steward;
    event Ran(address target, bytes data, bool worked);

    constructor() {
        steward = msg.sender;
    }

    function run(address target, bytes calldata data) external {
        require(msg.sender == steward, "steward only");
        (bool worked, ) = target.call(data);
        emit Ran(target, data, worked);
    }
}
