// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";

import {IPlans} from "./IPlans.sol";

/// @dev Implementation of {IPlans}.
abstract contract Plans is IPlans, Context {
    uint32 private _planCount;
    mapping(uint32 planId => Plan) private _plans;

    /// @inheritdoc IPlans
    function makePlan(uint96 price, uint32 period, IERC20 currency) external returns (uint32 planId) {
        if (period == 0 || address(currency).code.length == 0) revert PlansIncomplete(period, currency);
        planId = ++_planCount;
        _plans[planId] = Plan(_msgSender(), period, false, currency, price);
        emit PlanMade(planId, _msgSender(), currency, price, period);
    }

    /// @inheritdoc IPlans
    function changePlanPrice(uint32 planId, uint96 price) external {
        Plan storage plan = _requireOwn(planId);
        plan.price = price;
        emit PlanPriceChanged(planId, _msgSender(), price);
    }

    /// @inheritdoc IPlans
    function closePlan(uint32 planId) external {
        Plan storage plan = _requireOwn(planId);
        plan.closed = true;
        emit PlanClosed(planId, _msgSender());
    }

    /// @inheritdoc IPlans
    function planOf(uint32 planId) external view returns (Plan memory) {
        return _requirePlan(planId);
    }

    /// @inheritdoc IPlans
    function planCount() external view returns (uint32) {
        return _planCount;
    }

    /// @dev A plan that takes payments.
    function _openPlan(uint32 planId) internal view returns (Plan memory plan) {
        plan = _requirePlan(planId);
        if (plan.closed) revert PlansClosed(planId);
    }

    function _requirePlan(uint32 planId) internal view returns (Plan storage plan) {
        plan = _plans[planId];
        if (plan.creator == address(0)) revert PlansUnknown(planId);
    }

    function _requireOwn(uint32 planId) private view returns (Plan storage plan) {
        plan = _requirePlan(planId);
        if (plan.creator != _msgSender()) revert PlansNotCreator(planId, _msgSender(), plan.creator);
        if (plan.closed) revert PlansClosed(planId);
    }
}
