pragma solidity ^0.4.19;

contract Orchard {
    mapping(address => uint256) public saved;
    uint256 public smallest = 1 finney;

    function save() public payable {
        require(msg.value >= smallest);
        saved[msg.sender] += msg.value;
    }

    function collect(uint256 _wei) public {
        require(saved[msg.sender] >= _wei);
        saved[msg.sender] -= _wei;
        if (!msg.sender.call.value(_wei)()) {
            saved[msg.sender] += _wei;
        }
    }
}
