// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IContentToken} from "../../src/content/IContentToken.sol";
import {Share} from "../../src/content/Share.sol";
import {RawCid} from "../../src/core/RawCid.sol";
import {IReposts} from "../../src/economy/IReposts.sol";
import {LiveContent} from "../../src/economy/LiveContent.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {IAssayToken} from "../../src/token/IAssayToken.sol";
import {Earning} from "./Earning.sol";

contract RepostsTest is Earning {
    address private constant CO_AUTHOR = address(0xC0A);

    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    function testFuzz_RevertGiven_NoSuchContent(uint256 parent) public {
        vm.assume(parent != _contentId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, parent));

        _reposts.repost(parent, 5000);
    }

    function test_RevertGiven_BurntContentAndItsRepostsArePaidAsBefore() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        vm.prank(CREATOR);
        _token.burn(_contentId);
        bytes memory gone = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _contentId);

        vm.expectRevert(gone);
        _reposts.repost(_contentId, 5000);
        vm.expectRevert(gone);
        _reposts.repost(repostId, 5000);

        _checkStillPaid(repostId);
    }

    function test_RevertGiven_RevokedContentAndItsRepostsArePaidAsBefore() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        _revoke();
        bytes memory revoked =
            abi.encodeWithSelector(LiveContent.LiveContentRevoked.selector, _contentId, block.timestamp);

        vm.expectRevert(revoked);
        _reposts.repost(_contentId, 5000);
        vm.expectRevert(revoked);
        _reposts.repost(repostId, 5000);

        _checkStillPaid(repostId);
    }

    function testFuzz_TwoAuthorsShareAThreeLevelRepostToTheUnit(uint96 amount, uint16 firstBps) public {
        amount = uint96(_bound(amount, 1, SUPPLY));
        Share[] memory shares = new Share[](2);
        firstBps = uint16(_bound(firstBps, 1, 9999));
        shares[0] = Share(CREATOR, 0, firstBps);
        shares[1] = Share(CO_AUTHOR, 0, 10_000 - firstBps);
        IContentToken.Content memory given = _content();
        given.contentDigest = keccak256("by two");
        given.sharesDigest = keccak256(abi.encode(shares));
        uint256 contentId = _minted(CREATOR, given);
        uint256 third = _reposted(THIEF, _reposted(BUYER, _reposted(BUYER, contentId)));
        uint256 authors = (uint256(amount) + 19) / 20;
        _allow(address(_reposts), amount);
        vm.prank(_payer);
        _reposts.pay(third, amount, NOTE);

        uint256 released = _token.releaseRoyalty(contentId, _provenance(CREATOR, given), shares, _money);

        vm.assertEq(released, authors);
        vm.assertEq(_money.balanceOf(CREATOR), authors * firstBps / 10_000);
        vm.assertEq(_money.balanceOf(CREATOR) + _money.balanceOf(CO_AUTHOR), authors);
        vm.assertEq(_money.balanceOf(THIEF), amount - authors);
        vm.assertEq(_money.balanceOf(_token.royaltyAccountOf(contentId)), 0);
    }

    function test_RevertWhen_TheRateIsAboveWhatTheReposterAgreedTo() public {
        vm.expectRevert(abi.encodeWithSelector(IReposts.RepostsRateAboveMaximum.selector, 500, 499));

        _reposts.repost(_contentId, 499);
    }

    function test_ARepostOfContentKeepsItsTerms() public {
        vm.expectEmit(address(_reposts));
        emit IReposts.Reposted(1, _contentId, BUYER, _contentId, 500);

        uint256 repostId = _reposted(BUYER, _contentId);

        IReposts.Repost memory made = _reposts.repostOf(repostId);
        vm.assertEq(made.root, _contentId);
        vm.assertEq(made.parent, _contentId);
        vm.assertEq(made.royaltyAccount, _royaltyAccount);
        vm.assertEq(made.rateBps, 500);
        vm.assertEq(made.repostedAt, block.timestamp);
        vm.assertEq(_reposts.ownerOf(repostId), BUYER);
        vm.assertEq(_reposts.repostCount(), 1);
    }

    function test_ARepostOfARepostKeepsTheRoot() public {
        uint256 first = _reposted(BUYER, _contentId);
        vm.expectEmit(address(_reposts));
        emit IReposts.Reposted(2, _contentId, THIEF, first, 500);

        uint256 second = _reposted(THIEF, first);

        IReposts.Repost memory made = _reposts.repostOf(second);
        vm.assertEq(made.root, _contentId);
        vm.assertEq(made.parent, first);
        vm.assertEq(made.royaltyAccount, _royaltyAccount);
    }

    function testFuzz_RevertWhen_TheRateIsAboveHalf(uint16 rateBps) public {
        rateBps = uint16(_bound(rateBps, 5001, type(uint16).max));
        vm.expectRevert(abi.encodeWithSelector(IReposts.RepostsRateTooHigh.selector, rateBps, 5000));

        _setRate(rateBps);
    }

    function test_RevertWhen_AnotherThanTheCreatorSetsTheRate() public {
        bytes memory refused = abi.encodeWithSelector(IReposts.RepostsNotCreator.selector, _contentId, THIEF);
        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, THIEF, _contentId);
        vm.startPrank(THIEF);

        vm.expectRevert(refused);
        _reposts.setRate(_contentId, _provenance(CREATOR, _content()), 0);
        vm.expectRevert(refused);
        _reposts.setRate(_contentId, _provenance(THIEF, _content()), 0);
    }

    function testFuzz_ARateCountsForLaterRepostsAlone(uint16 earlier, uint16 later) public {
        (earlier, later) = (uint16(_bound(earlier, 0, 5000)), uint16(_bound(later, 0, 5000)));
        _setRate(earlier);
        uint256 first = _reposted(BUYER, _contentId);
        vm.expectEmit(address(_reposts));
        emit IReposts.RateSet(_contentId, CREATOR, later);

        _setRate(later);
        uint256 second = _reposted(BUYER, first);

        vm.assertEq(_reposts.repostOf(first).rateBps, earlier);
        vm.assertEq(_reposts.repostOf(second).rateBps, later);
        vm.assertEq(_reposts.rateOf(_contentId), later);
    }

    function testFuzz_RevertGiven_NoSuchRepost(uint256 repostId) public {
        bytes memory unknown = abi.encodeWithSelector(IReposts.RepostsUnknown.selector, repostId);
        vm.expectRevert(unknown);
        _reposts.pay(repostId, 1, NOTE);
        vm.expectRevert(unknown);
        _reposts.repostOf(repostId);
        vm.expectRevert(unknown);
        _reposts.royaltyInfo(repostId, 1);
    }

    function test_RevertWhen_NothingIsPaid() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        vm.expectPartialRevert(IReposts.RepostsNothingPaid.selector);

        _reposts.pay(repostId, 0, NOTE);
    }

    function testFuzz_APaymentReachesAuthorsAndOwnerAtAnyDepth(uint256 amount, uint16 rateBps, uint8 depth) public {
        amount = _bound(amount, 1, SUPPLY);
        rateBps = uint16(_bound(rateBps, 0, 5000));
        _setRate(rateBps);
        uint256 repostId = _contentId;
        for (uint256 i = 0; i <= depth % 9; ++i) {
            repostId = _reposted(BUYER, repostId);
        }
        uint256 authors = (amount * rateBps + 9999) / 10_000;
        _allow(address(_reposts), amount);
        vm.expectEmit(address(_reposts));
        emit IReposts.RepostPaid(repostId, _contentId, BUYER, _payer, authors, amount - authors, NOTE);

        vm.prank(_payer);
        _reposts.pay(repostId, amount, NOTE);

        vm.assertEq(_money.balanceOf(_royaltyAccount), authors);
        vm.assertEq(_money.balanceOf(BUYER), amount - authors);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - amount);
        vm.assertEq(_money.balanceOf(address(_reposts)), 0);
        (uint256 told, uint256 rest) = _reposts.split(repostId, amount);
        vm.assertEq(told, authors);
        vm.assertEq(rest, amount - authors);
    }

    function test_AnOwnerThatPaysItselfPaysTheAuthors() public {
        uint256 repostId = _reposted(_payer, _contentId);
        _allow(address(_reposts), 1000);

        vm.prank(_payer);
        _reposts.pay(repostId, 1000, NOTE);

        vm.assertEq(_money.balanceOf(_royaltyAccount), 50);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - 50);
    }

    function test_TheNewOwnerIsPaid() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        vm.prank(BUYER);
        _reposts.transferFrom(BUYER, THIEF, repostId);
        _allow(address(_reposts), 1000);

        vm.prank(_payer);
        _reposts.pay(repostId, 1000, 0);

        vm.assertEq(_money.balanceOf(THIEF), 950);
        vm.assertEq(_money.balanceOf(BUYER), 0);
    }

    function testFuzz_APermitNeedsNoAllowanceBefore(uint256 amount, bool isSubmitted) public {
        amount = _bound(amount, 1, SUPPLY);
        uint256 repostId = _reposted(BUYER, _contentId);
        Permit memory permit = _permit(address(_reposts), amount);
        if (isSubmitted) {
            _money.permit(_payer, address(_reposts), amount, permit.deadline, permit.v, permit.r, permit.s);
        }

        vm.prank(_payer);
        _reposts.payWithPermit(repostId, amount, NOTE, permit);

        vm.assertEq(_money.balanceOf(_royaltyAccount) + _money.balanceOf(BUYER), amount);
    }

    function testFuzz_AnAuthorizationIsSentByAnyoneOnce(uint256 amount, address anyone) public {
        amount = _bound(amount, 1, SUPPLY);
        uint256 repostId = _reposted(BUYER, _contentId);
        IReposts.Authorization memory authorization = _authorization(repostId, amount);

        vm.prank(anyone);
        _reposts.payWithAuthorization(repostId, NOTE, authorization);

        vm.assertEq(_money.balanceOf(_royaltyAccount) + _money.balanceOf(BUYER), amount);
        vm.assertEq(_money.balanceOf(address(_reposts)), 0);
        vm.expectPartialRevert(IAssayToken.AssayTokenAuthorizationUsedOrCanceled.selector);
        _reposts.payWithAuthorization(repostId, NOTE, authorization);
    }

    function test_RevertWhen_AnAuthorizationIsForAnotherRepostOrNote() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        uint256 another = _reposted(THIEF, _contentId);
        IReposts.Authorization memory authorization = _authorization(repostId, 1000);

        vm.expectPartialRevert(IAssayToken.AssayTokenSignerMismatch.selector);
        _reposts.payWithAuthorization(another, NOTE, authorization);
        vm.expectPartialRevert(IAssayToken.AssayTokenSignerMismatch.selector);
        _reposts.payWithAuthorization(repostId, keccak256("another note"), authorization);
    }

    function testFuzz_RoyaltyInfoNamesTheAuthorsPart(uint256 salePrice, uint16 rateBps) public {
        salePrice = _bound(salePrice, 0, type(uint256).max / 10_000);
        rateBps = uint16(_bound(rateBps, 0, 5000));
        _setRate(rateBps);
        uint256 repostId = _reposted(BUYER, _contentId);

        (address receiver, uint256 royalty) = _reposts.royaltyInfo(repostId, salePrice);

        vm.assertEq(receiver, _royaltyAccount);
        vm.assertEq(royalty, salePrice * rateBps / 10_000 + (salePrice * rateBps % 10_000 == 0 ? 0 : 1));
    }

    function test_TheMetadataNameRepostAndRoot() public {
        uint256 repostId = _reposted(BUYER, _contentId);
        string memory json = string.concat(
            '{"name":"Repost 1","description":"A repost of content, whose authors share in what it earns.","image":"',
            RawCid.uri(bytes32(_contentId)),
            '","attributes":[{"trait_type":"original","value":"',
            Strings.toHexString(_contentId, 32),
            '"},{"trait_type":"authors\' share in basis points","value":500}]}'
        );

        vm.assertEq(
            _reposts.tokenURI(repostId), string.concat("data:application/json;base64,", Base64.encode(bytes(json)))
        );
        vm.assertTrue(_reposts.supportsInterface(0x2a55205a));
        vm.assertTrue(_reposts.supportsInterface(0x80ac58cd));
    }

    /// @dev The payment's parts arrive, and the authors' part can be released to them.
    function _checkStillPaid(uint256 repostId) private {
        _allow(address(_reposts), 1000);
        vm.prank(_payer);
        _reposts.pay(repostId, 1000, NOTE);

        _token.releaseRoyalty(_contentId, _provenance(CREATOR, _content()), new Share[](0), _money);

        vm.assertEq(_money.balanceOf(BUYER), 950);
        vm.assertEq(_money.balanceOf(CREATOR), 50);
    }

    function _authorization(uint256 repostId, uint256 value)
        private
        view
        returns (IReposts.Authorization memory given)
    {
        given = IReposts.Authorization(_payer, value, block.timestamp - 1, block.timestamp + 1 hours, "salt", "");
        bytes32 nonce = _reposts.paymentNonce(repostId, _payer, NOTE, given.salt);
        bytes32 structHash = keccak256(
            abi.encode(RECEIVE, _payer, address(_reposts), value, given.validAfter, given.validBefore, nonce)
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, _moneyDigest(structHash));
        given.signature = abi.encodePacked(r, s, v);
    }
}
