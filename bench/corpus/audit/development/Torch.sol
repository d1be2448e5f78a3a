pragma solidity ^0.4.24;

contract Torch {
    address public keeper;
    address public heir;
    uint256 public level;

    constructor() public {
        keeper = msg.sender;
    }

    function setLevel(uint256 next) public {
        if (msg.sender != keeper) revert();
        level = next;
    }

    function hand(address next) public {
        require(msg.sender == keeper && next != address(0));
        heir = next;
    }

    function accept() public {
        require(msg.sender == heir);
        keeper = heir;
        heir = address(0);
    }

    function drain() public {
        require(keeper == msg.sender);
        keeper.transfer(address(this).balance);
    }

    function() external payable {}
}
