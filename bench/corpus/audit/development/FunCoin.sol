pragma solidity ^0.4.18;

contract FunToken {
    string public name = "Fun";
    mapping(address => uint256) balances;
    mapping(address => mapping(address => uint256)) allowed;
    uint256 public totalSupply;
    address owner;

    event Transfer(address indexed a, address indexed b, uint256 v);

    function FunToken(uint256 s) public { owner = msg.sender; balances[owner] = s; totalSupply = s; }

    function balanceOf(address a) public constant returns (uint256) { return balances[a]; }

    function transfer(address to, uint256 v) public returns (bool) {
        if (balances[msg.sender] >= v && v > 0) {
            balances[msg.sender] -= v;
            balances[to] += v;
            Transfer(msg.sender, to, v);
            return true;
        }
        return false;
    }

    function payMany(address[] to, uint256 v) public returns (bool) {
        uint256 total = to.length * v;
        require(v > 0 && balances[msg.sender] >= total);
        balances[msg.sender] -= total;
        for (uint256 i = 0; i < to.length; i++) {
            balances[to[i]] += v;
            Transfer(msg.sender, to[i], v);
        }
        return true;
    }
}
