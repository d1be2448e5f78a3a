// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ContentToken} from "../../../src/content/ContentToken.sol";
import {IContentToken} from "../../../src/content/IContentToken.sol";
import {IRoyaltyAccount} from "../../../src/content/IRoyaltyAccount.sol";
import {Share} from "../../../src/content/Share.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {MoodyPayee} from "../../content/Payees.sol";
import {Cast} from "./Cast.sol";

/// @dev Pays royalties for one content of each of the cast and has them released, rightly and wrongly.
contract RoyaltyHandler is Cast {
    IERC20 private constant ETHER = IERC20(address(0));

    ContentToken private immutable _token;
    AssayToken private immutable _currency;

    mapping(uint256 tokenId => uint256 wei_) public etherIn;
    mapping(uint256 tokenId => uint256 amount) public tokensIn;

    /// @dev How often somebody had an account pay out against its rules.
    uint256 public wrongReleases;

    /// @dev A payee of all contents, who takes ether only at times.
    MoodyPayee public immutable moody = new MoodyPayee();

    constructor(ContentToken token) {
        _token = token;
        _currency = new AssayToken(address(this), type(uint128).max);
        vm.deal(address(this), type(uint128).max);
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            bytes32 digest = bytes32(tokenIdOf(i));
            token.commit(token.commitmentOf(member(i), digest, 0));
            vm.roll(block.number + token.minimumAgeBlocks());
            vm.prank(member(i));
            token.mint(IContentToken.Content(digest, digest, 0, digest, keccak256(abi.encode(_sharesOf(i))), 1000), 0);
        }
    }

    function tokenIdOf(uint256 seed) public pure returns (uint256) {
        return seed % CAST_SIZE + 1;
    }

    function currency() external view returns (IERC20) {
        return _currency;
    }

    function setMood(bool takesEther) external {
        moody.setTakesEther(takesEther);
    }

    function payEther(uint256 seed, uint96 amount) external {
        etherIn[tokenIdOf(seed)] += amount;
        (bool paid,) = _token.royaltyAccountOf(tokenIdOf(seed)).call{value: amount}("");
        vm.assertTrue(paid);
    }

    function payTokens(uint256 seed, uint96 amount) external {
        tokensIn[tokenIdOf(seed)] += amount;
        _currency.transfer(_token.royaltyAccountOf(tokenIdOf(seed)), amount);
    }

    function sell(uint256 seed, uint256 buyer) external {
        address owner = _token.ownerOf(tokenIdOf(seed));
        vm.prank(owner);
        _token.transferFrom(owner, member(buyer), tokenIdOf(seed));
    }

    function release(uint256 seed, bool inEther, uint256 caller) external {
        vm.prank(member(caller));
        _token.releaseRoyalty(
            tokenIdOf(seed), _provenance(seed, member(seed)), _sharesOf(seed), inEther ? ETHER : _currency
        );
    }

    function releaseToAnother(uint256 seed, bool inEther, uint256 caller) external {
        if (member(caller) == member(seed)) return;
        vm.prank(member(caller));
        try _token.releaseRoyalty(
            tokenIdOf(seed), _provenance(seed, member(caller)), _sharesOf(seed), inEther ? ETHER : _currency
        ) {
            wrongReleases += 1;
        } catch {}
    }

    /// @dev The moody one, to whom money is owed that it refused, sends it elsewhere; nobody else can.
    function withdrawKept(uint256 seed, bool inEther, uint256 caller, bool byPayee) external {
        address account = _token.royaltyAccountOf(tokenIdOf(seed));
        IERC20 paidIn = inEther ? ETHER : IERC20(_currency);
        Share memory share = _sharesOf(seed)[1];
        uint256 kept = _token.keptFor(tokenIdOf(seed), share, paidIn);
        if (account.code.length == 0) return;
        vm.prank(byPayee ? address(moody) : member(caller));
        try _token.withdrawKept(tokenIdOf(seed), share, paidIn, payable(member(caller))) returns (uint256 amount) {
            if (!byPayee || amount != kept || _token.keptFor(tokenIdOf(seed), share, paidIn) != 0) wrongReleases += 1;
        } catch {
            if (byPayee) wrongReleases += 1;
        }
    }

    function askTheAccount(uint256 seed, uint256 caller) external {
        address account = _token.royaltyAccountOf(tokenIdOf(seed));
        if (account.code.length == 0) return;
        vm.prank(member(caller));
        try IRoyaltyAccount(account).withdraw(ETHER, 0, payable(member(caller))) {
            wrongReleases += 1;
        } catch {}
        IRoyaltyAccount.Payee[] memory payees = new IRoyaltyAccount.Payee[](1);
        payees[0] = IRoyaltyAccount.Payee(0, payable(member(caller)), 10_000);
        vm.prank(member(caller));
        try IRoyaltyAccount(account).release(ETHER, payees) {
            wrongReleases += 1;
        } catch {}
    }

    /// @dev The creator, another of the cast and the moody one; they divide badly, so that rounding shows.
    function _sharesOf(uint256 seed) private view returns (Share[] memory shares) {
        shares = new Share[](3);
        shares[0] = Share(member(seed), 0, 3333);
        shares[1] = Share(address(moody), 0, 3331);
        shares[2] = Share(member(seed % CAST_SIZE + 1), 0, 3336);
    }

    function _provenance(uint256 seed, address creator) private view returns (IContentToken.Provenance memory) {
        bytes32 digest = bytes32(tokenIdOf(seed));
        return IContentToken.Provenance(digest, 0, creator, digest, keccak256(abi.encode(_sharesOf(seed))));
    }
}
