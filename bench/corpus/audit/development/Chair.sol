pragma solidity ^0.4.18;

contract Chair {
    address public ruler;
    uint256 public price;
    mapping(address => uint256) public owed;

    function claim() public payable {
        require(msg.value > price);
        owed[ruler] += price;
        ruler = msg.sender;
        price = msg.value;
    }

    function fetch() public {
        uint256 amount = owed[msg.sender];
        owed[msg.sender] = 0;
        msg.sender.transfer(amount);
    }
}
