pragma solidity ^0.4.26;

contract Flipbook {
    mapping(uint256 => bytes32) public pages;
    uint256 public count;
    address editor = msg.sender;

    function add(bytes32 digest) public returns (bool) {
        require(msg.sender == editor);
        require(count < 1000);
        pages[count] = digest;
        count++;
        return count % 2 == 0;
    }

    function stampOf(uint256 page) public view returns (bytes32) {
        require(page < count);
        return keccak256(pages[page], page);
    }
}
