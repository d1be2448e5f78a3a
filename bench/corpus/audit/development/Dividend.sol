pragma solidity ^0.8.1;

contract Dividend {
    address payable[] public members;
    mapping(address => uint256) public shares;
    uint256 public total;

    function join() external payable {
        require(msg.value > 0, "nothing paid");
        if (shares[msg.sender] == 0) {
            members.push(payable(msg.sender));
        }
        shares[msg.sender] += msg.value;
        total += msg.value;
    }

    function distribute() external payable {
        for (uint256 i = 0; i < members.length; i++) {
            uint256 part = (msg.value * shares[members[i]]) / total;
            members[i].transfer(part);
        }
    }
}
