pragma solidity ^0.7.0;

contract Roles {
    mapping(bytes32 => mapping(address => bool)) private has;
    bytes32 public constant MINTER = keccak256("MINTER");
    mapping(address => uint256) public balanceOf;

    constructor() {
        has[MINTER][msg.sender] = true;
    }

    function grant(bytes32 role, address who) public {
        has[role][who] = true;
    }

    function mint(address to, uint256 amount) external {
        require(has[MINTER][msg.sender], "minter");
        require(amount < 1e30 && balanceOf[to] < 1e40, "range");
        balanceOf[to] += amount;
    }
}
