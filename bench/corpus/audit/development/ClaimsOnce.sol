pragma solidity ^0.8.20;

contract ClaimsOnce {
    bytes32 public immutable root;
    mapping(address => bool) public claimed;

    constructor(bytes32 r) payable { root = r; }

    function claim(uint256 amount, bytes32[] calldata proof) external {
        require(!claimed[msg.sender], "again");
        bytes32 node = keccak256(bytes.concat(keccak256(abi.encode(msg.sender, amount))));
        for (uint256 i = 0; i < proof.length; i++) {
            bytes32 p = proof[i];
            node = node < p ? keccak256(abi.encodePacked(node, p)) : keccak256(abi.encodePacked(p, node));
        }
        require(node == root, "proof");
        claimed[msg.sender] = true;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
    }
}
