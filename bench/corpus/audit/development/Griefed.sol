// SPDX-License-Identifier: MIT
pragma solidity ^0.8.5;

contract Griefed {
    mapping(bytes32 => bool) public executed;
    address public immutable target;

    constructor(address target_) {
        target = target_;
    }

    function relay(bytes calldata data) external {
        bytes32 id = keccak256(data);
        require(!executed[id], "replay");
        executed[id] = true;
        (bool ok, ) = target.call(abi.encodeWithSignature("execute(bytes)", data));
        ok;
    }
}
