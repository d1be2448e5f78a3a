pragma solidity ^0.4.24;

contract Lamp {
    address public keeper;
    uint256 public level;

    constructor() public {
        keeper = msg.sender;
    }

    modifier byKeeper() {
        require(msg.sender == keeper);
        _;
    }

    function setLevel(uint256 next) public byKeeper {
        level = next;
    }

    function hand(address next) public {
        keeper = next;
    }

    function drain() public byKeeper {
        msg.sender.transfer(address(this).balance);
    }

    function() external payable {}
}
