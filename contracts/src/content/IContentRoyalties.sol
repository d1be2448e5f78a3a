// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentToken} from "./IContentToken.sol";
import {Share} from "./Share.sol";

/**
 * @title What content earns, and who is paid
 * @notice Each token has an account of its own for royalties, sales, tips and the like. It receives plain transfers of ether
 * and of any ERC-20 token, also before it is deployed. Whoever asks has it split among the shares that the token was
 * minted with: the creator alone, or a list of accounts and of assets, whose owners are paid.
 * @dev A payee that cannot be paid does not hold up the others: its part stays in the account, under its name, and is
 * tried again with each release.
 */
interface IContentRoyalties {
    /// @notice A payee was paid.
    event RoyaltyReleased(uint256 indexed tokenId, address indexed payee, IERC20 indexed currency, uint256 amount);

    /// @notice A payee could not be paid; `amount` is all that is kept for that share now.
    event RoyaltyKept(
        uint256 indexed tokenId, address indexed account, uint256 indexed asset, IERC20 currency, uint256 amount
    );

    /// @notice The shares are not those that the token was minted with.
    error ContentRoyaltiesWrongShares(uint256 tokenId, bytes32 digest, bytes32 expected);

    /// @notice Only the payee of a share can send elsewhere what is kept for it.
    error ContentRoyaltiesNotPayee(uint256 tokenId, address caller, address payee);

    /**
     * @notice Splits everything that the token's account holds in one currency. Anyone can ask.
     * @param provenance the opening that names the creator and the shares.
     * @param shares the list behind `provenance.sharesDigest`; empty if that is 0.
     * @param currency an ERC-20 token; 0 for ether.
     * @return amount what was paid, in the currency's smallest unit; 0 if there was nothing.
     */
    function releaseRoyalty(
        uint256 tokenId,
        IContentToken.Provenance calldata provenance,
        Share[] calldata shares,
        IERC20 currency
    )
        external
        returns (uint256 amount);

    /**
     * @notice Pays the caller what is kept for its share, to any receiver.
     * @param share the share; the creator alone is its account and 10000.
     * @return amount what was paid.
     */
    function withdrawKept(
        uint256 tokenId,
        Share calldata share,
        IERC20 currency,
        address payable receiver
    )
        external
        returns (uint256 amount);

    /// @notice What is kept for a share that could not be paid.
    function keptFor(uint256 tokenId, Share calldata share, IERC20 currency) external view returns (uint256 amount);
}
