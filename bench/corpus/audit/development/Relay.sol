pragma solidity ^0.8.4;

contract Relay {
    address public manager;
    mapping(bytes4 => address) public parts;

    constructor() {
        manager = msg.sender;
    }

    function install(bytes4 key, address part) external {
        require(msg.sender == manager, "manager only");
        parts[key] = part;
    }

    function run(address part, bytes calldata data) external payable returns (bytes memory) {
        (bool done, bytes memory answer) = part.delegatecall(data);
        require(done, "failed");
        return answer;
    }
}
