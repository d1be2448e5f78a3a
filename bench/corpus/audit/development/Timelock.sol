// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

contract Timelock {
    uint256 public constant DELAY = 2 days;
    address public immutable council;
    mapping(bytes32 => uint256) public readyAt;

    event Queued(bytes32 indexed id, address target, uint256 value, bytes data);
    event Executed(bytes32 indexed id);

    constructor(address council_) {
        require(council_ != address(0), "council");
        council = council_;
    }

    receive() external payable {}

    modifier onlyCouncil() {
        require(msg.sender == council, "council");
        _;
    }

    function queue(address target, uint256 value, bytes calldata data, bytes32 salt) external onlyCouncil returns (bytes32 id) {
        id = keccak256(abi.encode(target, value, data, salt));
        require(readyAt[id] == 0, "queued");
        readyAt[id] = block.timestamp + DELAY;
        emit Queued(id, target, value, data);
    }

    function execute(address target, uint256 value, bytes calldata data, bytes32 salt) external returns (bytes memory) {
        bytes32 id = keccak256(abi.encode(target, value, data, salt));
        uint256 at = readyAt[id];
        require(at != 0 && block.timestamp >= at, "not ready");
        delete readyAt[id];
        (bool ok, bytes memory out) = target.call{value: value}(data);
        require(ok, "failed");
        emit Executed(id);
        return out;
    }
}
