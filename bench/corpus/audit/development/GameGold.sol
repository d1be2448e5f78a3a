pragma solidity ^0.8.15;

import "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import "@openzeppelin/contracts/access/Ownable.sol";

contract GameGold is ERC20, Ownable {
    mapping(address => bool) public game;

    constructor() ERC20("Gold", "GLD") Ownable(msg.sender) {}

    function setGame(address g, bool on) external onlyOwner { game[g] = on; }

    function mint(address to, uint256 amount) external {
        require(game[msg.sender], "game");
        _mint(to, amount);
    }

    function burnFrom(address from, uint256 amount) external {
        _burn(from, amount);
    }
}
