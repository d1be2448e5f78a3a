pragma solidity ^0.8.9;

contract Sprint {
    mapping(address => uint256) public startedAt;

    receive() external payable {}

    function start() external payable {
        require(msg.value == 1 ether, "one ether");
        startedAt[msg.sender] = block.timestamp;
    }

    function finish() external {
        uint256 begun = startedAt[msg.sender];
        require(begun != 0, "not started");
        startedAt[msg.sender] = 0;
        if (block.timestamp - begun <= 30) {
            payable(msg.sender).transfer(1.5 ether);
        }
    }
}
