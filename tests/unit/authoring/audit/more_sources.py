"""Pairs about prices, shares, rates, signatures and who may do what, for their detectors."""

# ruff: noqa: E501 - contracts are easier to compare unwrapped

from tests.unit.authoring.audit.sources import JOIN, OWNER, Pair

_COIN = """function transfer(address a, uint256 b) external returns (bool);
    function transferFrom(address a, address b, uint256 c) external returns (bool);
    function balanceOf(address a) external view returns (uint256);"""
_ITEMS = "function safeTransferFrom(address a, address b, uint256 c) external;"
_SAFE = "interface Safe { function release(address a) external returns (bool); }"
COIN = f"interface Coin {{ {_COIN} }} interface Items {{ {_ITEMS} }} {_SAFE}\n"
SHARES = "mapping(address => uint256) shares; uint256 all; Coin coin;\n"
SIGNED = "address signer; constructor(address by) { signer = by; } receive() external payable {}\n"
RESERVES = "Coin a; Coin b; uint256 x = 1; uint256 y = 1;\n"


class Priced(Pair):
    """A pair whose contract uses a token."""

    def source(self, body: str) -> str:
        return f"pragma solidity {self.version};\n{COIN}contract Subject {{\n{body}\n}}\n"


BALANCES = """mapping(address => uint256) held; mapping(address => uint256) until;
        function put() external payable { held[msg.sender] += msg.value; }
        function take() external { uint256 sum = held[msg.sender]; held[msg.sender] = 0; payable(msg.sender).transfer(sum); }\n"""

PAIRS = (
    Pair(
        "predictable-chance",
        """uint256 last = 7; function draw(uint256 guess) external payable {
            require(msg.value == 1 ether); last = last * 31 + 17;
            if (last % 10 == guess) payable(msg.sender).transfer(9 ether); }""",
        """uint256 last = 7; function draw(uint256 guess) external payable {
            require(msg.value == 1 ether); last = last + 17;
            if (last == guess) payable(msg.sender).transfer(9 ether); }""",
    ),
    Pair(
        "terms-set-in-front",
        """mapping(uint256 => uint256) price; mapping(address => uint256) held; address by = msg.sender;
        function set(uint256 id, uint256 to) external { require(msg.sender == by); price[id] = to; }
        function buy(uint256 id) external payable { uint256 due = price[id]; require(msg.value >= due);
            held[msg.sender]++; payable(msg.sender).transfer(msg.value - due); }""",
        """mapping(uint256 => uint256) price; mapping(address => uint256) held; address by = msg.sender;
        function set(uint256 id, uint256 to) external { require(msg.sender == by); price[id] = to; }
        function buy(uint256 id, uint256 most) external payable { uint256 due = price[id]; require(msg.value >= due && due <= most);
            held[msg.sender]++; payable(msg.sender).transfer(msg.value - due); }""",
    ),
    Pair(
        "short-time-window",
        """uint256 start; mapping(address => uint256) held; function buy() external payable {
            uint256 gone = block.timestamp - start; require(gone < 60); held[msg.sender]++; }""",
        """uint256 start; mapping(address => uint256) held; function buy() external payable {
            uint256 gone = block.timestamp - start; require(gone < 3 days); held[msg.sender]++; }""",
    ),
    Pair(
        "payment-without-debit",
        """bytes32 root; constructor(bytes32 r) payable { root = r; }
        function claim(uint256 sum, bytes32 proof) external {
            require(keccak256(abi.encode(keccak256(abi.encode(msg.sender, sum)), proof)) == root);
            payable(msg.sender).transfer(sum); }""",
        """bytes32 root; mapping(address => bool) had; constructor(bytes32 r) payable { root = r; }
        function claim(uint256 sum, bytes32 proof) external { require(!had[msg.sender]); had[msg.sender] = true;
            require(keccak256(abi.encode(keccak256(abi.encode(msg.sender, sum)), proof)) == root);
            payable(msg.sender).transfer(sum); }""",
    ),
    Priced(
        "open-call",
        """Coin coin; function lend(uint256 sum, address to, bytes calldata data) external {
            uint256 had = coin.balanceOf(address(this)); require(coin.transfer(msg.sender, sum));
            (bool ok, ) = to.call(data); require(ok && coin.balanceOf(address(this)) >= had); }""",
        """Coin coin; mapping(address => bool) known; function lend(uint256 sum, address to, bytes calldata data) external {
            require(known[to]); uint256 had = coin.balanceOf(address(this)); require(coin.transfer(msg.sender, sum));
            (bool ok, ) = to.call(data); require(ok && coin.balanceOf(address(this)) >= had); }""",
    ),
    Pair(
        "open-debit",
        BALANCES + """function charge(address who, address payable to) external {
            require(block.timestamp > until[who]); until[who] = block.timestamp + 30 days;
            held[who] -= 9; to.transfer(9); }""",
        BALANCES + """mapping(address => address) payee; function agree(address to) external { payee[msg.sender] = to; }
        function charge(address who, address payable to) external {
            require(block.timestamp > until[who] && payee[who] == to); until[who] = block.timestamp + 30 days;
            held[who] -= 9; to.transfer(9); }""",
    ),
    Pair(
        "open-supply",
        """mapping(address => uint256) held; uint256 all;
        function _mint(address to, uint256 sum) internal { held[to] += sum; all += sum; }
        function mint(address to, uint256 sum) external { _mint(to, sum); }""",
        """mapping(address => uint256) held; uint256 all; address by = msg.sender;
        function _mint(address to, uint256 sum) internal { held[to] += sum; all += sum; }
        function mint(address to, uint256 sum) external { require(msg.sender == by); _mint(to, sum); }""",
    ),
    Pair(
        "narrowing-conversion",
        """mapping(address => uint128) held; function put() external payable { held[msg.sender] += 1; }
        function move(address to, uint256 sum) external {
            require(uint128(sum) <= held[msg.sender]); held[msg.sender] -= uint128(sum); held[to] += uint128(sum); }""",
        """mapping(address => uint128) held; function put() external payable { held[msg.sender] += 1; }
        function move(address to, uint256 sum) external {
            require(sum <= held[msg.sender]); held[msg.sender] -= uint128(sum); held[to] += uint128(sum); }""",
    ),
    Pair(
        "no-slippage-limit",
        """mapping(address => uint256) held; uint256 x = 1; uint256 y = 9;
        function buy() external payable { uint256 out = msg.value * y / (x + msg.value);
            x += msg.value; y -= out; held[msg.sender] += out; }""",
        """mapping(address => uint256) held; uint256 x = 1; uint256 y = 9;
        function buy(uint256 least) external payable { uint256 out = msg.value * y / (x + msg.value);
            require(out >= least); x += msg.value; y -= out; held[msg.sender] += out; }""",
    ),
    Pair(
        "open-owner",
        """mapping(address => bool) member; constructor() payable { member[msg.sender] = true; }
        function add(address who) external { require(!member[who]); member[who] = true; }
        function pay(address payable to) external { require(member[msg.sender]); to.transfer(1); }""",
        """mapping(address => bool) member; constructor() payable { member[msg.sender] = true; }
        function add(address who) external { require(member[msg.sender] && !member[who]); member[who] = true; }
        function pay(address payable to) external { require(member[msg.sender]); to.transfer(1); }""",
    ),
    Pair(
        "open-setting",
        """mapping(address => uint256) votes; uint256 quorum = 9; address by = msg.sender;
        function change(uint256 to) external { quorum = to; }
        function run(address to, bytes calldata data) external {
            require(votes[to] >= quorum && msg.sender == by); (bool ok, ) = to.call(data); require(ok); }""",
        """mapping(address => uint256) votes; uint256 quorum = 9; address by = msg.sender;
        function change(uint256 to) external { require(msg.sender == by); quorum = to; }
        function run(address to, bytes calldata data) external {
            require(votes[to] >= quorum && msg.sender == by); (bool ok, ) = to.call(data); require(ok); }""",
    ),
    Pair(
        "answer-in-the-open",
        """struct Task { bytes32 target; uint256 reward; } Task[] tasks;
        function post(bytes32 target) external payable { tasks.push(Task(target, msg.value)); }
        function solve(uint256 id, bytes calldata answer) external {
            Task storage task = tasks[id]; require(keccak256(answer) == task.target);
            uint256 sum = task.reward; task.reward = 0; payable(msg.sender).transfer(sum); }""",
        """struct Task { bytes32 target; uint256 reward; } Task[] tasks; mapping(uint256 => address) solver;
        function post(bytes32 target) external payable { tasks.push(Task(target, msg.value)); }
        function solve(uint256 id, bytes calldata answer) external {
            Task storage task = tasks[id]; require(keccak256(abi.encode(answer, msg.sender)) == task.target);
            uint256 sum = task.reward; task.reward = 0; payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "terms-set-in-front",
        """uint256 fee; address by = msg.sender; mapping(address => uint256) held;
        function change(uint256 to) external { require(msg.sender == by); fee = to; }
        function put() external payable { held[msg.sender] += msg.value - msg.value * fee / 1000; }""",
        """uint256 fee; address by = msg.sender; mapping(address => uint256) held;
        function change(uint256 to) external { require(msg.sender == by && to <= 50); fee = to; }
        function put() external payable { held[msg.sender] += msg.value - msg.value * fee / 1000; }""",
    ),
    Pair(
        "division-before-multiplication",
        """uint256 all; uint256 each; uint256 since;
        function put() public payable { all += msg.value; }
        function book() public { each += (block.timestamp - since) * 7 / all * 1e12; }""",
        """uint256 all; uint256 each; uint256 since;
        function put() public payable { all += msg.value; }
        function book() public { each += (block.timestamp - since) * 7 * 1e12 / all; }""",
    ),
    Pair(
        "overflow",
        """mapping(address => uint256) held; constructor() public { held[msg.sender] = 9; }
        function move(address to, uint256 sum) public returns (bool) {
            if (sum > 0) { held[msg.sender] -= sum; held[to] += sum; return true; } return false; }""",
        """mapping(address => uint256) held; constructor() public { held[msg.sender] = 9; }
        function move(address to, uint256 sum) public returns (bool) {
            if (held[msg.sender] >= sum) { held[msg.sender] -= sum; held[to] += sum; return true; } return false; }""",
        "^0.5.0",
    ),
    Pair(
        "call-never-made",
        "function pay(address to) public { require(msg.sender == by); to.call.value(5); } address by = msg.sender;",
        "function pay(address to) public { require(msg.sender == by); require(to.call.value(5)()); } address by = msg.sender;",
        "^0.4.18",
    ),
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
    Pair(
        "open-call",
        "function go(address to, bytes memory what) public { (bool ok,) = to.call(what); require(ok); }",
        """mapping(bytes32 => uint256) due;
        function go(address to, bytes memory what) public {
            uint256 at = due[keccak256(abi.encode(to, what))]; require(at != 0 && at < block.timestamp);
            (bool ok,) = to.call(what); require(ok); }""",
    ),
    Pair(
        "open-payment",
        "function pay(address payable to) public { to.transfer(address(this).balance / 2); }",
        """mapping(address => uint256) part; mapping(address => uint256) paid;
        function pay(address payable to) public {
            uint256 sum = address(this).balance * part[to] / 100 - paid[to];
            paid[to] += sum; to.transfer(sum); }""",
    ),
    Pair(
        "balance-tested-after-call",
        """mapping(address => uint256) owed;
        function put() public payable { owed[msg.sender] += msg.value; }
        function lend(uint256 sum) public { uint256 had = address(this).balance;
            (bool ok,) = msg.sender.call{value: sum}(""); require(ok);
            require(address(this).balance >= had); }""",
        """bool busy; mapping(address => uint256) owed;
        function put() public payable { require(!busy); busy = true; owed[msg.sender] += msg.value; busy = false; }
        function lend(uint256 sum) public { require(!busy); busy = true; uint256 had = address(this).balance;
            (bool ok,) = msg.sender.call{value: sum}(""); require(ok);
            require(address(this).balance >= had); busy = false; }""",
    ),
    Pair(
        "relayed-call-starved",
        """mapping(bytes32 => bool) done; address to;
        function relay(bytes memory what) public { bytes32 id = keccak256(what);
            require(!done[id]); done[id] = true; (bool ok,) = to.call(what); ok; }""",
        """mapping(bytes32 => bool) done; address to;
        function relay(bytes memory what) public { bytes32 id = keccak256(what);
            require(!done[id]); done[id] = true; (bool ok,) = to.call(what); require(ok); }""",
    ),
    Pair(
        "predictable-chance",
        """uint256 seed = 7; uint256 sides = 6; mapping(address => uint256) rolled;
        function roll() public { seed = uint256(keccak256(abi.encode(seed, msg.sender)));
            rolled[msg.sender] = seed % sides; }""",
        OWNER + """uint256 seed = 7; uint256 sides = 6; mapping(address => uint256) rolled;
        function feed(uint256 next) public { require(msg.sender == owner); seed = next; }
        function roll() public { rolled[msg.sender] = uint256(keccak256(abi.encode(seed, msg.sender))) % sides; }""",
    ),
    Pair(
        "no-slippage-limit",
        """uint256 all = 1; mapping(address => uint256) held;
        function buy() public payable { uint256 n = msg.value / (all * 1000); all += n; held[msg.sender] += n; }""",
        """uint256 all = 1; mapping(address => uint256) held;
        function buy(uint256 least) public payable { uint256 n = msg.value / (all * 1000);
            require(n >= least); all += n; held[msg.sender] += n; }""",
    ),
    Pair(
        "loop-over-growing-list",
        JOIN + "function each() public { for (uint256 i; i < all.length; i++) { sum += i; } }",
        JOIN + """uint256 next; function each(uint256 n) public { uint256 end = next + n;
            if (end > all.length) end = all.length;
            for (uint256 i = next; i < end; i++) { sum += i; } next = end; }""",
    ),
    Priced(
        "unchecked-token-answer",
        "Coin coin; function pay(address to) public { bool ok = coin.transfer(to, 1); }",
        "Coin coin; function pay(address to) public { bool ok = coin.transfer(to, 1); require(ok); }",
    ),
    Pair(
        "open-payment",
        """function all() public { (bool ok,) = msg.sender.call{value: address(this).balance}(""); require(ok); }""",
        OWNER + """function all() public { require(msg.sender == owner);
            (bool ok,) = msg.sender.call{value: address(this).balance}(""); require(ok); }""",
    ),
    Pair(
        "narrowing-conversion",
        """uint256 rate = 3; mapping(address => uint64) due; function lend(uint256 sum) public {
            uint256 part = sum * 1e18 / rate; due[msg.sender] += uint64(part); }""",
        """uint256 rate = 3; mapping(address => uint64) due; function lend(uint256 sum) public {
            uint256 part = sum * 1e18 / rate; require(part < 1e18); due[msg.sender] += uint64(part); }""",
    ),
    Priced(
        "state-after-call",
        """Items items; mapping(uint256 => address) whose; function give(uint256 id) public {
            require(whose[id] == msg.sender); items.safeTransferFrom(address(this), msg.sender, id); delete whose[id]; }""",
        """Items items; mapping(uint256 => address) whose; function give(uint256 id) public {
            require(whose[id] == msg.sender); delete whose[id]; items.safeTransferFrom(address(this), msg.sender, id); }""",
    ),
    Priced(
        "exact-balance",
        SHARES + """function put(uint256 sum) external { all += sum;
            require(coin.transferFrom(msg.sender, address(this), sum));
            require(coin.balanceOf(address(this)) == all); }""",
        SHARES + """function put(uint256 sum) external { uint256 had = coin.balanceOf(address(this));
            require(coin.transferFrom(msg.sender, address(this), sum));
            require(coin.balanceOf(address(this)) == had + sum); }""",
    ),
    Pair(
        "loop-over-growing-list",
        """mapping(address => address[]) fans; uint256 sum;
        function follow(address whom) public { fans[whom].push(msg.sender); }
        function each() public { for (uint256 i; i < fans[msg.sender].length; i++) { sum += i; } }""",
        """mapping(address => address[]) fans; uint256 sum;
        function follow(address whom) public { fans[msg.sender].push(whom); }
        function each() public { for (uint256 i; i < fans[msg.sender].length; i++) { sum += i; } }""",
    ),
    Pair(
        "blocking-payment",
        """struct Lot { address leader; uint256 best; } mapping(uint256 => Lot) lots;
        function bid(uint256 id) public payable { Lot storage lot = lots[id]; require(msg.value > lot.best);
            address before = lot.leader; lot.leader = msg.sender;
            (bool ok,) = before.call{value: lot.best}(""); require(ok); lot.best = msg.value; }""",
        """struct Lot { address leader; uint256 best; } mapping(uint256 => Lot) lots; mapping(address => uint256) due;
        function bid(uint256 id) public payable { Lot storage lot = lots[id]; require(msg.value > lot.best);
            due[lot.leader] += lot.best; lot.leader = msg.sender; lot.best = msg.value; }""",
    ),
    Pair(
        "open-claim",
        """struct Lot { address whose; uint256 sum; } Lot[] lots;
        function put() public payable { lots.push(Lot(msg.sender, msg.value)); }
        function take(uint256 id) public { uint256 sum = lots[id].sum; lots[id].sum = 0; payable(msg.sender).transfer(sum); }""",
        """struct Lot { address whose; uint256 sum; } Lot[] lots;
        function put() public payable { lots.push(Lot(msg.sender, msg.value)); }
        function take(uint256 id) public { require(lots[id].whose == msg.sender);
            uint256 sum = lots[id].sum; lots[id].sum = 0; payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "open-owner",
        """mapping(uint256 => address) whose; uint256 n;
        function make() public { whose[n++] = msg.sender; }
        function use(uint256 id) public { require(whose[id] == msg.sender); n++; }
        function give(address from, address to, uint256 id) public { require(whose[id] == from); whose[id] = to; }""",
        """mapping(uint256 => address) whose; uint256 n;
        function make() public { whose[n++] = msg.sender; }
        function use(uint256 id) public { require(whose[id] == msg.sender); n++; }
        function give(address from, address to, uint256 id) public {
            require(from == msg.sender && whose[id] == from); whose[id] = to; }""",
    ),
    Priced(
        "unchecked-token-answer",
        "Safe vault; function pay(address to) public { vault.release(to); }",
        "Safe vault; function pay(address to) public { require(vault.release(to)); }",
    ),
    Pair(
        "blocking-payment",
        """address payable[] line; uint256 turn; function join() public payable { line.push(payable(msg.sender)); }
        function serve() public { line[turn].transfer(1); turn++; }""",
        """address payable[] line; uint256 turn; mapping(address => uint256) due;
        function join() public payable { line.push(payable(msg.sender)); }
        function serve() public { due[line[turn]] += 1; turn++; }""",
    ),
    Pair(
        "predictable-chance",
        """uint256 n; function roll(uint256 mine) public returns (bool) { n++;
            return uint256(keccak256(abi.encode(block.timestamp, mine))) & 15 > 7; }""",
        """uint256 n; function roll(uint256 mine) public returns (bool) { n++;
            return uint256(keccak256(abi.encode(n, mine))) & 15 > 7; }""",
    ),
)  # fmt: skip
