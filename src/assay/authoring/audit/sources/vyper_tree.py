"""Vyper's syntax tree in the words of Solidity's.

Only what the detectors look at is translated closely; what they never ask about keeps its parts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Raw = dict[str, Any]

_OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "/", "Mod": "%", "Pow": "**",
    "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>",
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
    "And": "&&", "Or": "||", "Not": "!", "USub": "-", "In": "in", "NotIn": "not in",
}  # fmt: skip
_LITERALS = ("Int", "Hex", "Decimal", "NameConstant", "Str", "Bytes", "HexBytes")
_UNSAFE = {"unsafe_add": "+", "unsafe_sub": "-", "unsafe_mul": "*"}


class Translation:
    """Of one contract.

    Args:
        name: of the contract, which Vyper takes from the file.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._state: dict[str, Raw] = {}
        self._functions: dict[str, int] = {}
        self._locals: dict[str, Raw] = {}
        self._next = 1_000_000

    def unit(self, module: Raw) -> Raw:
        """The whole file."""
        body = module["body"]
        for one in body:
            if one["ast_type"] == "VariableDecl":
                name, kind = one["target"]["id"], _type(one["annotation"])
                self._state[name] = self._declaration(one, name, kind, stateVariable=True)
            elif one["ast_type"] == "FunctionDef":
                self._functions[one["name"]] = one["node_id"] + 1
        lock = self._declaration(module, "lock", "bool", stateVariable=True)
        self._state["@lock"] = lock
        functions = [self._function(one) for one in body if one["ast_type"] == "FunctionDef"]
        contract = self._node(
            module, "ContractDefinition", name=self._name, contractKind="contract",
            nodes=[*self._state.values(), *functions],
        )  # fmt: skip
        contract["linearizedBaseContracts"] = [contract["id"]]
        return self._node(module, "SourceUnit", nodes=[contract])

    def _function(self, one: Raw) -> Raw:
        marks = {mark.get("id") or mark.get("func", {}).get("id") for mark in one["decorator_list"]}
        self._locals = {}
        parameters = [
            self._declare(given, given["arg"], _type(given["annotation"]))
            for given in one["args"]["args"]
        ]
        statements = self._block(one["body"])
        if "nonreentrant" in marks:
            statements = self._locked(one, statements)
        mutability = next((mark for mark in ("payable", "view", "pure") if mark in marks), "")
        made = self._node(
            one, "FunctionDefinition", name=one["name"],
            kind="constructor" if one["name"] == "__init__" else "function",
            visibility="external" if "external" in marks else "internal",
            stateMutability=mutability or "nonpayable",
            parameters=self._node(one, "ParameterList", parameters=parameters),
            body=self._node(one, "Block", statements=statements), modifiers=[],
        )  # fmt: skip
        made["id"] = self._functions[one["name"]]
        return made

    def _locked(self, one: Raw, statements: list[Raw]) -> list[Raw]:
        def lock() -> Raw:
            return self._identifier(one, "lock", self._state["@lock"])

        closed = self._node(one, "UnaryOperation", operator="!", subExpression=lock())
        before = [self._require(one, closed), self._set(one, lock(), self._literal(one, "true"))]
        return [*before, *statements, self._set(one, lock(), self._literal(one, "false"))]

    def _block(self, statements: list[Raw]) -> list[Raw]:
        return [self._statement(one) for one in statements]

    def _statement(self, one: Raw) -> Raw:
        translate = {
            "Assert": lambda: self._require(one, self._expression(one["test"])),
            "Raise": lambda: self._node(one, "RevertStatement"),
            "If": lambda: self._if(one),
            "For": lambda: self._for(one),
            "AnnAssign": lambda: self._local(one),
            "Assign": lambda: self._assignment(one, "="),
            "AugAssign": lambda: self._assignment(one, _OPERATORS[one["op"]["ast_type"]] + "="),
            "Return": lambda: self._node(one, "Return", expression=self._value(one)),
        }.get(one["ast_type"])
        if translate is not None:
            return translate()
        return self._node(one, "ExpressionStatement", expression=self._value(one))

    def _value(self, one: Raw) -> Raw | None:
        value = one.get("value")
        return self._expression(value) if isinstance(value, dict) else None

    def _if(self, one: Raw) -> Raw:
        no = self._node(one, "Block", statements=self._block(one["orelse"]))
        return self._node(
            one,
            "IfStatement",
            condition=self._expression(one["test"]),
            trueBody=self._node(one, "Block", statements=self._block(one["body"])),
            falseBody=no if one["orelse"] else None,
        )

    def _for(self, one: Raw) -> Raw:
        self._declare(one, one["target"]["target"]["id"], _type(one["target"]["annotation"]))
        body = self._node(one, "Block", statements=self._block(one["body"]))
        return self._node(one, "ForStatement", condition=self._expression(one["iter"]), body=body)

    def _local(self, one: Raw) -> Raw:
        return self._node(
            one,
            "VariableDeclarationStatement",
            declarations=[self._declare(one, one["target"]["id"], _type(one["annotation"]))],
            initialValue=self._expression(one["value"]),
        )

    def _assignment(self, one: Raw, sign: str) -> Raw:
        place = self._expression(one["target"])
        return self._set(one, place, self._expression(one["value"]), sign)

    def _expression(self, one: Raw) -> Raw:
        kind = one["ast_type"]
        translate: dict[str, Callable[[Raw], Raw]] = {
            "Name": self._named,
            "Attribute": self._attribute,
            "Subscript": self._item_of,
            "BinOp": self._binary_of,
            "Compare": self._binary_of,
            "BoolOp": self._joined,
            "UnaryOp": self._unary,
            "ExtCall": lambda call: self._external(call["value"], is_view=False),
            "StaticCall": lambda call: self._external(call["value"], is_view=True),
            "Call": self._call,
            **dict.fromkeys(_LITERALS, lambda given: self._literal(given, str(given.get("value")))),
        }
        if kind in translate:
            return translate[kind](one)
        parts = [self._expression(part) for part in one.get("elements", ())]
        return self._node(one, "TupleExpression", components=parts)

    def _named(self, one: Raw) -> Raw:
        found = self._locals.get(one["id"]) or self._state.get(one["id"])
        return self._identifier(one, "this" if one["id"] == "self" else one["id"], found)

    def _item_of(self, one: Raw) -> Raw:
        base, key = self._expression(one["value"]), self._expression(one["slice"])
        made = self._node(one, "IndexAccess", baseExpression=base, indexExpression=key)
        return _typed(made, _item(_type_of(base)))

    def _binary_of(self, one: Raw) -> Raw:
        sign = _OPERATORS.get(one["op"]["ast_type"], "")
        return self._binary(one, sign, one["left"], one["right"])

    def _joined(self, one: Raw) -> Raw:
        first, *rest = one["values"]
        made = self._expression(first)
        for part in rest:
            made = self._node(
                one,
                "BinaryOperation",
                operator=_OPERATORS[one["op"]["ast_type"]],
                leftExpression=made,
                rightExpression=self._expression(part),
            )
        return _typed(made, "bool")

    def _unary(self, one: Raw) -> Raw:
        inner = self._expression(one["operand"])
        sign = _OPERATORS.get(one["op"]["ast_type"], "")
        return self._node(one, "UnaryOperation", operator=sign, subExpression=inner)

    def _attribute(self, one: Raw) -> Raw:
        value, name = one["value"], one["attr"]
        if value.get("id") == "self" and name in self._state:
            return self._identifier(one, name, self._state[name])
        base = self._expression(value)
        made = self._node(one, "MemberAccess", memberName=name, expression=base)
        is_address = name in {"sender", "origin", "coinbase"}
        return _typed(made, "address" if is_address else "uint256")

    def _binary(self, one: Raw, sign: str, left: Raw, right: Raw) -> Raw:
        first, second = self._expression(left), self._expression(right)
        made = self._node(
            one, "BinaryOperation", operator=sign, leftExpression=first, rightExpression=second
        )
        is_test = sign in {"==", "!=", "<", "<=", ">", ">="}
        return _typed(made, "bool" if is_test else _type_of(first) or _type_of(second))

    def _call(self, one: Raw) -> Raw:
        callee, arguments = one["func"], one["args"]
        name = callee.get("id", "")
        options = {given["arg"]: given["value"] for given in one.get("keywords", ())}
        if name == "send":
            return self._member_call(one, "transfer", arguments[0], arguments[1:])
        if name == "raw_call":
            return self._raw_call(one, arguments, options)
        if name in _UNSAFE:
            made = self._binary(one, _UNSAFE[name], *arguments[:2])
            return self._node(one, "UncheckedBlock", statements=[made])
        given = [self._expression(part) for part in arguments]
        if name == "convert":
            made = self._node(one, "FunctionCall", kind="typeConversion", arguments=given[:1])
            return _typed(made, arguments[1].get("id", ""))
        if callee["ast_type"] == "Attribute" and callee["value"].get("id") == "self":
            target = self._identifier(callee, callee["attr"], None)
            target["referencedDeclaration"] = self._functions.get(callee["attr"], -1)
        elif callee["ast_type"] == "Attribute" and callee["attr"] in {"append", "pop"}:
            verb = "push" if callee["attr"] == "append" else "pop"
            return self._member_call(one, verb, callee["value"], arguments)
        else:
            target = self._expression(callee)
        return self._node(one, "FunctionCall", expression=target, arguments=given)

    def _raw_call(self, one: Raw, arguments: list[Raw], options: dict[str, Raw]) -> Raw:
        by_delegate = options.get("is_delegate_call", {}).get("value") is True
        verb = "delegatecall" if by_delegate else "call"
        value = options.get("value")
        made = self._member_call(one, verb, arguments[0], arguments[1:], value)
        reverts = options.get("revert_on_failure", {}).get("value") is not False
        return self._required(one, made) if reverts else made

    def _external(self, one: Raw, *, is_view: bool) -> Raw:
        if one["ast_type"] != "Call" or one["func"]["ast_type"] != "Attribute":
            return self._expression(one)
        value = {given["arg"]: given["value"] for given in one.get("keywords", ())}.get("value")
        made = self._member_call(one, one["func"]["attr"], one["func"]["value"], one["args"], value)
        callee = made["expression"]
        target = callee["expression"] if callee["nodeType"] == "FunctionCallOptions" else callee
        _typed(target, f"function () {'view ' if is_view else ''}external")
        _typed(target["expression"], "contract")
        return made

    def _member_call(
        self, one: Raw, verb: str, on: Raw, arguments: list[Raw], value: Raw | None = None
    ) -> Raw:
        receiver = self._expression(on)
        if verb not in {"push", "pop"}:
            _typed(receiver, "address")
        callee = self._node(one, "MemberAccess", memberName=verb, expression=receiver)
        if value is not None:
            callee = self._node(
                one, "FunctionCallOptions", names=["value"], expression=callee,
                options=[self._expression(value)],
            )  # fmt: skip
        given = [self._expression(part) for part in arguments]
        return self._node(one, "FunctionCall", expression=callee, arguments=given)

    def _require(self, one: Raw, test: Raw) -> Raw:
        return self._node(one, "ExpressionStatement", expression=self._required(one, test))

    def _required(self, one: Raw, test: Raw) -> Raw:
        callee = self._identifier(one, "require", None)
        return self._node(one, "FunctionCall", expression=callee, arguments=[test])

    def _set(self, one: Raw, place: Raw, value: Raw, sign: str = "=") -> Raw:
        made = self._node(one, "Assignment", operator=sign, leftHandSide=place, rightHandSide=value)
        _typed(made, _type_of(place))
        return self._node(one, "ExpressionStatement", expression=made)

    def _identifier(self, one: Raw, name: str, declared: Raw | None) -> Raw:
        target = declared["id"] if declared is not None else -1
        made = self._node(one, "Identifier", name=name, referencedDeclaration=target)
        return _typed(made, _type_of(declared) if declared is not None else "")

    def _literal(self, one: Raw, value: str) -> Raw:
        made = self._node(one, "Literal", value=value)
        return _typed(made, f"int_const {value}" if value.isdigit() else "")

    def _declare(self, one: Raw, name: str, kind: str) -> Raw:
        self._locals[name] = self._declaration(one, name, kind, stateVariable=False)
        return self._locals[name]

    def _declaration(self, one: Raw, name: str, kind: str, **more: Any) -> Raw:
        return _typed(self._node(one, "VariableDeclaration", name=name, **more), kind)

    def _node(self, one: Raw, node_type: str, /, **parts: Any) -> Raw:
        self._next += 1
        return {"nodeType": node_type, "id": self._next, "src": one.get("src", "0:0:0"), **parts}


def _typed(made: Raw, kind: str) -> Raw:
    made["typeDescriptions"] = {"typeString": kind}
    return made


def _type_of(made: Raw) -> str:
    return str(made.get("typeDescriptions", {}).get("typeString", ""))


def _type(annotation: Raw) -> str:
    """`HashMap[address, uint256]` as `mapping(address => uint256)`."""
    kind = annotation["ast_type"]
    if kind == "Name":
        return str(annotation["id"])
    if kind == "Call" and annotation["args"]:
        return _type(annotation["args"][0])
    if kind == "Subscript":
        parts = annotation["slice"].get("elements") or [annotation["slice"]]
        inner = [_type(part) for part in parts]
        if annotation["value"].get("id") == "HashMap":
            return f"mapping({inner[0]} => {inner[1]})"
        return f"{inner[0]}[{inner[-1]}]"
    return str(annotation.get("value", ""))


def _item(kind: str) -> str:
    if kind.startswith("mapping("):
        return kind.removeprefix("mapping(")[:-1].split(" => ", maxsplit=1)[1]
    return kind.rsplit("[", maxsplit=1)[0] if "[" in kind else ""
