// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ContentToken} from "../../src/content/ContentToken.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {Share} from "../../src/content/Share.sol";

/// @dev A payee that is a contract and takes ether only when it likes, and may send on what it has.
contract MoodyPayee {
    error MoodyPayeeRefuses();

    bool public takesEther;

    function setTakesEther(bool takes) external {
        takesEther = takes;
    }

    function withdraw(
        ContentToken token,
        uint256 tokenId,
        Share calldata share,
        IERC20 currency,
        address payable to
    )
        external
    {
        token.withdrawKept(tokenId, share, currency, to);
    }

    receive() external payable {
        if (!takesEther) revert MoodyPayeeRefuses();
    }
}

/// @dev A payee that uses up all the gas it is given.
contract GreedyPayee {
    receive() external payable {
        while (true) {}
    }
}

/// @dev A payee that asks for another release while it is paid.
contract ReenteringPayee {
    ContentToken private immutable _token;
    uint256 private _tokenId;
    IContentToken.Provenance private _provenance;
    Share[] private _shares;

    constructor(ContentToken token) {
        _token = token;
    }

    receive() external payable {
        _token.releaseRoyalty(_tokenId, _provenance, _shares, IERC20(address(0)));
    }

    function aim(uint256 tokenId, IContentToken.Provenance calldata provenance, Share[] calldata shares) external {
        _tokenId = tokenId;
        _provenance = provenance;
        for (uint256 i = 0; i < shares.length; ++i) {
            _shares.push(shares[i]);
        }
    }
}

/// @dev A currency that will not pay one account.
contract BlockingToken is ERC20 {
    error BlockingTokenBlocks(address account);

    address public blocked;

    constructor() ERC20("Blocking", "BLOCK") {
        _mint(msg.sender, type(uint128).max);
    }

    function setBlocked(address account) external {
        blocked = account;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (to == blocked && to != address(0)) revert BlockingTokenBlocks(to);
        super._update(from, to, value);
    }
}
