pragma solidity ^0.4.16;

contract Award {
    address public winner;
    uint256 public amount;
    bool public paid;
    address judge = msg.sender;

    function name(address who) public payable {
        require(msg.sender == judge);
        winner = who;
        amount = msg.value;
    }

    function pay() public {
        require(msg.sender == judge && !paid);
        paid = true;
        bool ok = winner.call.value(amount).gas(2300)();
        if (!ok) throw;
    }
}
