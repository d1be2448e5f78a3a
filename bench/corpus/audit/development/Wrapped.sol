pragma solidity ^0.8.15;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import "@openzeppelin/contracts/access/AccessControl.sol";
import "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

contract Wrapped is ERC20, AccessControl, ReentrancyGuard {
    bytes32 public constant PAUSER = keccak256("PAUSER");
    bool public paused;

    constructor() ERC20("Wrapped", "WRP") { _grantRole(DEFAULT_ADMIN_ROLE, msg.sender); }

    function setPaused(bool on) external onlyRole(PAUSER) { paused = on; }

    function wrap() external payable {
        require(!paused, "paused");
        _mint(msg.sender, msg.value);
    }

    function unwrap(uint256 amount) external nonReentrant {
        _burn(msg.sender, amount);
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "send");
    }
}
