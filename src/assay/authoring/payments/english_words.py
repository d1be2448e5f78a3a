"""The wordings of payment requests in English, as patterns."""

from __future__ import annotations

import re

from assay.authoring.payments.found import REFERENCE

_ANY_CASE = re.IGNORECASE
WORD = r"[A-ZÀ-ÞΑ-ЯІЈЅ0-9][^\s,;:()<>\"!?]*"
NAME = rf"{WORD}(?:[ \t]+(?:{WORD}|&|and(?=[ \t]+{WORD})|of(?=[ \t]+{WORD})|de|van|der|von|la))*"
VERB = r"(?:pay|send|transfer|wire|remit|settle|release|disburse|reimburse|forward)"
MONEY = r"(?:[$€£¥₹]|(?:USD|EUR|GBP|CNY|US\$)\s?)?\d"
LABELS = re.compile(
    r"^[ \t>*#|-]*(?:payee|pay to|payable to|beneficiary(?: name)?|recipient|vendor"
    r"|supplier|remit to|"
    r"account name|account holder|creditor|invoice from|billed by|bill from|seller"
    r"|contractor)[ \t]*[*|]*"
    r"[ \t]*[:=|][ \t*]*(?P<name>[^\n|(<]+)",
    _ANY_CASE | re.MULTILINE,
)
TO = re.compile(
    rf"\b(?i:{VERB}|{VERB}ing|payment|transfer|remittance|payout|owed?|due|payable)\b[^.\n]*?"
    rf"\b(?i:to|for) (?P<name>{NAME})"
)
TO_AFTER_MONEY = re.compile(
    rf"\d[\w,.]*(?:[ \t]+[A-Za-z]{{2,8}})?[ \t]+to (?P<name>@?[\w'&-]+(?:[ \t]+{NAME})?)"
)
OBJECT = re.compile(
    rf"\b(?i:{VERB}) (?!to\b|for\b|the\b|this\b|our\b|my\b|us\b|me\b|it\b|invoice\b|a\b|an\b|in\b"
    r"|within\b|by\b|before\b|until\b|on\b|at\b|now\b|today\b)"
    rf"(?P<name>@?[^\W\d][\w'&.-]*(?:[ \t]+(?!the\b|for\b|to\b|his\b|her\b|their\b"
    rf"|a\b)[\w'&.-]*[^\W\d][\w'&.-]*){{0,5}}?)"
    rf"(?:'s\b|,)?[ \t]+(?:the sum of |the amount of |a total of |exactly |his |her "
    rf"|their )?(?={MONEY})"
)
POSSESSOR = re.compile(
    rf"\b(?i:{VERB}) (?P<name>{NAME}?)'s?[ \t]+(?i:invoice|bill|fee|salary|wages|rent)"
)
FOR_INVOICE = re.compile(
    rf"\b(?i:invoice|bill)(?:[ \t]+(?:no\.?|number|#)?[ \t]*\S*\d\S*)?[ \t]+(?i:from"
    rf"|of|by) (?P<name>{NAME})"
)
SELF = re.compile(
    rf"\b{VERB}(?:ing)?\b[^.\n]{{0,40}}\b(?:us|me|our|my)\b|\b(?:owe|owes"
    rf"|owed) (?:us|me)\b|\bplease find (?:attached |enclosed )?our invoice"
    r"|\bour (?:invoice|bill|fee)\b|\bmy (?:invoice|fee|salary|expenses)\b"
    r"|\breimburse me\b|\b(?:to|into) (?:our|my) (?:usual )?(?:account|wallet"
    r"|address)\b"
    r"|\b(?:i|we) (?:would like to|want to|hereby) (?:request|claim|invoice)\b"
    r"|\b(?:i|we) (?:request|claim)\b",
    _ANY_CASE,
)
FROM = re.compile(
    r"^[ \t>]*from[ \t]*:[ \t]*\"?(?P<name>[^\n<\"(@,]+?)\"?[ \t]*(?:[<(,]|$)",
    _ANY_CASE | re.MULTILINE,
)
CLOSING = re.compile(
    r"^[ \t]*(?:(?:best|kind|warm)?[ \t]*(?:regards|wishes)|thanks(?: a lot"
    r"| again)?|thank you|sincerely|yours\b[^\n]*|cheers|best|many thanks"
    r"|respectfully)[ \t]*[,.!]?[ \t]*\n+[ \t]*(?P<name>[^\n,"
    r"|]+)(?P<next>(?:\n[^\n]*)?)",
    _ANY_CASE | re.MULTILINE,
)
INTRODUCED = re.compile(
    rf"\b(?:[Tt]his is|I am|I'm|[Ww]e,|[Ww]e are|[Hh]ere is"
    rf"|[Oo]n behalf of) (?:[A-Z]\w+ (?:from|of|at) )?(?P<name>{NAME})"
)
TOTAL = re.compile(
    r"\b(?:grand total|total(?: amount)?(?: due| payable)?|amount(?: due| payable| to pay)?"
    r"|balance due|sum due|payment amount)\b[ \t*|]*(?:is|of|:|=|\|)?[ \t*|]*(?:exactly )?$",
    _ANY_CASE,
)
SUBTOTAL = re.compile(
    r"\b(?:sub-?total|vat|tax|discount|unit price|rate|per (?:hour|day|unit|month"
    r"|item)|budget|limit|previously|last (?:month|year|time)|already paid"
    r"|deposit paid|instead of|not)\b[^\n;]{0,15}$",
    _ANY_CASE,
)
UNIT_PRICE = re.compile(
    r"[ \t]*(?:(?:each|apiece|per|every|an?|the (?:piece|hour|day|unit|page|head))\b"
    r"(?![ \t]+(?:month|week|year|quarter|fortnight))|/|for (?:each|every)\b)",
    _ANY_CASE,
)
"""Behind an amount: it is the price of one thing."""
AT_PRICE = re.compile(r"(?:\bat(?: (?:the|a) (?:rate|price) of)?|@|[x×*])[ \t]*$", _ANY_CASE)
ASKING = re.compile(
    rf"\b(?:{VERB}(?:ing)?|payment|payout|owe|owes|invoice|bill|due|request\w*"
    rf"|remittance|settlement|reimbursement|fee|salary|refund)\b",
    _ANY_CASE,
)
ROUGH = re.compile(
    r"\b(?:about|around|approximately|roughly|some|circa|up to|at least|at most"
    r"|between|more than|less than|or so|max(?:imum)?|min(?:imum)?"
    r"|no more than)\s*(?:[A-Z$€£]{0,4}\s*)?$|\b(?:another|additional|extra)\s*$",
    _ANY_CASE,
)
DUE = re.compile(
    r"\b(?:due(?: date)?(?: on| by)?|pay(?:able|ment)?(?: due)?(?: date)?(?: by| on"
    r"| before| until)|by|before|no later than|not later than|until|deadline|latest"
    r"|on)\b[ \t*|:]*(?:is|the|end of day|eod|close of business)?[ \t:]*(?:(?:mon"
    r"|tues|wednes|thurs|fri|satur|sun)day,?[ \t]*)?$",
    _ANY_CASE,
)
TERM = re.compile(
    r"\b(?:within|net|in)[ \t]+(?P<count>\d{1,3})(?:[ \t]*(?:calendar |business "
    r"|working )?days?)?\b",
    _ANY_CASE,
)
REASON_LABEL = re.compile(
    r"^[ \t>*#|-]*(?:reason|purpose|for|description|re|memo|service|services"
    r"|details of work|concerning|payment for)[ \t]*[*|]*[ \t]*[:="
    r"|][ \t*]*(?P<reason>[^\n|]+)",
    _ANY_CASE | re.MULTILINE,
)
SUBJECT = re.compile(
    r"^[ \t>]*subject[ \t]*:[ \t]*(?:(?:re|fwd?)[ \t]*:[ \t]*)*(?P<reason>[^\n]+)",
    _ANY_CASE | re.MULTILINE,
)
REASON = re.compile(
    r"\b(?:for|covering|towards|in respect of|as payment for"
    r"|being)[ \t]+(?P<reason>(?!\d+ days\b)[^\n.;!?]*?(?:\.\d[^\n.;!?]*?)*?)"
    r"(?=[ \t]*(?:$|[\n.;!?]|,? (?:by|before|due|no later|to 0x|into|until|thanks"
    r"|please|to the (?:usual|address|account))\b|,[ \t]))",
    _ANY_CASE,
)
NUMBER = re.compile(
    rf"\b(?:invoices?|inv|bills?|reference|ref|orders?|po|purchase order|contract"
    rf"|receipts?)\b[ \t.]*(?:no\.?|number|num|nr\.?|id|#)?(?:[ \t]+is)?"
    rf"[ \t]*[:#|]*[ \t*]*#?{REFERENCE}",
    _ANY_CASE,
)
HASH_NUMBER = re.compile(rf"(?<![\w&])#{REFERENCE}|\b(?P<code>INV[-/]?[\w/-]*\d)", _ANY_CASE)
CONDITION = re.compile(
    r"\b(?:if|once|unless|provided(?: that)?|as soon as|only when|when|subject to"
    r"|upon|pending|contingent on|after)\b(?! (?:you have|there (?:are|is) any|any"
    r"|possible|needed|convenient|this is (?:paid|done)|receiving this"
    r"|receipt of this|paid|done|payment))",
    _ANY_CASE,
)
REPEATED = re.compile(
    r"\b(?:every|each) (?:month|week|day|year|quarter|fortnight)\b|\b(?:monthly"
    r"|weekly|daily|yearly|recurring)\b(?! (?:fee|rent|invoice|report|retainer"
    r"|subscription|newsletter|hosting|service|statement|salary|maintenance|bill"
    r"|licen[cs]e|cleaning|support))|\bper (?:month|week|day|year) (?:until|for)\b"
    r"|\bin (?:two|three|four|five|six|\w+ equal|\d+)(?: equal)? (?:instal?ments|parts|payments"
    r"|tranches)\b"
    r"|(?:\d|\b(?:usdc?|usdt|dai|eurc?|eth|assay|dollars?|euros?|pounds?|yuan)) an?"
    r" (?:month|week|day|year|quarter|fortnight)\b(?! (?:ago|in advance|early|later|late|before"
    r"|after))"
    r"|\b(?:every|each) (?:first |second |third |last |other |\d+(?:st|nd|rd|th) )*(?:of the month|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|first|working day|business day|morning|evening)\b"
    r"|\bevery (?:first|second|third|last|other|\d+(?:st|nd|rd|th)?)\b"
    r"|\bthe same (?:amount |sum )?(?:again|each|every|next|on|in|after)\b|\bthe same again\b"
    r"|\bagain (?:next|every|each|on|in|after|the)\b|\brepeat(?:ed|ing|s)?\b(?! (?:order|request))",
    _ANY_CASE,
)
REQUEST = re.compile(
    rf"\b(?:{VERB}|paying|sending|request\w*|owe[sd]?|due|payable|invoice|bill|reimburs\w+|payment"
    r"|shoot|payee|beneficiary|transferr?(?:ing|ed)?|claim|balance)\b",
    _ANY_CASE,
)
"""Without any of these nobody asks for money."""
NO_REQUEST = re.compile(
    r"\b(?:actually|correction|i meant|make that|scrap that|on second thoughts?)\b"
    r"|\b(?:cancel|reverse|revoke|recall|undo|claw back)\b(?!-)|\bdraft\s*:|\btest only\b"
    r"|\b(?:this is|just|only) a test\b|\bexample of\b|\bphishing\b"
    r"|\b(?:is|was|as|be) an? (?:scam|fraud|fake)\b"
    r"|\b(?:do not|don't) (?:execute|act)\b|\bwhether to\b|\bremind me\b"
    r"|\b(?:nobody|no one|why|who|when) (?:should|did|do|would|will|has)\b"
    r"[^.\n]{0,20}\bpa(?:y|id)\b"
    r"|\b(?:wait (?:for|until|till)|hold (?:until|till|it|this)|check with|ask \w+ (?:first|before)"
    r"|before (?:you pay|paying|sending)|whichever|either|minus|less the"
    r"|owes us)\b|"
    r"\b(?:not|never|refuse[sd]? to|refusing to|rather than|instead of|shouldn't|against|wrongly"
    r"|stop|without) (?:to )?(?:pay|paying|send|sending|transfer|transferring|wire|wiring"
    r"|releas\w+)\b|"
    r"\b(?:do not|don't|please do not|never|must not|should not|shouldn't|cannot"
    r"|no need to) (?:yet |ever )?(?:pay|send|transfer|wire|remit|release|process)\b"
    r"|\b(?:has|have|had|was|were|been|we|you|i)(?: already"
    r"| now)? (?:been )?(?:already )?(?:paid|settled|cancel?led|voided|refunded)\b"
    r"|\balready paid\b|\bno payment (?:is )?(?:due|required|needed)\b"
    r"|\b(?:this is not an? (?:invoice|request|bill)|quotation|quote|estimate"
    r"|pro[- ]?forma|for information only|no action (?:is )?(?:needed|required)"
    r"|draft invoice|credit note|statement of account)\b"
    r"|\b(?:should|shall|could|can|did|do|have) (?:we|i) (?:pay|paid|send"
    r"|sent)\b[^.\n]*\?|\bhold (?:off|the) (?:on )?(?:the )?payments?\b|\bon hold\b"
    r"|\bmay (?:have to|need to) pay\b|\bis considering\b|\bnot (?:in)?to (?: {8,}|0x)",
    _ANY_CASE,
)
PART = re.compile(
    r"\d[ \t]*(?:%|percent\b)[ \t]*(?:of|deposit|upfront|advance|now|discount)"
    r"|\b(?:half|a third|the rest|remainder|remaining)\b"
    r"|(?<!\w)(?:plus|\+|excluding|excl\.?|before|net of|less|minus)[ \t]+"
    r"(?:\d[\d.,]*[ \t]*(?:%|percent)|vat\b|tax\b|gst\b|sales tax\b)",
    _ANY_CASE,
)
NEVER_NAMES = frozenset(
    [
        "invoice",
        "the",
        "this",
        "please",
        "account",
        "wallet",
        "your",
        "our",
        "my",
        "usd",
        "usdc",
        "eur",
        "gbp",
        "today",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "you",
        "him",
        "them",
        "us",
        "me",
        "it",
        "iban",
        "hi",
        "hello",
        "dear",
        "address",
        "0x",
    ]
)
NAME_STARTS = frozenset(
    [
        "the",
        "our",
        "vendor",
        "supplier",
        "invoice",
        "mr",
        "ms",
        "mrs",
        "contractor",
        "payee",
        "company",
        "mister",
        "to",
    ]
)
"""Words before a name that are no part of it, where more follows."""
NAME_ENDS = frozenset(
    [
        "of",
        "and",
        "for",
        "the",
        "exactly",
        "a",
        "total",
        "sum",
        "by",
        "on",
        "please",
        "invoice",
        "de",
        "about",
        "around",
        "approximately",
        "roughly",
        "up",
        "at",
        "between",
        "another",
        "only",
        "just",
        "now",
        "today",
    ]
)
LEGAL_FORMS = frozenset(
    [
        "gmbh",
        "ltd",
        "llc",
        "inc",
        "ag",
        "sa",
        "bv",
        "plc",
        "kg",
        "oy",
        "ab",
        "co",
        "se",
        "nv",
        "srl",
        "llp",
        "pty",
        "pte",
        "corp",
        "sarl",
        "spa",
        "ug",
        "as",
    ]
)
"""They end a company's name, and are no token before a number."""
