pragma solidity ^0.4.18;

library Sums {
    function mul(uint256 a, uint256 b) internal pure returns (uint256) {
        if (a == 0) return 0;
        uint256 c = a * b;
        assert(c / a == b);
        return c;
    }
    function sub(uint256 a, uint256 b) internal pure returns (uint256) { assert(b <= a); return a - b; }
    function add(uint256 a, uint256 b) internal pure returns (uint256) { uint256 c = a + b; assert(c >= a); return c; }
}

contract SafeCoin {
    using Sums for uint256;
    mapping(address => uint256) balances;
    uint256 public totalSupply;

    event Transfer(address indexed a, address indexed b, uint256 v);

    function SafeCoin(uint256 s) public { balances[msg.sender] = s; totalSupply = s; }

    function transfer(address to, uint256 v) public returns (bool) {
        require(to != address(0) && msg.data.length >= 68);
        balances[msg.sender] = balances[msg.sender].sub(v);
        balances[to] = balances[to].add(v);
        Transfer(msg.sender, to, v);
        return true;
    }

    function payMany(address[] to, uint256 v) public returns (bool) {
        uint256 total = v.mul(to.length);
        balances[msg.sender] = balances[msg.sender].sub(total);
        for (uint256 i = 0; i < to.length; i++) {
            balances[to[i]] = balances[to[i]].add(v);
            Transfer(msg.sender, to[i], v);
        }
        return true;
    }
}
