pragma solidity ^0.5.0;

library Exact {
    function times(uint256 a, uint256 b) internal pure returns (uint256) {
        if (a == 0) {
            return 0;
        }
        uint256 c = a * b;
        require(c / a == b, "too large");
        return c;
    }

    function plus(uint256 a, uint256 b) internal pure returns (uint256) {
        uint256 c = a + b;
        require(c >= a, "too large");
        return c;
    }

    function minus(uint256 a, uint256 b) internal pure returns (uint256) {
        require(b <= a, "too small");
        return a - b;
    }
}

contract Stand {
    using Exact for uint256;

    uint256 constant PRICE = 1 ether;
    mapping(address => uint256) public tickets;

    function buy(uint256 count) public payable {
        require(msg.value == count.times(PRICE));
        tickets[msg.sender] = tickets[msg.sender].plus(count);
    }

    function giveBack(uint256 count) public {
        tickets[msg.sender] = tickets[msg.sender].minus(count);
        msg.sender.transfer(count.times(PRICE));
    }
}
