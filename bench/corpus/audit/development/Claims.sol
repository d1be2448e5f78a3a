pragma solidity ^0.8.20;

contract Claims {
    bytes32 public root;
    address public owner = msg.sender;
    mapping(address => uint256) public claimed;

    constructor(bytes32 r) payable { root = r; }

    function claim(uint256 amount, bytes32[] calldata proof) external {
        bytes32 leaf = keccak256(abi.encodePacked(msg.sender, amount));
        for (uint256 i = 0; i < proof.length; i++) {
            leaf = leaf < proof[i] ? keccak256(abi.encodePacked(leaf, proof[i])) : keccak256(abi.encodePacked(proof[i], leaf));
        }
        require(leaf == root, "proof");
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
    }

    function setRoot(bytes32 r) external { require(msg.sender == owner, "owner"); root = r; }
}
