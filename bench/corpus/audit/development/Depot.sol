pragma solidity 0.8.20;

contract Depot {
    struct Account {
        uint256 amount;
        uint64 since;
    }
    mapping(address => Account) private accounts;
    uint256 public total;

    event Taken(address indexed who, uint256 amount);

    function put() external payable {
        Account storage mine = accounts[msg.sender];
        mine.amount += msg.value;
        mine.since = uint64(block.timestamp);
        total += msg.value;
    }

    function take() external {
        Account storage mine = accounts[msg.sender];
        uint256 owed = mine.amount;
        require(owed > 0, "nothing there");
        (bool sent, ) = payable(msg.sender).call{value: owed}("");
        require(sent, "not sent");
        mine.amount = 0;
        total -= owed;
        emit Taken(msg.sender, owed);
    }
}
