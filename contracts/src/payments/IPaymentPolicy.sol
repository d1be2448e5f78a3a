// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title A treasury that pays by rules
 * @notice Holds one ERC-20 currency for its owner. Operators pay from it to listed payees, within limits per payee and
 * in all for each period; what is above a threshold needs approvers. Each request is paid once at most. An operator,
 * and any program that acts for it, can therefore lose no more than the rules allow, whatever it was told.
 *
 * A period begins with the first payment after the one before ended. Amounts are in the currency's smallest unit.
 */
interface IPaymentPolicy {
    /**
     * @param total most that is paid in a period; 0 for nothing
     * @param approvalAbove a single payment above this needs approvals
     * @param period how long a period lasts, in seconds
     * @param approvalsNeeded how many approvers have to approve a payment above the threshold
     */
    struct Rules {
        uint128 total;
        uint128 approvalAbove;
        uint32 period;
        uint16 approvalsNeeded;
    }

    /**
     * @param account where the payee is paid
     * @param nextFrom when `next` takes the place of `account`; 0 if nothing is to change
     * @param active whether the payee may be paid
     * @param next the account to come
     * @param limit most that the payee is paid in a period
     * @param details SHA-256 of the payee's bank details, 0 for none; the contract only keeps it
     */
    struct Payee {
        address account;
        uint64 nextFrom;
        bool active;
        address next;
        uint128 limit;
        bytes32 details;
    }

    /**
     * @param payee who is paid: keccak256 of the payee's name
     * @param account where; has to be the payee's account at that time
     * @param amount how much
     * @param digest what tells this request from all others; it is paid once at most
     * @param expiry the last second in which it may be paid
     */
    struct Request {
        bytes32 payee;
        address account;
        uint128 amount;
        bytes32 digest;
        uint64 expiry;
    }

    /// @notice The rules were set.
    event RulesSet(uint128 total, uint128 approvalAbove, uint32 period, uint16 approvalsNeeded);

    /// @notice A payee was listed, or its limit and details were changed; its account is {PayeeAccountAnnounced}'s.
    event PayeeSet(bytes32 indexed payee, string name, uint128 limit, bytes32 details);

    /// @notice A payee's account was set, and counts from a time on.
    event PayeeAccountAnnounced(bytes32 indexed payee, address indexed account, uint64 from);

    /// @notice A payee was taken off the list.
    event PayeeRemoved(bytes32 indexed payee);

    /// @notice An operator was appointed or dismissed.
    event OperatorSet(address indexed operator, bool allowed);

    /// @notice An approver was appointed or dismissed.
    event ApproverSet(address indexed approver, bool allowed);

    /// @notice An approver agreed to a request.
    event RequestApproved(bytes32 indexed requestHash, bytes32 indexed digest, address indexed approver);

    /// @notice A request was paid.
    event RequestPaid(bytes32 indexed digest, bytes32 indexed payee, address account, uint128 amount);

    /// @notice The owner took money out.
    event MoneyWithdrawn(address indexed to, uint256 amount);

    /// @notice Only operators and the owner pay.
    error PaymentPolicyNotOperator(address caller);

    /// @notice Only approvers approve.
    error PaymentPolicyNotApprover(address caller);

    /// @notice There cannot be more approvers.
    error PaymentPolicyTooManyApprovers(uint256 most);

    /// @notice A period lasts an hour at least, and the rules need no more approvals than there can be approvers.
    error PaymentPolicyImpossibleRules(uint32 period, uint16 approvalsNeeded);

    /// @notice A name is not empty, and an account is not the zero address or this contract.
    error PaymentPolicyBadPayee(string name, address account);

    /// @notice Nobody is listed by this name.
    error PaymentPolicyUnknownPayee(bytes32 payee);

    /// @notice Another payee has the account.
    error PaymentPolicyAccountTaken(address account, bytes32 payee);

    /// @notice The payee is paid at another account.
    error PaymentPolicyOtherAccount(bytes32 payee, address given, address current);

    /// @notice A payment is of one unit at least.
    error PaymentPolicyNothingPaid(bytes32 digest);

    /// @notice The request was paid before.
    error PaymentPolicyAlreadyPaid(bytes32 digest, uint256 paidAt);

    /// @notice The request is too old.
    error PaymentPolicyExpired(bytes32 digest, uint64 expiry);

    /// @notice It is more than is left for the payee until the period ends.
    error PaymentPolicyAbovePayeeLimit(bytes32 payee, uint128 amount, uint128 left, uint64 periodEnd);

    /// @notice It is more than is left in all until the period ends.
    error PaymentPolicyAboveTotal(uint128 amount, uint128 left, uint64 periodEnd);

    /// @notice Too few approvers agreed to exactly this request.
    error PaymentPolicyApprovalsMissing(bytes32 requestHash, uint256 given, uint256 needed);

    /// @notice Sets the rules; what was paid in the running period still counts. Only the owner.
    function setRules(Rules calldata rules) external;

    /// @notice Lists a payee, or changes it. A first account counts at once, another one only after {accountDelay},
    /// also where the payee was removed in between. Only the owner.
    function setPayee(string calldata name, address account, uint128 limit, bytes32 details) external;

    /// @notice Takes a payee off the list. Only the owner.
    function removePayee(bytes32 payee) external;

    /// @notice Appoints or dismisses who may pay. Only the owner.
    function setOperator(address operator, bool allowed) external;

    /// @notice Appoints or dismisses who may approve; the approvals of a dismissed one no longer count. Only the owner.
    function setApprover(address approver, bool allowed) external;

    /// @notice Agrees to a request, in all its parts. Only approvers.
    function approve(Request calldata request) external;

    /// @notice Pays a request if the rules allow it. Only operators and the owner.
    function pay(Request calldata request) external;

    /// @notice Stops payments and approvals. Only the owner.
    function pause() external;

    /// @notice Ends the stop. Only the owner.
    function unpause() external;

    /// @notice Takes money out, whatever the rules say. Only the owner.
    function withdraw(address to, uint256 amount) external;

    /// @notice The currency.
    function currency() external view returns (address);

    /// @notice Seconds until another account of a payee counts.
    function accountDelay() external view returns (uint32);

    /// @notice The rules.
    function rulesNow() external view returns (Rules memory);

    /// @notice A payee as it is kept; {accountOf} says where it is paid now.
    function payeeOf(bytes32 payee) external view returns (Payee memory);

    /// @notice Where a payee is paid now.
    function accountOf(bytes32 payee) external view returns (address);

    /// @notice What a payee may still be paid, what may be paid in all, and when these periods end; 0 for one that has
    /// not begun.
    function left(bytes32 payee)
        external
        view
        returns (uint128 payeeLeft, uint64 payeePeriodEnd, uint128 totalLeft, uint64 totalPeriodEnd);

    /// @notice Whether an account may pay.
    function isOperator(address account) external view returns (bool);

    /// @notice Who may approve.
    function approvers() external view returns (address[] memory);

    /// @notice What names a request in approvals.
    function hashOf(Request calldata request) external view returns (bytes32);

    /// @notice Those of today's approvers who agreed to a request.
    function approvalsOf(bytes32 requestHash) external view returns (address[] memory);

    /// @notice When a request was paid; 0 if it was not.
    function paidAt(bytes32 digest) external view returns (uint256);
}
