pragma solidity ^0.4.23;

contract Roster {
    address[] public names;
    mapping(address => uint256) public bonus;

    function enlist() public {
        names.push(msg.sender);
    }

    function grant() public {
        for (uint8 i = 0; i < names.length; i++) {
            bonus[names[i]] += 1;
        }
    }
}
