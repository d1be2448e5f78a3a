pragma solidity ^0.8.2;

contract Register {
    struct Entry {
        address author;
        bytes32 content;
        uint256 number;
    }
    mapping(bytes32 => Entry) public entries;
    uint256 public count;

    function add(bytes32 content) external returns (bytes32 key) {
        key = keccak256(abi.encode(msg.sender, content, block.number, count));
        require(entries[key].author == address(0), "exists");
        entries[key] = Entry(msg.sender, content, block.number);
        count += 1;
    }

    function move(bytes32 key, address to) external {
        require(entries[key].author == msg.sender, "not yours");
        entries[key].author = to;
    }
}
