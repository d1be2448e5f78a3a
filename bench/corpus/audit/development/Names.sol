// SPDX-License-Identifier: MIT
pragma solidity ^0.8.7;

contract Names {
    uint256 public constant FEE = 0.01 ether;
    address public immutable treasury;
    mapping(string => address) public holder;

    event Registered(string name, address holder);

    constructor(address treasury_) {
        treasury = treasury_;
    }

    function register(string calldata name) external payable {
        require(msg.value == FEE, "fee");
        require(holder[name] == address(0), "taken");
        holder[name] = msg.sender;
        emit Registered(name, msg.sender);
    }

    function collect() external {
        (bool ok, ) = treasury.call{value: address(this).balance}("");
        require(ok, "collect");
    }
}
