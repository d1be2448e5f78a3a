pragma solidity ^0.4.23;

contract EtherHome {
    address owner = msg.sender;
    mapping(address => uint) public paid;
    uint public count;

    function pay() public payable {
        if (msg.value < 1 ether) revert();
        if (paid[msg.sender] == 0) count++;
        paid[msg.sender] += msg.value;
    }

    function refund() public {
        uint sum = paid[msg.sender];
        if (sum == 0) return;
        paid[msg.sender] = 0;
        count--;
        if (!msg.sender.call.value(sum)()) {
            revert();
        }
    }
}
