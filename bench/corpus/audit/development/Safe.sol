pragma solidity ^0.4.22;

contract Safe {
    mapping(address => uint256) public until;
    mapping(address => uint256) public kept;

    function keep() public payable {
        kept[msg.sender] += msg.value;
        until[msg.sender] = now + 1 weeks;
    }

    function longer(uint256 more) public {
        until[msg.sender] += more;
    }

    function open() public {
        require(kept[msg.sender] > 0);
        require(now > until[msg.sender]);
        uint256 amount = kept[msg.sender];
        kept[msg.sender] = 0;
        msg.sender.transfer(amount);
    }
}
