pragma solidity ^0.8.1;

contract Royalty {
    uint256 private constant SCALE = 1e18;
    mapping(address => uint256) public shares;
    mapping(address => uint256) private paidUpTo;
    uint256 private perShare;
    uint256 public total;

    function join() external payable {
        require(msg.value > 0 && shares[msg.sender] == 0, "once");
        paidUpTo[msg.sender] = perShare;
        shares[msg.sender] = msg.value;
        total += msg.value;
    }

    function distribute() external payable {
        perShare += (msg.value * SCALE) / total;
    }

    function claim() external {
        uint256 part = ((perShare - paidUpTo[msg.sender]) * shares[msg.sender]) / SCALE;
        paidUpTo[msg.sender] = perShare;
        payable(msg.sender).transfer(part);
    }
}
