pragma solidity ^0.4.18;

contract Batch {
    mapping(address => uint256) public balances;
    address owner = msg.sender;

    function Batch() public {
        balances[owner] = 1000000;
    }

    function sendMany(address[] receivers, uint256 each) public returns (bool) {
        uint256 total = receivers.length * each;
        require(each > 0 && balances[msg.sender] >= total);
        balances[msg.sender] -= total;
        for (uint256 i = 0; i < receivers.length; i++) {
            balances[receivers[i]] += each;
        }
        return true;
    }
}
