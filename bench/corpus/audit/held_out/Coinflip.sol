pragma solidity ^0.4.26;

contract Coinflip {
    mapping(address => uint256) public streak;
    uint256 last;

    function flip(bool side) public payable returns (bool) {
        require(msg.value == 1 finney);
        uint256 value = uint256(block.blockhash(block.number - 1));
        require(last != value);
        last = value;
        bool heads = value / 57896044618658097711785492504343953926634992332820282019728792003956564819968 == 1;
        if (heads == side) {
            streak[msg.sender]++;
            msg.sender.transfer(2 finney);
            return true;
        }
        streak[msg.sender] = 0;
        return false;
    }

    function() public payable {}
}
