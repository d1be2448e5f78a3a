pragma solidity ^0.4.23;

contract Muster {
    address[] public names;
    mapping(address => uint256) public bonus;

    function enlist() public {
        require(names.length < 20);
        names.push(msg.sender);
    }

    function grant() public {
        for (uint256 i = 0; i < names.length; i++) {
            bonus[names[i]] += 1;
        }
    }
}
