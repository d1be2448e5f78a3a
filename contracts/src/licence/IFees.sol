// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The platform's share of each payment
 * @notice Every payment is sent on within its transaction, so that this contract never holds money: the royalty first,
 * rounded down; then the fee, rounded down, and at most what is left; the rest, to the unit, to the seller. The buyer pays
 * the price, whatever the shares are.
 * @dev Sending is safe here: the currency is an ERC-20 token, which does not call its receivers, so none of them can
 * refuse or re-enter.
 */
interface IFees {
    /// @notice The fee became `feeBps` hundredths of a per cent, paid to `recipient`.
    event FeeChanged(uint16 feeBps, address indexed recipient);

    /// @notice The fee would exceed {maximumFeeBps}.
    error FeesTooHigh(uint16 feeBps, uint16 maximumFeeBps);

    /// @notice The fee needs a recipient.
    error FeesWithoutRecipient();

    /// @notice The price is above what the buyer agreed to pay.
    error FeesAboveMaximum(uint256 price, uint256 maximumPrice);

    /// @notice Sets the fee, in hundredths of a per cent, and who gets it. Only the contract's owner can.
    function setFee(uint16 feeBps, address recipient) external;

    /// @notice The fee in hundredths of a per cent, and who gets it.
    function fee() external view returns (uint16 feeBps, address recipient);

    /// @notice The highest fee that can be set, in hundredths of a per cent: a tenth of the price.
    function maximumFeeBps() external view returns (uint16);

    /// @notice The ERC-20 token that all prices are in: the one of the register of assets.
    function currency() external view returns (address);
}
