pragma solidity ^0.4.20;

contract Mine {
    mapping(address => uint256) stones;
    uint256 opened = block.number;
    address foreman = msg.sender;

    modifier foremanOnly {
        if (msg.sender != foreman) throw;
        _;
    }

    function dig() public payable {
        stones[msg.sender] += msg.value / 1 finney;
    }

    function shut() public foremanOnly {
        require(block.number > opened + 100);
        selfdestruct(foreman);
    }
}
