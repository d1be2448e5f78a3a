pragma solidity ^0.4.17;

contract Visitors {
    struct Visit {
        address who;
        uint256 paid;
    }
    address public host = msg.sender;
    uint256 public visits;
    Visit[] public book;

    function sign() public payable {
        Visit entry;
        entry.who = msg.sender;
        entry.paid = msg.value;
        book.push(entry);
        visits += 1;
    }

    function empty() public {
        require(msg.sender == host);
        host.transfer(address(this).balance);
    }
}
