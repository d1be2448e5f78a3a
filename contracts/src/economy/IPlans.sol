// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title Plans by which creators are subscribed to
 * @notice A plan names its creator, a period and the currency for ever. The creator can change the price for those who
 * subscribe later, and close the plan, which then takes no payment any more.
 */
interface IPlans {
    /**
     * @notice A plan.
     * @param creator who made it and is paid.
     * @param period in seconds.
     * @param closed nobody subscribes or renews by it.
     * @param currency the ERC-20 token that it is paid in.
     * @param price of a period for those who subscribe now, in the currency's smallest unit.
     */
    struct Plan {
        address creator;
        uint32 period;
        bool closed;
        IERC20 currency;
        uint96 price;
    }

    /// @notice A plan was made.
    event PlanMade(
        uint32 indexed planId, address indexed creator, IERC20 indexed currency, uint96 price, uint32 period
    );

    /// @notice The plan costs `price` a period for those who subscribe from now on.
    event PlanPriceChanged(uint32 indexed planId, address indexed creator, uint96 price);

    /// @notice The plan takes no payment any more.
    event PlanClosed(uint32 indexed planId, address indexed creator);

    /// @notice There is no such plan.
    error PlansUnknown(uint32 planId);

    /// @notice The plan is closed.
    error PlansClosed(uint32 planId);

    /// @notice Only the plan's creator can change it.
    error PlansNotCreator(uint32 planId, address caller, address creator);

    /// @notice A plan needs a period and a currency.
    error PlansIncomplete(uint32 period, IERC20 currency);

    /// @notice Makes a plan of the caller's.
    function makePlan(uint96 price, uint32 period, IERC20 currency) external returns (uint32 planId);

    /// @notice Changes the price for those who subscribe later, or accept it.
    function changePlanPrice(uint32 planId, uint96 price) external;

    /// @notice Closes a plan for ever. What is paid stays good.
    function closePlan(uint32 planId) external;

    /// @notice A plan; reverts if there is none.
    function planOf(uint32 planId) external view returns (Plan memory);

    /// @notice How many plans there are; the newest has this number.
    function planCount() external view returns (uint32);
}
