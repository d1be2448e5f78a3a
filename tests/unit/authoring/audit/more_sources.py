"""Pairs about prices, shares, rates, signatures and who may do what, for their detectors."""

# ruff: noqa: E501 - contracts are easier to compare unwrapped

from tests.unit.authoring.audit.sources import OWNER, Pair

_COIN = """function transfer(address a, uint256 b) external returns (bool);
    function transferFrom(address a, address b, uint256 c) external returns (bool);
    function balanceOf(address a) external view returns (uint256);"""
COIN = f"interface Coin {{ {_COIN} }}\n"
SHARES = "mapping(address => uint256) shares; uint256 all; Coin coin;\n"
SIGNED = "address signer; constructor(address by) { signer = by; } receive() external payable {}\n"
RESERVES = "Coin a; Coin b; uint256 x = 1; uint256 y = 1;\n"


class Priced(Pair):
    """A pair whose contract uses a token."""

    def source(self, body: str) -> str:
        return f"pragma solidity {self.version};\n{COIN}contract Subject {{\n{body}\n}}\n"


PAIRS = (
    Pair(
        "division-before-multiplication",
        "function due(uint256 sum, uint256 days_) public pure returns (uint256) { return sum / 365 * days_; }",
        "function due(uint256 sum, uint256 days_) public pure returns (uint256) { return sum * days_ / 365; }",
    ),
    Pair(
        "division-before-multiplication",
        """uint256 all; uint256 rate; uint256 since;
        function put() public payable { all += msg.value; }
        function due() public view returns (uint256) { return (block.timestamp - since) / all * rate; }""",
        """uint256 period = 30 days; uint256 rate; uint256 since;
        function due() public view returns (uint256) { return (block.timestamp - since) / period * rate; }""",
    ),
    Pair(
        "price-rounds-to-nothing",
        """mapping(address => uint256) held;
        function buy(uint256 sum) public payable {
            require(msg.value == sum / 1000); held[msg.sender] += sum; }""",
        """mapping(address => uint256) held;
        function buy(uint256 sum) public payable {
            require(msg.value == (sum + 999) / 1000); held[msg.sender] += sum; }""",
    ),
    Priced(
        "share-price-by-donation",
        SHARES + """function put(uint256 sum) external {
            uint256 made = all == 0 ? sum : sum * all / coin.balanceOf(address(this));
            all += made; shares[msg.sender] += made;
            require(coin.transferFrom(msg.sender, address(this), sum)); }""",
        SHARES + """function put(uint256 sum) external {
            uint256 made = all == 0 ? sum : sum * all / coin.balanceOf(address(this));
            require(made > 0); all += made; shares[msg.sender] += made;
            require(coin.transferFrom(msg.sender, address(this), sum)); }""",
    ),
    Pair(
        "signature-replay",
        SIGNED + """function take(uint256 sum, uint8 v, bytes32 r, bytes32 s) public {
            bytes32 said = keccak256(abi.encode(address(this), msg.sender, sum));
            require(ecrecover(said, v, r, s) == signer); payable(msg.sender).transfer(sum); }""",
        SIGNED + """mapping(address => uint256) used;
            function take(uint256 sum, uint8 v, bytes32 r, bytes32 s) public {
            bytes32 said = keccak256(abi.encode(address(this), msg.sender, sum, used[msg.sender]++));
            require(ecrecover(said, v, r, s) == signer); payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "signature-for-any-contract",
        SIGNED + """mapping(bytes32 => bool) used;
            function take(uint256 sum, uint256 n, uint8 v, bytes32 r, bytes32 s) public {
            bytes32 said = keccak256(abi.encode(msg.sender, sum, n));
            require(!used[said]); used[said] = true;
            require(ecrecover(said, v, r, s) == signer); payable(msg.sender).transfer(sum); }""",
        SIGNED + """mapping(bytes32 => bool) used;
            function take(uint256 sum, uint256 n, uint8 v, bytes32 r, bytes32 s) public {
            bytes32 said = keccak256(abi.encode(block.chainid, address(this), msg.sender, sum, n));
            require(!used[said]); used[said] = true;
            require(ecrecover(said, v, r, s) == signer); payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "signature-by-nobody",
        """mapping(address => uint256) n;
        function act(address by, bytes32 said, uint8 v, bytes32 r, bytes32 s) public {
            require(ecrecover(said, v, r, s) == by); n[by]++; }""",
        """mapping(address => uint256) n;
        function act(address by, bytes32 said, uint8 v, bytes32 r, bytes32 s) public {
            require(by != address(0)); require(ecrecover(said, v, r, s) == by); n[by]++; }""",
    ),
    Priced(
        "no-slippage-limit",
        RESERVES + """function give(uint256 sum) external {
            uint256 out = y * sum / (x + sum); x += sum; y -= out;
            require(a.transferFrom(msg.sender, address(this), sum)); require(b.transfer(msg.sender, out)); }""",
        RESERVES + """function give(uint256 sum, uint256 most) external {
            uint256 out = y * sum / (x + sum); x += sum; y -= out; require(out >= most);
            require(a.transferFrom(msg.sender, address(this), sum)); require(b.transfer(msg.sender, out)); }""",
    ),
    Pair(
        "narrowing-conversion",
        """mapping(address => uint32) ends;
        function hold(uint256 time) public { require(time > 60); ends[msg.sender] = uint32(block.timestamp + time); }""",
        """mapping(address => uint32) ends;
        function hold(uint256 time) public { require(time < 1e6); ends[msg.sender] = uint32(block.timestamp + time); }""",
    ),
    Pair(
        "terms-set-in-front",
        OWNER + """uint256 price = 1; mapping(address => uint256) seats;
        function set(uint256 next) public { require(msg.sender == owner); price = next; }
        function buy() public payable { seats[msg.sender] += msg.value / price; }""",
        OWNER + """uint256 price = 1; mapping(address => uint256) seats;
        function set(uint256 next) public { require(msg.sender == owner); price = next; }
        function buy(uint256 most) public payable {
            require(most >= price); seats[msg.sender] += msg.value / price; }""",
    ),
    Pair(
        "open-credit",
        """mapping(address => uint256) held; uint256 sum;
        function mint(address to, uint256 more) public { require(sum + more <= 1e9); sum += more; held[to] += more; }""",
        OWNER + """mapping(address => uint256) held; uint256 sum;
        function mint(address to, uint256 more) public {
            require(msg.sender == owner); require(sum + more <= 1e9); sum += more; held[to] += more; }""",
    ),
    Priced(
        "open-payment",
        """Coin coin; mapping(uint256 => bool) done;
        function out(uint256 id, address to, uint256 sum) external {
            require(!done[id]); done[id] = true; require(coin.transfer(to, sum)); }""",
        """Coin coin; mapping(uint256 => bool) done; bytes32 root;
        function out(uint256 id, address to, uint256 sum) external {
            require(keccak256(abi.encode(id, to, sum)) == root);
            require(!done[id]); done[id] = true; require(coin.transfer(to, sum)); }""",
    ),
    Priced(
        "open-setting",
        """Coin coin; bytes32 root; function set(bytes32 next) external { root = next; }
        function out(address to, uint256 sum) external {
            require(keccak256(abi.encode(to, sum)) == root); require(coin.transfer(to, sum)); }""",
        """Coin coin; bytes32 root; bytes32 label; function set(bytes32 next) external { label = next; }
        function out(address to, uint256 sum) external {
            require(keccak256(abi.encode(to, sum)) == root); require(coin.transfer(to, sum)); }""",
    ),
    Pair(
        "open-setting",
        """function set(address code) external { _set(code); }
        function _set(address code) private { assembly { sstore(0, code) } }""",
        OWNER + """function set(address code) external { require(msg.sender == owner); _set(code); }
        function _set(address code) private { assembly { sstore(0, code) } }""",
    ),
    Pair(
        "open-selfdestruct",
        OWNER + """function end(uint256 n) public {
            require(n > 9 || msg.sender == owner); selfdestruct(payable(msg.sender)); }""",
        OWNER + """address other; function end() public {
            if (msg.sender != other && msg.sender != owner) revert();
            selfdestruct(payable(msg.sender)); }""",
    ),
    Pair(
        "open-selfdestruct",
        """mapping(address => bool) known; function join() public { known[msg.sender] = true; }
        function end() public { require(known[msg.sender]); selfdestruct(payable(msg.sender)); }""",
        OWNER + """mapping(address => bool) known;
        function add(address who) public { require(msg.sender == owner); known[who] = true; }
        function end() public { require(known[msg.sender]); selfdestruct(payable(msg.sender)); }""",
    ),
    Pair(
        "name-taken-in-the-open",
        """mapping(string => address) named;
        function take(string memory name) public { require(named[name] == address(0)); named[name] = msg.sender; }""",
        """mapping(string => address) named; mapping(bytes32 => uint256) said;
        function say(bytes32 seal) public { said[seal] = block.number; }
        function take(string memory name, bytes32 salt) public {
            require(said[keccak256(abi.encode(name, msg.sender, salt))] != 0);
            require(named[name] == address(0)); named[name] = msg.sender; }""",
    ),
    Pair(
        "open-payment",
        "function pay(uint256 sum) public { (bool ok,) = msg.sender.call{value: sum}(''); require(ok); }",
        """mapping(address => uint256) owed;
        function pay(uint256 sum) public { owed[msg.sender] -= sum;
            (bool ok,) = msg.sender.call{value: sum}(""); require(ok); }""",
    ),
)  # fmt: skip
