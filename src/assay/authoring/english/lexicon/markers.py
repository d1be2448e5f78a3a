"""Words that begin conditions, alternatives, and phrases without weight of their own."""

from __future__ import annotations

from assay.authoring.model import Comparator

FINITE: dict[str, str] = {
    form: kind
    for kind, forms in (
        ("if", "if|if and only if|only if|in the event that|in the event|provided that|provided|"
         "on condition that|on the condition that|on the basis that|where|in case|in any case "
         "where|"
         "to the extent that|to the extent|if and to the extent that|if and to the extent|"
         "if and for so long as|and provided that|provided always that|in each case where|assuming|"
         "in circumstances where|in circumstances in which|insofar as|in so far as|"
         "in the case that|but only if|as long as|so long as|for so long as|"
         "for as long as|subject to the condition that|providing|providing that|"
         "and only if|if at any time|if ever|in the case where|on the understanding that|"
         "only if , and to the extent that ,|only if and to the extent that|"
         "if , and to the extent that ,|only if and insofar as|if and insofar as|"
         "only to the extent that|"
         "in the event where|contingent on|if for any reason|in cases where|but if|and if"),
        ("when", "when|whenever|once|as soon as|each time|every time|immediately after|the moment|"
         "only when|from such time as|from the moment at which|"
         "from the date on which|"
         "as from the date on which|if , but only if ,|if , and only if ,|"
         "at the time at which|on the date on which|"
         "on the day on which|immediately that|forthwith after|only once|immediately once|"
         "promptly after|only after|at the time when|"
         "at such time as|after|immediately when|upon|on|any time|as and when|if and when|"
         "from the moment|but only after|from the time|directly after|right after|"
         "shortly after|following|from when|by the time|starting when|the instant"),
        ("unless", "unless|but not if|but not when|but not where|not if|though not if|"
         "except if|except where|except when|except that|except as|save as|"
         "save where|save if|"
         "save in the event that|save in circumstances where|except in circumstances where|"
         "save only where|save only if|save insofar as|except insofar as|save in so far as|"
         "other than where|other than if|save that|except in the event that|"
         "except to the extent that|"
         "except to the extent|save to the extent that|save to the extent"),
        ("until", "until|till|unless and until|until such time as|before|until after|prior to|"
         "up until|until the time"),
        ("while", "while|whilst|where , and for as long as ,|where , and for so long as ,|"
         "where and for as long as|where and for so long as|if and for as long as|"
         "if , and for as long as ,|if , and for so long as ,|during the time|"
         "during any period in which|"
         "for any period during which|"
         "during any time when|during the period in which|throughout any period in which|"
         "for any period in which|at any time when|during any period during which|"
         "during any period when|as long as|so long as|"
         "for so long as|for as long as|at any time while|at all times while|for the time that"),
    )
    for form in forms.split("|")
}  # fmt: skip
"""What begins a condition with a verb of its own; the longest match counts."""

CONCEDING = ("even if", "even where", "even when", "even though", "whether or not",
             "regardless of whether", "irrespective of whether", "no matter whether")  # fmt: skip
"""What begins a clause that changes nothing."""

NOMINAL: dict[str, str] = {
    form: kind
    for kind, forms in (
        ("when", "upon|on|after|following|against|immediately upon|immediately after|promptly upon|"
         "subject to|conditional upon|conditional on|in the event of|in case of|once|at|only upon|"
         "promptly after|promptly following|simultaneously with|only after|contingent upon|"
         "contingent on|immediately following|as a condition of|only against|in exchange for|"
         "conditioned on|conditioned upon|with|on or after|subject to prior|upon the|"
         "subsequent to|no sooner than|triggered by|not before|forthwith upon|on the occurrence of|"
         "upon the occurrence of|after the occurrence of|in return for|dependent on|shortly after|"
         "in respect of|as soon as|at the time of|on the date of|upon the date of|at the moment "
         "of"),
        ("until", "until|till|before|prior to|pending|in advance of|ahead of|up until|prior to any|"
         "until after|up to the point of|up to the moment of|up to the time of|until the time of"),
        ("unless", "unless|without|except upon|except after|absent|in the absence of|failing|"
         "in default of|otherwise than with|otherwise than upon|"
         "except in case of|except in an|save in an|save for|save with|except with|"
         "other than with|save in case of|"
         "except in the event of|save upon|except on"),
    )
    for form in forms.split("|")
}  # fmt: skip
"""What begins a condition on a noun of an act: "upon delivery of"."""

OTHERWISE = (
    "otherwise", "or else", "failing which", "else", "if not", "failing that",
    "in default of which", "in the absence of such notice", "failing such notice",
    "absent such notice", "in default of such payment", "failing such payment",
    "in the absence of such payment", "in the absence of such confirmation",
    "failing this", "in default whereof", "if it does not", "if they do not",
    "if it fails to do so",
    "if it fails", "or otherwise", "in default", "if not so", "absent which", "if that fails",
    "should it fail to do so", "if they fail to do so", "in the event of failure", "or",
    "if this does not happen", "if that does not happen", "if he fails to do so",
    "in which case not",
    "if she fails to do so", "upon failure to do so", "on failure to do so", "in the alternative",
    "upon failure of which", "in case of failure", "if it does not do so", "if they do not do so",
    "failing payment", "or", "if he does not", "if she does not", "if the former fails to do so",
    "in the event that it fails to do so", "if this deadline is missed", "if it is late",
)  # fmt: skip

IN_THAT_CASE = (
    "in that case", "in this case", "in such case", "in such a case", "in any such case",
    "in that event", "in this event", "in such event", "in such an event", "in any such event",
    "if so", "if this happens", "if that happens", "if this occurs", "if that occurs",
    "should this happen", "should that happen", "when this happens", "when that happens",
    "if this is the case", "if that is the case",
)  # fmt: skip
"""What points at the case that the clause before told."""

WEIGHTLESS = (
    "without owing anything", "without any liability", "without liability", "without penalty",
    "without any penalty", "without compensation", "without any compensation",
    "without any further obligation", "without further obligation",
    "not to be unreasonably withheld", "not to be unreasonably withheld or delayed",
    "such consent not to be unreasonably withheld", "which shall not be unreasonably withheld",
    "such consent not to be unreasonably withheld or delayed",
    "in aggregate", "in the aggregate", "in total", "altogether",
    "without any claim being required",
    "without a claim being required", "without the need for a claim", "without further formality",
    "in full", "in cash", "in writing", "in good faith", "in accordance with the terms",
    "at its sole discretion", "in its sole discretion", "at its own expense", "at its own cost",
    "at its discretion", "in its discretion", "at their own expense", "at his own expense",
    "at the buyer's expense", "free of charge", "by bank transfer", "by wire transfer", "by wire",
    "by transfer", "by email", "by e-mail", "by registered mail", "by registered post", "by post",
    "in person", "at any time", "from time to time", "at all times", "in any event", "in no way",
    "for the avoidance of doubt", "without limitation", "in its absolute discretion",
    "at its own cost and expense", "at its sole cost and expense", "at its sole cost",
    "and expense",
    "in good condition", "in a professional manner", "in a workmanlike manner", "with due care",
    "in respect thereof", "in lieu thereof", "in whole or in part", "in full or in part",
    "in whole", "in part", "in one lump sum", "in a lump sum", "as a lump sum",
    "in a single payment",
    "in one payment", "in one instalment", "in one go", "on the terms of this agreement",
    "on the terms set out herein", "under this agreement", "under this contract",
    "under the agreement", "under the contract", "pursuant to this agreement", "of this agreement",
    "in connection with this agreement", "in consideration thereof", "without further notice",
    "without any further notice", "without further instruction", "without further instructions",
    "without any further instruction", "without further demand", "without demand",
    "without further enquiry", "without further recourse",
    "without notice", "without prior notice", "without any deduction", "without deduction",
    "without interest", "without any interest",
    "without set-off", "without deduction or set-off", "without penalty", "without cause",
    "for any reason", "for no reason", "for convenience", "for whatever reason", "by way of",
    "with immediate effect", "without further action", "without any further action",
    "on a pro rata basis", "pro rata", "in escrow", "into escrow", "to escrow",
    "in proportion to their holdings", "in proportion to its shares", "in equal shares",
    "in equal parts", "equally", "by means of", "on the blockchain", "on chain", "on-chain",
    "by smart contract", "through the smart contract", "via the smart contract", "each",
    "as follows", "the following", "in advance", "in arrears", "up front", "upfront", "as such",
    "apiece", "of its choice", "of their choice", "in accordance with the law",
    "in accordance with applicable law", "to the extent permitted by law", "by law",
    "in its entirety", "on behalf of", "as and when", "or any part thereof",
    "in immediately available funds", "in cleared funds", "by electronic transfer", "in crypto",
    "in kind", "at the same time", "at once", "right away", "straight away", "no matter what",
    "at the latest", "latest", "under this clause", "under this section", "in each case",
    "as a result", "as a consequence", "in addition", "as applicable", "as the case may be",
    "as appropriate", "where applicable", "if any", "if applicable", "or not",
    "via bank transfer", "by cheque", "by credit card", "in lawful money", "in instalments",
    "to its account", "to their account", "in the manner", "for its own account",
    "in good working order", "subject to this agreement",
    "subject to the terms of this agreement",
    "subject to the terms and conditions of this agreement",
    "in the ordinary course of business", "anytime", "after all", "whenever they like", "at will",
    "whenever it likes", "whenever he likes", "whenever she likes", "whenever you like", "on top",
    "with all due care", "to the best of its knowledge", "as it sees fit", "as they see fit",
    "in good order", "in good repair", "in good faith", "by hand", "by courier", "in writing",
    "for free", "at no cost", "at no charge", "so far", "by then at the latest",
    "in the same condition as on delivery", "in the same condition as received",
    "in the condition in which it was received", "in its original condition",
    "without asking anyone", "without asking anybody", "without asking", "without giving reasons",
    "without giving any reason", "without stating reasons", "without further ado",
    "as liquidated damages", "and not as a penalty", "as agreed damages", "as compensation",
    "as liquidated damages and not as a penalty", "as a penalty", "as a late fee",
    "as a contractual penalty", "by way of compensation", "by way of liquidated damages",
    "as security", "as collateral", "as a deposit", "as a security deposit", "as consideration",
    "as a fee", "as a late charge", "by auction", "at auction", "by public auction",
    "in an auction",
    "by way of auction", "by open auction", "at an auction", "in a public auction",
    "in repair", "in force", "in working order", "in full force and effect", "in full force",
    "in a good state of repair", "in perpetuity", "perpetually", "worldwide",
    "notwithstanding anything to the contrary",
    "notwithstanding anything to the contrary herein", "notwithstanding the foregoing",
    "without prejudice to the foregoing", "subject to the foregoing", "at any time thereafter",
    "notwithstanding any other provision of this agreement", "to the contrary",
    "and without limitation",
    "notwithstanding anything to the contrary in this agreement",
    "without prejudice to any other right or remedy", "without prejudice to its other rights",
    "without prejudice to any other remedy", "without prejudice to its other remedies",
    "for the time being", "where necessary", "if necessary", "if required", "where required",
    "as soon as it falls due", "on the terms and conditions of this agreement",
    "on the terms and conditions set out herein", "as provided herein", "as set out herein",
    "as set forth herein", "subject to the provisions of this agreement", "save as aforesaid",
    "without cliff", "with no cliff", "no cliff", "without a cliff", "off the top", "overall",
    "all in", "all told", "all at once",
    "whenever you want", "whenever they want", "whenever he wants",
    "whenever she wants", "whenever it wants", "whenever we want", "whenever i want",
    "any time they like", "any time you like", "any time you want", "no questions asked",
    "each and every", "in one piece", "in one sum", "in a single sum", "in one amount",
    "in one single payment", "in a single amount", "like this", "like so", "in the following way",
    "in this way", "in the following manner", "in the following proportions", "no ifs no buts",
    "safe and sound", "without exception", "fair wear and tear excepted", "without liability",
    "as they fall due", "as and when they fall due", "as it falls due", "as and when due",
    "as and when the same fall due", "when they fall due", "as they become due",
    "without further liability", "without any liability", "subject to fair wear and tear",
    "without notice or payment in lieu of notice", "without notice or payment in lieu",
    "in the same condition as at the commencement thereof", "reasonable wear and tear excepted",
    "or any part of it", "under this policy", "under the policy", "concerned", "in question",
    "as the same falls due", "as the same fall due", "out of courtesy",
)  # fmt: skip
"""Phrases that colour a duty without changing what a specification holds of it."""

NAMED_ACCOUNT = (
    "to the account designated by", "to the bank account designated by", "to the account of",
    "into the account of", "to the wallet of", "to the address of", "into the bank account of",
    "to the bank account of", "to the wallet address of", "to the credit of", "in favour of",
    "in favor of", "for the benefit of", "for the account of", "back to", "over to", "out to", "to",
    "into", "unto", "upon", "onto", "amongst", "among", "between", "with", "at the disposal of",
)  # fmt: skip
SOURCES = (
    "as reported by", "as published by", "according to", "as quoted by", "as shown by",
    "reported by",
    "published by", "quoted by", "measured by", "recorded by", "as measured by", "as recorded by",
    "as determined by", "determined by", "announced by", "as announced by", "as stated by",
    "per the",
    "provided by", "as provided by", "as per", "shown by", "as shown on", "quoted on", "from the",
    "given by", "supplied by", "as given by", "published on", "as confirmed by", "on the",
    "reported on", "as reported on", "as published on", "as quoted on", "registered by",
    "certified by", "fixed by", "as fixed by", "observed by", "as observed by", "posted by",
    "as registered by", "displayed by", "delivered by", "signalled by", "on", "at",
)  # fmt: skip
COMPARING: dict[str, Comparator] = {
    "below": "<", "under": "<", "less than": "<", "lower than": "<", "smaller than": "<",
    "fewer than": "<", "beneath": "<", "above": ">", "over": ">", "more than": ">",
    "greater than": ">", "higher than": ">", "in excess of": ">", "larger than": ">",
    "at least": ">=", "no less than": ">=", "not less than": ">=", "greater than or equal to": ">=",
    "equal to or greater than": ">=", "at or above": ">=", "not below": ">=", "no lower than": ">=",
    "equal to or more than": ">=", "equal to or above": ">=", "a minimum of": ">=",
    "at most": "<=", "no more than": "<=", "not more than": "<=", "less than or equal to": "<=",
    "equal to or less than": "<=", "at or below": "<=", "not above": "<=", "no higher than": "<=",
    "equal to or below": "<=", "not exceeding": "<=", "up to": "<=", "equal to": "=",
    "exactly": "=",
    "equals": "=", "no greater than": "<=", "not higher than": "<=", "not greater than": "<=",
    "strictly below": "<", "strictly above": ">", "strictly less than": "<", "older than": ">",
    "strictly greater than": ">", "longer than": ">", "later than": ">", "earlier than": "<",
    "worse than": "<", "better than": ">", "shorter than": "<", "colder than": "<",
}  # fmt: skip
OUTSIDE = frozenset(
    "rain snow sunshine frost hail storm delay price temperature rainfall index "
    "rate wind windspeed weather score flight level "
    "magnitude "
    "precipitation snowfall humidity inflation cpi libor sofr quote earthquake hurricane match "
    "election result exchange yield".split()
)
"""Quantities that only the outside world knows."""
ALTERNATIVES = tuple(form for form in OTHERWISE if form != "or")
"""Words that begin what follows where a duty is not kept."""

BANS = (
    "not allowed to", "not permitted to", "prohibited from", "forbidden to", "forbidden from",
    "barred from", "agrees not to", "agree not to", "undertakes not to", "undertake not to",
    "promises not to", "covenants not to", "has no right to", "have no right to",
    "in no event", "under no circumstances", "in no case", "on no account",
    "refrain from", "refrains from", "abstain from",
)  # fmt: skip
"""What says that something is not to be done, without a modal and "not" side by side."""
