"""Sentences that carry no duty: recitals, governing law, headings, signatures.

>>> is_boilerplate("This Agreement shall be governed by the laws of England.")
True
"""

from __future__ import annotations

import re

_PATTERNS = re.compile(
    r"""^\W*(?:
    whereas\b | now,?\s+therefore\b | in\s+witness\s+whereof\b | witnesseth\b | recitals?\b
  | this\s+(?:\w+\s+){0,3}?(?:agreement|contract|deed|lease)\s+(?:\([^)]*\)\s*)?
      (?:is|was)\s+(?:made|entered|dated|concluded|executed|between)\b
  | this\s+(?:\w+\s+){0,3}?(?:agreement|contract|deed|lease)\s+sets?\s+out\b
  | this\s+(?:\w+\s+){0,3}?(?:agreement|contract|deed|lease)\s*,?\s+(?:dated|made|between)\b
  | (?:the\s+)?parties\s+(?:hereby\s+)?agree\s+(?:as\s+follows|to\s+the\s+following)
  | (?:it\s+is\s+)?(?:hereby\s+)?agreed\s+as\s+follows
  | (?:purchase|sale|service|lease|rental|loan|escrow|supply|licen[cs]e)?\s*agreement\W*$
  | (?:the\s+)?(?:\w+\s+){0,2}(?:headings?|titles|captions)\b.*\b(?:convenience|reference|
      interpret\w*|construction|ignored)
  | (?:the\s+)?(?:recitals?|schedules?|annex(?:es)?|appendix|appendices|exhibits?|preamble)\b.*
      \b(?:parts?|incorporated|integral)\b
  | (?:this|the|these)\s+(?:\w+\s+)?(?:agreement|contract|terms|deed)\b.*\b(?:take|takes|taking)
      \s+effect\b
  | (?:this|the)\s+(?:\w+\s+)?(?:agreement|contract|deed)\b.*\b(?:counterparts?|electronic\w*)\b
  | (?:the\s+)?(?:english|french|german|chinese|spanish)\s+(?:language\s+)?(?:version|text)\b
  | (?:use\s+of\s+)?(?:the\s+)?(?:singular|masculine|words?)\b.*\b(?:plural|genders?)\b
  | (?:neither|no)\s+party\b.*\bliable\b.*\b(?:(?:reasonable|its)\s+control|
      force\s+majeure|acts?\s+of\s+god)
  | (?:the|all|each|this|these)\s+(?:\w+\s+){0,3}(?:prices?|fees?|rates?|premiums?|rent|salary)\s+
      (?:is|are|remains?|(?:shall|will)\s+(?:be|remain))\s+
      (?:firm|fixed|final|inclusive|exclusive|non-negotiable)\b
  | (?:the|all|each|this|these)\s+(?:\w+\s+){0,3}(?:prices?|fees?|rates?|premiums?|rent|salary)\s+
      (?:(?:shall|will|does\s+not|do\s+not)\s+)?(?:includes?|excludes?|covers?)\b
  | by\s+and\s+between\b | between:?\W*$
  | dated?\s*:?\s+(?:as\s+of\s+)?\w+\s+\w+\s+\d{4}\W*$
  | (?:made\s+|entered\s+into\s+)?between\b[^;]*\band\b[^;]*\([^)]*["“][^)]*\)
  | and:?\W*$ | parties:?\W*$ | background:?\W*$
  | disputes?\b.*\b(?:arbitrat\w*|courts?|mediation)
  | (?:many\s+)?thank(?:s|\s+you)\b[^.!?,;]*[.!]*\W*$ | (?:best|kind)?\s*regards\b
  | signed\s+(?:by|for|on|in|at)\b | done\s+(?:at|in)\b | signature\b
  | date:?\W*$ | name:?\W*$ | title:?\W*$
  | words\s+(?:in|importing|denoting)\s+the\s+singular
  | in\s+this\s+(?:agreement|contract)\s*[,:]?\s*(?:unless|the\s+following|words|references)
  | references?\s+to\b.*\b(?:include|clauses?|schedules?|are)\b
  | an?\s+\w+\s+(?:wishes|desires|intends)\s+to\b
  | the\s+(?:\w+\s+){1,3}(?:wishes|wish|desires|desire|intends)\s+to\b
  | the\s+(?:\w+\s+){1,3}is\s+(?:the\s+(?:legal\s+|sole\s+)?owner\s+of|engaged\s+in|
      in\s+the\s+business)\b
  )
  | \b(?:(?:shall|will|must)\s+be|is|are)\s+(?:governed\s+by|construed\s+in\s+accordance|
      subject\s+to\s+the\s+(?:exclusive\s+|non-exclusive\s+)?jurisdiction)
  | \b(?:constitutes?|represents?|contains?|is)\s+the\s+(?:entire|whole|complete)\s+
      (?:agreement|understanding)
  | \bentire\s+agreement\s+between\b
  | \bsubmits?\s+to\s+the\s+(?:non-)?(?:exclusive\s+)?jurisdiction\b
  | \b(?:any|all)\s+disputes?\b.*\b(?:arbitrat|courts?|resolved|settled|referred|mediation)
  | \bagree[sd]?\s+(?:as\s+follows|to\s+the\s+following|upon\s+the\s+following)\b
  | \bexecuted\s+in\s+(?:\w+\s+)?(?:\(\d+\)\s+)?(?:counterparts|copies|originals|duplicate)
  | \bcounterparts\b.*\b(?:original|instrument)
  | \b(?:held|found|deemed|declared|becomes?)\s+(?:to\s+be\s+)?(?:invalid|illegal|
      unlawful|inoperative|unenforceable|void)
  | \bprovisions?\b.*\b(?:invalid|unenforceable|severable|remain\s+in\s+(?:full\s+)?force)
  | \binvalidity\s+or\s+unenforceability\b | \bseverab
  | \btime\s+(?:is|(?:shall|will)\s+be)\s+of\s+the\s+essence
  | \bsupersedes?\b.*\b(?:agreements?|understandings?|negotiations)
  | \b(?:construed|deemed|operate|regarded|treated|considered|constitute)\b.*\bwaiver\b
  | \bno\s+(?:failure|delay|waiver)\b.*\b(?:waiver|operate|deemed|effective|valid|binding)
  | ^\W*(?:no|any|all)\b[^.]{0,30}\b(?:amendment|modification|variation|alteration|supplement|
      change)s?\b(?:\s+(?:of|to)\s+(?:this|the|these)\s+(?:\w+\s+)?(?:agreement|contract|terms|
      deed)|\s+(?:shall|is|are|will|must)\b).*\b(?:in\s+writing|signed|written)
  | \bnotices?\s+(?:under|required|given|shall|must|to\s+be\s+(?:given|served))\b
    .*\b(?:address|writing|e-?mail|delivered\s+by)
  | \b(?:binding\s+(?:up)?on|inure\s+to\s+the\s+benefit)\b.*\bsuccessors\b
  | \bmay\s+(?:only\s+)?be\s+(?:amended|varied|modified|altered)\s+(?:only\b|by\b.*\bwriting)
  | \b(?:agreement|contract|deed|terms|provisions?)\b.*\b(?:shall|may|can)\s*not\s+be\s+
    (?:amended|varied|modified|altered|supplemented|changed)\b.*\b(?:writing|written|signed)
  | \bnothing\s+in\s+(?:this|these)\s+(?:agreement|contract|clause|terms)\b
    (?!.*\b(?:prevents?|restricts?|prohibits?|obliges?|requires?|stops?|entitles?)\b)
  | \bfor\s+the\s+purposes\s+of\s+this\s+(?:agreement|contract)\b
  | \bhas\s+the\s+(?:full\s+)?(?:power|capacity|authority)\s+(?:and\s+\w+\s+)?to\s+enter\b
  | \b(?:represents?|warrants?)\s+(?:and\s+(?:represents?|warrants?)\s+)?
    (?:to\s+[\w\s]{1,40})?that\b
    (?!.*\b(?:pay|transfer|deliver|refund|shall|must|may)\b)
  | \brights\s+and\s+remedies\b.*\bcumulative
  | \b(?:inconsistency|conflict|discrepancy|ambiguity)\b.*\b(?:prevails?|precedence|controls?)\b
  | \b(?:no|not|nothing)\b.*\bcreates?\b.*\b(?:partnership|joint\s+venture|agency|employment)
  | \bindependent\s+contractors?\b.*\b(?:not|no)\b.*\b(?:agents?|employees?|partners?)\b
  | \bsurvives?\b.*\b(?:termination|expiry|expiration|completion)\b(?!.*\b(?:years?|months?|days?))
  | \bnot\s+(?:a\s+)?part(?:y|ies)\s+to\b.*\b(?:no\s+rights?|enforce)\b
  | \b(?:acknowledges?|confirms?|declares?|agrees?|understands?|accepts?)\s+that\s+
    (?:it|they|he|she|each)\s+(?:is|are|has|have)\s+
    (?:duly|fully|validly|the\s+(?:full|opportunity|capacity|power)|had|read|understood|obtained|
    not\s+relied|taken|all|solvent|authori[sz]ed|experienced|aware)\b
  | \b(?:drafted|drawn\s+up|concluded|made\s+out|written)\s+in\s+(?:the\s+)?
    (?:english|french|german|chinese|spanish)\b
  | \bconstrued\s+against\b
  | (?:the\s+|all\s+|any\s+)?(?:already\s+)?vested\s+(?:tokens?|shares?|options?|amounts?|part)\s+
    (?:remains?|stays?|belongs?)\s+(?:to\s+)?(?:hers|his|theirs|yours|mine|him|her|them|
    with\s+(?:him|her|them)|(?:the\s+)?\w+(?:['’]s)?(?:\s+property)?)\W*$
  | \bthird\s+part(?:y|ies)\b.*\bno\s+rights?\s+(?:to\s+enforce|under)
  | \bforce\s+majeure\b.*\bneither\b|^neither\s+party\s+shall\s+be\s+(?:liable|responsible)
    \b.*\b(?:force\s+majeure|beyond)
  | \bcomes?\s+into\s+(?:force|effect)\b
    (?!.*\b(?:ends?|expires?|until|terminates?|years?|months?)\b).*\b(?:signed|signature|signing|both|date)\b
  """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


_SOURCE = re.compile(
    r"^\W*(?:(?:the|all|any)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:data|prices?|rates?|readings?|figures|values?|measurements|temperatures?|rainfall|scores?|"
    r"results?|statistics|feeds?)\s+(?:(?:is|are|will\s+be|shall\s+be)\s+"
    r"(?:taken|read|provided|supplied|published|obtained|drawn|sourced|delivered|reported|measured|"
    r"determined)|comes?|shall\s+come|will\s+come)\s+(?:\w+\s+)?(?:from|by|through|according\s+to)\b",
    re.IGNORECASE,
)


def names_source(sentence: str) -> bool:
    """Whether a sentence only says where data come from: "Prices are taken from Chainlink"."""
    return _SOURCE.search(sentence) is not None and _PERFORMS.search(sentence) is None


_INSERTED = re.compile(
    r"\(\s*(?:which|such|(?:such\s+)?(?:consent|approval))\b[^()]*\bunreasonably\b[^()]*\)"
    r"|,\s*(?:which|such\s+(?:consent|approval))\b[^,.;]*\bunreasonably\s+withheld"
    r"(?:(?:,|\s+or|\s+nor)?\s*(?:conditioned|delayed|withdrawn))*(?=\s*[,.;])",
    re.IGNORECASE,
)


_ADDRESS = re.compile(
    r"\s+(?:at|in)\s+(?:No\.\s*)?\d+[a-z]?\s+(?:[A-Z][\w'’-]+\s+){0,3}"
    r"(?:Street|Road|Avenue|Lane|Square|Drive|Boulevard|Court|Way|Place|Terrace|Close|Row|Quay|Park)"
    r"\b(?:,\s+[A-Z][\w'’-]+)*",
)


def insertions(text: str) -> list[tuple[int, int]]:
    """Where words stand that only say how a consent is to be given, or at which address it is."""
    return [match.span() for one in (_INSERTED, _ADDRESS) for match in one.finditer(text)]


_PERFORMS = re.compile(
    r"\b(?:shall|must|will|may|agrees?\s+to|undertakes?\s+to)\s+(?:\w+ly\s+)?(?:be\s+)?(?:pay|paid|refund|"
    r"release|transfer|return|reimburse|deliver|terminate|withhold|mint|issue|keep|forfeit|take|"
    r"repair|replace|compensate|indemnify|repay|charge|credit|extend|renew|claim|sell|buy|"
    r"retain|hold|distribute|vacate|cease|stop|suspend|reject|accept|repeat|cancel|notify|inform|"
    r"deposit|withdraw|lock|burn|mint|vote|lend|supply|remedy|cure|act|disburse|remit|inspect|"
    r"surrender|hand|give\s+(?:the|it|him|her|them|back)|destroy|redeem|discontinue|"
    r"provide|maintain|assign|disclose|contribute|report)"
    r"(?:ed|d|red)?\b"
    r"|(?<!\w)[$€£]\s?\d|\d\s?(?:%|percent\b|per\s+cent\b|[A-Z]{3,5}\b)",
)
_RECITAL = re.compile(r"^\W*(?:whereas|recitals?|background|\([A-Z]\))", re.IGNORECASE)


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence is known to carry no duty that a contract could hold."""
    if _PATTERNS.search(sentence) is None:
        return False
    return _RECITAL.match(sentence) is not None or _PERFORMS.search(sentence) is None
