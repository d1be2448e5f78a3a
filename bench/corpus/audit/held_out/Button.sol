pragma solidity ^0.8.11;

contract Button {
    address public presser;
    uint256 public pressedAt;

    function press() external payable {
        require(msg.value == 0.01 ether, "price");
        presser = msg.sender;
        pressedAt = block.timestamp;
    }

    function award() external {
        require(presser != address(0), "nobody");
        require(block.timestamp > pressedAt + 60, "not yet");
        address to = presser;
        presser = address(0);
        payable(to).transfer(address(this).balance);
    }
}
