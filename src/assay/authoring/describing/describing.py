"""A program in plain words, clause by clause.

    text = describe(specification, composition)  # Markdown

It is made from the program that the code is printed from, never from the words of the agreement:
where the two differ, a reader sees it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from assay.authoring.blocks.model import Composition
from assay.authoring.checking.by_hand import hangs_much_on
from assay.authoring.describing.cautions import QUOTE_LENGTH, alone_deciding, cautions
from assay.authoring.describing.phrases import PHRASES
from assay.authoring.model import Language, Specification
from assay.authoring.program.expressions import (
    ARITHMETIC,
    LOGICAL,
    Binary,
    Caller,
    Expression,
    Held,
    Lookup,
    Member,
    Name,
    Nobody,
    Not,
    Now,
    Number,
    Operator,
    Truth,
    names_in,
)
from assay.authoring.program.model import (
    Constant,
    Emit,
    Function,
    If,
    Issue,
    Let,
    Moving,
    Pass,
    Program,
    Pull,
    Require,
    Set,
    Statement,
    statements,
)

_DAY_S = 86_400


def describe(specification: Specification, composition: Composition) -> str:
    """The whole contract in the language of the specification, as Markdown."""
    teller = Teller(composition.program, specification.language)
    phrases, program = PHRASES[specification.language], composition.program
    lines = [phrases["title"].format(name=program.name), "", phrases["warning"], phrases["time"]]
    lines += _left_to_people(specification)
    told: set[str] = set()
    for index, obligation in enumerate(specification.obligations):
        functions = [one for one in composition.kept.get(index, ()) if one not in told]
        if not functions:
            continue
        told |= set(functions)
        words = specification.text[slice(*obligation.span)][:QUOTE_LENGTH]
        number = obligation.clause or str(index + 1)
        lines += ["", phrases["clause"].format(number=number, quote=" ".join(words.split()))]
        for name in functions:
            lines += ["", *teller.named(name)]
    rest = [one for one in program.functions if one.name not in told]
    if rest:
        lines += ["", phrases["unbound"]]
        for function in rest:
            lines += ["", *teller.function(function)]
    return "\n".join([*lines, *_beside(specification, composition)]) + "\n"


def _left_to_people(specification: Specification) -> list[str]:
    """Money, limits and rights that an answer took out of the contract: said before all else."""
    told = [
        "- “" + " ".join(specification.text[slice(*one.span)].split())[:QUOTE_LENGTH] + "”"
        for index, one in enumerate(specification.obligations)
        if one.by_hand and hangs_much_on(specification, index)
    ]
    title = PHRASES[specification.language]["left_title"]
    return ["", title, "", *dict.fromkeys(told)] if told else []


def _beside(specification: Specification, composition: Composition) -> list[str]:
    """What the code's rules do not show: who decides alone, and what nobody enforces."""
    phrases, lines = PHRASES[specification.language], list[str]()
    lines += _from_deployment(specification, composition)
    if own := tuple(alone_deciding(specification)):
        lines += ["", phrases["own_title"], "", *(f"- {one}" for one in own)]
    if told_against := tuple(cautions(specification, composition)):
        lines += ["", phrases["cautions_title"], "", *(f"- {one}" for one in told_against)]
    if composition.outside:
        lines += ["", phrases["outside_title"], ""]
        for index, reason in composition.outside.items():
            words = specification.text[slice(*specification.obligations[index].span)]
            lines.append("- " + phrases["outside"].format(reason=reason, words=words))
    return lines


def _from_deployment(specification: Specification, composition: Composition) -> Iterator[str]:
    """The clauses whose times count from deployment, since their words give nothing else."""
    program, phrases = composition.program, PHRASES[specification.language]
    started = _started(program)
    started |= {name for name, value in _reckoned(program).items() if started & names_in(value)}
    counting = {one.name for one in program.functions if started & _read(one)}
    words = [
        specification.text[slice(*one.span)][:QUOTE_LENGTH]
        for index, one in enumerate(specification.obligations)
        if counting & set(composition.kept.get(index, ()))
    ]
    if words:
        yield from ("", phrases["from_deployment_title"], "")
    for quote in dict.fromkeys(words):
        yield "- " + phrases["from_deployment"].format(words=" ".join(quote.split()))


def _started(program: Program) -> frozenset[str]:
    """The variables that keep the moment of deployment."""
    return frozenset(one.name for one in program.variables if one.fixed and one.initial == Now())


def _reckoned(program: Program) -> dict[str, Expression]:
    """The variables that are computed once, at deployment, and how."""
    fixed = ((one.name, one.initial) for one in program.variables if one.fixed)
    return {name: value for name, value in fixed if value is not None and value != Now()}


def _recorded(program: Program) -> frozenset[str]:
    """The variables that keep when something was said or done: 0 is never."""
    return frozenset(
        one.variable
        for function in program.functions
        for one in statements(function.body)
        if isinstance(one, Set) and one.value == Now()
    )


def _read(function: Function) -> frozenset[str]:
    """Names of values that a function's checks and sums read."""
    found: set[str] = set()
    for statement in statements(function.body):
        match statement:
            case Require(condition, _, _) | If(condition, _, _):
                found |= names_in(condition)
            case Let(_, value) | Set(_, value, _):
                found |= names_in(value)
            case _:
                pass
    return frozenset(found)


class Teller:
    """Tells the functions of one program."""

    def __init__(self, program: Program, language: Language) -> None:
        self._program = program
        self._phrases = PHRASES[language]
        self._constants = {constant.name: constant for constant in program.constants}
        self._names = {role.name: _called(role.text or role.name) for role in program.roles}
        self._started = _started(program)
        self._reckoned = _reckoned(program)
        self._recorded = _recorded(program)
        self._names |= {group.name: group.text or group.name for group in program.groups}

    def named(self, name: str) -> Iterator[str]:
        """A function by its name; one that every token has says only when it can be called."""
        own = next((one for one in self._program.functions if one.name == name), None)
        issued = self._program.issued
        if own is not None:
            yield from self.function(own)
        elif issued is not None and issued.movable is not None:
            told = self.condition(issued.movable)
            yield self._phrases["movable"].format(asset=issued.symbol or issued.name, when=told)

    def function(self, function: Function) -> Iterator[str]:
        """Its sentences, as lines of a list."""
        phrases = self._phrases
        if function.callers:
            callers = phrases["or"].join(self._names[one] for one in function.callers)
            yield phrases["callers"].format(callers=callers, function=function.name)
        else:
            yield phrases["anybody"].format(function=function.name)
        if function.arguments:
            arguments = ", ".join(f"`{name}`" for name, _ in function.arguments)
            yield phrases["given"].format(arguments=arguments)
        yield from self._units_of(function)
        yield ""
        yield from self._body(function.body, "")

    def _units_of(self, function: Function) -> Iterator[str]:
        """In what a value is reported, where the function takes one."""
        texts = {one.name: one.text for one in self._program.variables}
        given = {Name(name) for name, _ in function.arguments}
        for one in statements(function.body):
            if isinstance(one, Set) and one.value in given and texts[one.variable]:
                text = texts[one.variable]
                yield self._phrases["unit"].format(value=self.value(one.value), text=text)

    def _body(self, body: tuple[Statement, ...], indent: str) -> Iterator[str]:
        phrases = self._phrases
        for statement in body:
            match statement:
                case If(condition, then, otherwise):
                    yield f"{indent}- " + phrases["if"].format(condition=self.condition(condition))
                    yield from self._body(then, indent + "  ")
                    if otherwise:
                        yield f"{indent}- " + phrases["else"]
                        yield from self._body(otherwise, indent + "  ")
                case _:
                    yield f"{indent}- {self._sentence(statement)}"

    def _sentence(self, statement: Require | Let | Set | Emit | Moving) -> str:
        phrases = self._phrases
        match statement:
            case Require(condition, error, _):
                return f"{self._refusal(condition)} (`{error}`)"
            case Let(name, value):
                return phrases["let"].format(name=name, value=self.value(value))
            case Set(variable, value, key):
                target = self.value(Name(variable) if key is None else Lookup(variable, key))
                return phrases["set"].format(target=target, value=self.value(value))
            case Emit(event, _):
                return phrases["emit"].format(event=event)
            case _:
                return self._movement(statement)

    def _refusal(self, condition: Expression) -> str:
        """What is refused, without a double negation."""
        phrases = self._phrases
        match condition:
            case Not(forbidden):
                return phrases["refused_if"].format(condition=self.condition(forbidden))
            case Binary("==", left, Number(0)) if self._is_record(left):
                recorded = phrases["recorded"].format(value=self.value(left))
                return phrases["refused_if"].format(condition=recorded)
            case _:
                return phrases["refused"].format(condition=self.condition(condition))

    def _movement(self, statement: Moving) -> str:
        issued = self._program.issued
        match statement:
            case Pull(asset, amount):
                return self._phrases["pull"].format(amount=self._money(amount, asset))
            case Issue(recipient, amount):
                kind, asset = "issue", issued.name if issued else ""
            case Pass(asset, recipient, amount, None):
                kind = "pass"
            case Pass(asset, recipient, amount, payer) if payer is not None:
                money, to = self._money(amount, asset), self.value(recipient)
                told = self._phrases["charge"]
                return told.format(amount=money, recipient=to, payer=self.value(payer))
            case _:
                kind, asset = "push", statement.asset
                recipient, amount = statement.recipient, statement.amount
        money, to = self._money(amount, asset), self.value(recipient)
        return self._phrases[kind].format(amount=money, recipient=to)

    def _money(self, amount: Expression, asset: str) -> str:
        moved = self._program.asset(asset)
        symbol = moved.symbol or asset
        told = self.value(amount)
        if isinstance(amount, Number):
            told = _plain(amount.value, moved.decimals)
        return told if told.endswith(symbol) else f"{told} {symbol}"

    def condition(self, condition: Expression) -> str:
        """A truth, in words."""
        if isinstance(condition, Binary) and condition.operator in ("and", "or"):
            told = self._phrases[condition.operator]
            return told.join(
                self._bracketed(one, condition.operator, self.condition(one))
                for one in (condition.left, condition.right)
            )
        if isinstance(condition, Not) and isinstance(condition.value, Name | Lookup):
            return self._phrases["is_untrue"].format(value=self.value(condition.value))
        if isinstance(condition, Not):
            inner = condition.value
            key = f"not_{inner.operator}" if isinstance(inner, Binary) else "not"
            return self._phrases.get(key, self._phrases["not"]).format(value=self.condition(inner))
        told = self.value(condition)
        plain = isinstance(condition, Name | Lookup)
        return self._phrases["is_true"].format(value=told) if plain else told

    def value(self, expression: Expression) -> str:
        """What is computed, in words."""
        phrases = self._phrases
        match expression:
            case Binary("==" | "!=" as operator, left, Number(0)) if self._is_record(left):
                key = "unrecorded" if operator == "==" else "recorded"
                told = phrases[key].format(value=self.value(left))
            case Binary(operator, left, right):
                told = phrases[operator].format(
                    left=self._bracketed(left, operator, self.value(left)),
                    right=self._bracketed(right, operator, self.value(right)),
                )
            case Lookup(mapping, key):
                told = phrases["lookup"].format(mapping=f"`{mapping}`", key=self.value(key))
            case Member(group, who):
                told = phrases["member"].format(who=self.value(who), group=self._names[group])
            case Not():
                told = self.condition(expression)
            case Held(asset):
                told = phrases["held"].format(asset=self._program.asset(asset).symbol or asset)
            case Name(name):
                told = self._name(name)
            case _:
                told = self._leaf(expression)
        return told

    def _is_record(self, expression: Expression) -> bool:
        match expression:
            case Name(name) | Lookup(name, _):
                return name in self._recorded
        return False

    def _bracketed(self, inner: Expression, outer: Operator, told: str) -> str:
        """In words "a plus b times c" has no order, and so each part stands in brackets."""
        if isinstance(inner, Name):
            inner = self._reckoned.get(inner.name, inner)
        if not isinstance(inner, Binary):
            return told
        same = inner.operator == outer and outer in ("and", "or", "+", "*")
        words = inner.operator in ARITHMETIC and outer in ARITHMETIC
        apart = (words or inner.operator in LOGICAL) and not same
        return self._phrases["brackets"].format(value=told) if apart else told

    def _name(self, name: str) -> str:
        if name in self._started:
            return self._phrases["deployment"]
        if name in self._reckoned:
            return self.value(self._reckoned[name])
        constant = self._constants.get(name)
        if constant is not None:
            return _shown(constant, self._phrases)
        return self._names.get(name, f"`{name}`")

    def _leaf(self, expression: Number | Truth | Nobody | Caller | Now) -> str:
        match expression:
            case Number(value):
                return str(value)
            case Truth(value):
                return self._phrases["true" if value else "false"]
            case Caller():
                return self._phrases["caller"]
            case Now():
                return self._phrases["now"]
            case Nobody():
                return self._phrases["nobody"]


def _called(text: str) -> str:
    """Somebody as a sentence names them: "Seller: Anna" is Anna (Seller)."""
    role, colon, name = text.replace("：", ":").partition(":")
    if not colon or not name.strip():
        return text
    brackets = "({})" if role.isascii() else "（{}）"
    gap = " " if role.isascii() else ""
    return f"{name.strip()}{gap}{brackets.format(role.strip())}"


def _shown(constant: Constant, phrases: Mapping[str, str]) -> str:
    """A constant as people say it, with its words where the text has some."""
    value = constant.value
    match constant.unit:
        case "amount":
            told = _plain(value, constant.decimals)
        case "seconds" if value % _DAY_S == 0:
            days = value // _DAY_S
            told = phrases["day" if days == 1 else "days"].format(count=days)
        case "months":
            told = phrases["month" if value == 1 else "months"].format(count=value)
        case "seconds":
            told = phrases["seconds"].format(count=value)
        case "time":
            told = datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        case _ if constant.decimals:
            number = _plain(value, constant.decimals)
            told = phrases["measured"].format(number=number, value=value)
        case _:
            told = f"{value:,}"
    return told


def _plain(units: int, decimals: int) -> str:
    return f"{Decimal(units).scaleb(-decimals).normalize():,f}"
