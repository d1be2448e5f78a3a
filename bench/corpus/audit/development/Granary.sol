pragma solidity 0.8.20;

contract Granary {
    struct Account {
        uint256 amount;
        uint64 since;
    }
    mapping(address => Account) private accounts;
    bool private busy;

    modifier single() {
        require(!busy, "busy");
        busy = true;
        _;
        busy = false;
    }

    function put() external payable single {
        accounts[msg.sender].amount += msg.value;
        accounts[msg.sender].since = uint64(block.timestamp);
    }

    function take() external single {
        Account storage mine = accounts[msg.sender];
        uint256 owed = mine.amount;
        require(owed > 0, "nothing there");
        (bool sent, ) = payable(msg.sender).call{value: owed}("");
        require(sent, "not sent");
        mine.amount = 0;
    }
}
