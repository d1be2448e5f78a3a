// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../../../src/content/IContentToken.sol";
import {IReposts} from "../../../src/economy/IReposts.sol";
import {Reposts} from "../../../src/economy/Reposts.sol";
import {Tips} from "../../../src/economy/Tips.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {Cast} from "./Cast.sol";

/// @dev Reposts two contents, pays, tips and sells, and keeps accounts of its own.
contract RepostHandler is Cast {
    uint256 public constant FUNDS = type(uint96).max;
    uint256 private constant BASIS_POINTS = 10_000;

    Reposts private immutable _reposts;
    Tips private immutable _tips;
    AssayToken private immutable _money;
    address private immutable _creator;
    IContentToken.Provenance private _provenance;
    uint256[2] private _contents;

    mapping(uint256 repostId => IReposts.Repost) private _made;
    mapping(uint256 contentId => uint256 amount) public earned;
    mapping(address account => uint256 balance) public money;

    /// @dev Things that must never happen, counted when they do.
    uint256 public foreignRates;
    uint256 public overcharges;
    uint256 public wrongSplits;

    constructor(
        address content,
        address creator,
        IContentToken.Provenance memory provenance,
        uint256[2] memory contents
    ) {
        (_creator, _provenance, _contents) = (creator, provenance, contents);
        _money = new AssayToken(address(this), CAST_SIZE * FUNDS);
        _reposts = new Reposts(content, address(_money));
        _tips = new Tips(content, address(_money));
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            money[member(i)] = FUNDS;
            _money.transfer(member(i), FUNDS);
            vm.startPrank(member(i));
            _money.approve(address(_reposts), type(uint256).max);
            _money.approve(address(_tips), type(uint256).max);
            vm.stopPrank();
        }
    }

    function parts() external view returns (AssayToken, Reposts, Tips) {
        return (_money, _reposts, _tips);
    }

    function madeAs(uint256 repostId) external view returns (IReposts.Repost memory) {
        return _made[repostId];
    }

    function repostContent(uint256 account, uint256 which) external {
        _repost(member(account), _contents[which % 2]);
    }

    function repostAgain(uint256 account, uint256 which) external {
        if (_reposts.repostCount() == 0) return;
        _repost(member(account), _pick(which));
    }

    function setRate(uint256 which, uint16 rateBps) external {
        vm.prank(_creator);
        try _reposts.setRate(_contents[0], _provenance, rateBps % 6000) {
            if (rateBps % 6000 > 5000) foreignRates += 1;
        } catch {}
        vm.prank(member(which));
        try _reposts.setRate(_contents[which % 2], _provenance, rateBps % 6000) {
            foreignRates += 1;
        } catch {}
    }

    function pay(uint256 account, uint256 which, uint96 amount, bytes32 note) external {
        if (_reposts.repostCount() == 0) return;
        uint256 repostId = _pick(which);
        address payer = member(account);
        address owner = _reposts.ownerOf(repostId);
        vm.prank(payer);
        try _reposts.pay(repostId, amount, note) {
            _paid(payer, owner, repostId, amount);
        } catch {}
    }

    function tip(uint256 account, uint256 which, uint96 amount) external {
        address giver = member(account);
        vm.prank(giver);
        try _tips.tip(_contents[which % 2], amount, 0) {
            money[giver] -= amount;
            earned[_contents[which % 2]] += amount;
        } catch {}
    }

    function list(uint256 which, uint96 price) external {
        if (_reposts.repostCount() == 0) return;
        uint256 repostId = _pick(which);
        vm.prank(_reposts.ownerOf(repostId));
        try _reposts.list(repostId, price) {} catch {}
    }

    function buy(uint256 account, uint256 which, uint96 maximumPrice) external {
        if (_reposts.repostCount() == 0) return;
        uint256 repostId = _pick(which);
        address seller = _reposts.ownerOf(repostId);
        uint256 price = _reposts.priceOf(repostId);
        vm.prank(member(account));
        try _reposts.buy(repostId, maximumPrice) {
            if (price == 0 || price > maximumPrice) overcharges += 1;
            _paid(member(account), seller, repostId, price);
        } catch {}
    }

    function give(uint256 which, uint256 receiver) external {
        if (_reposts.repostCount() == 0) return;
        uint256 repostId = _pick(which);
        address owner = _reposts.ownerOf(repostId);
        vm.prank(owner);
        _reposts.transferFrom(owner, member(receiver), repostId);
        if (_reposts.priceOf(repostId) != 0) overcharges += 1;
    }

    function _repost(address reposter, uint256 parent) private {
        vm.prank(reposter);
        uint256 repostId = _reposts.repost(parent, 5000);
        _made[repostId] = _reposts.repostOf(repostId);
    }

    /// @dev What should have moved: the rate, rounded up, to the root's authors, and the rest to the receiver.
    function _paid(address payer, address receiver, uint256 repostId, uint256 amount) private {
        IReposts.Repost memory made = _made[repostId];
        uint256 exact = amount * made.rateBps;
        uint256 authors = exact / BASIS_POINTS + (exact % BASIS_POINTS == 0 ? 0 : 1);
        (uint256 told,) = _reposts.split(repostId, amount);
        if (told != authors || authors > amount) wrongSplits += 1;
        money[payer] -= amount;
        money[receiver] += amount - authors;
        earned[made.root] += authors;
    }

    function _pick(uint256 which) private view returns (uint256) {
        return which % _reposts.repostCount() + 1;
    }
}
