// SPDX-License-Identifier: MIT
pragma solidity ^0.8.7;

contract SealedNames {
    uint256 public constant FEE = 0.01 ether;
    uint256 public constant WAIT = 10;
    address public immutable treasury;
    mapping(string => address) public holder;
    mapping(bytes32 => uint256) public sealedAt;

    event Registered(string name, address holder);

    constructor(address treasury_) {
        treasury = treasury_;
    }

    function seal(bytes32 what) external {
        require(sealedAt[what] == 0, "sealed");
        sealedAt[what] = block.number;
    }

    function register(string calldata name, bytes32 salt) external payable {
        require(msg.value == FEE, "fee");
        bytes32 what = keccak256(abi.encode(name, msg.sender, salt));
        require(sealedAt[what] != 0 && block.number >= sealedAt[what] + WAIT, "wait");
        delete sealedAt[what];
        require(holder[name] == address(0), "taken");
        holder[name] = msg.sender;
        emit Registered(name, msg.sender);
    }

    function collect() external {
        (bool ok, ) = treasury.call{value: address(this).balance}("");
        require(ok, "collect");
    }
}
