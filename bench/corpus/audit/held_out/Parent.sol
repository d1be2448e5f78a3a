pragma solidity ^0.5.3;

contract Parent {
    address payable public owner = msg.sender;
    mapping(bytes32 => uint256) public paid;

    function pay(string calldata first, string calldata last) external payable {
        bytes32 key = keccak256(abi.encodePacked(first, last));
        paid[key] += msg.value;
    }

    function out() external {
        require(msg.sender == owner, "owner");
        owner.transfer(address(this).balance);
    }
}
