"""What holds after the deployment, before anybody has called anything."""

from __future__ import annotations

from assay.authoring.audit.properties.facts import Facts, done_by
from assay.authoring.audit.properties.judging import Judge
from assay.authoring.audit.properties.setting import Setting
from assay.authoring.audit.properties.stage import CONTRACT, ETHER, Call, Entry
from assay.authoring.trials.cast import START_S


def deployed(setting: Setting, judge: Judge) -> tuple[Facts, tuple[int, ...]]:
    """The facts, and the rules that the deployment carries out: it may pay in."""
    facts = Facts()
    if not setting.constructor_paid:
        return facts, ()
    paid = setting.constructor_paid
    deployer = next(name for name, one in setting.stage.people.items() if one == setting.deployer)
    call = Call(Entry("constructor", is_payable=True), deployer, (), paid, START_S)
    moved = {(ETHER, deployer): -paid, (ETHER, CONTRACT): paid}
    done = done_by(call, moved, plain_is_payment=True)
    nothing = dict.fromkeys(setting.decimals, 0)
    judged = judge.judge(facts, done, has_numbers=False, held=nothing, changed=True)
    return facts.after(done, judged.fulfilled), judged.fulfilled
