// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ITips} from "../../src/economy/ITips.sol";
import {LiveContent} from "../../src/economy/LiveContent.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {Earning} from "./Earning.sol";

contract TipsTest is Earning {
    function testFuzz_RevertGiven_NoSuchContent(uint256 tokenId) public {
        vm.assume(tokenId != _contentId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));

        _tips.tip(tokenId, 1, NOTE);
    }

    function test_RevertGiven_RevokedContent() public {
        _revoke();
        vm.expectRevert(abi.encodeWithSelector(LiveContent.LiveContentRevoked.selector, _contentId, block.timestamp));

        _tips.tip(_contentId, 1, NOTE);
    }

    function test_RevertWhen_NothingIsGiven() public {
        vm.expectPartialRevert(ITips.TipsNothingGiven.selector);

        _tips.tip(_contentId, 0, NOTE);
    }

    function testFuzz_ATipGoesWholeToTheAuthors(uint256 amount) public {
        amount = _bound(amount, 1, SUPPLY);
        _allow(address(_tips), amount);
        vm.expectEmit(address(_tips));
        emit ITips.Tipped(_contentId, _payer, amount, NOTE);

        vm.prank(_payer);
        _tips.tip(_contentId, amount, NOTE);

        vm.assertEq(_money.balanceOf(_royaltyAccount), amount);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - amount);
    }

    function test_APermitNeedsNoAllowanceBefore() public {
        Permit memory permit = _permit(address(_tips), 7);

        vm.prank(_payer);
        _tips.tipWithPermit(_contentId, 7, 0, permit);

        vm.assertEq(_money.balanceOf(_royaltyAccount), 7);
    }
}
