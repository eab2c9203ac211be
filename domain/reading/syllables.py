"""Which words are Vietnamese syllables: a beginning, a rhyme, a tone that it can bear. Knows spelling, no dictionary.

Wide at the edges (rare and borrowed rhymes are in): who asks wants to know what cannot be Vietnamese.
"""

import re
import unicodedata

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_HEAVY = frozenset("\u0301\u0323")  # a rhyme that ends in c, ch, p or t bears these two tones alone
# "xaõ", "Haøo": a tone over the letter that closes a rhyme; not so in "quý", "thuý", "gió".
_MISPLACED = re.compile(
    "(?:[aeo][\u0302\u0306\u031b]?|u\u031b|(?<!q)u(?=i)|(?<!g)i)[iuyo][\u0300\u0301\u0303\u0309\u0323]$"
)
_BEGINNING = (
    "(?:b|ch|c(?![eêiyh])|d|đ|gi(?=[^\\W\\d_])|gh(?=[eêi])|g(?![eêyh])|h|kh|k(?=[eêiy])|l|m|ngh(?=[eêi])|ng(?![eêiyh])"
    "|nh|n(?!g)|ph|p|qu(?=[aăâeêiyoôơ])|r|s|th|tr|t|v|x)?"
)
_OPEN = (
    "a e ê i o ô ơ u ư y ia ya ua ưa uê uy oa oe ai ay ao au âu ây eo êu iu iêu yêu oi ôi ơi ui ưi ưu uôi ươi ươu "
    "oai oay oao oeo uây uya uyu uơ uêu am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh om on ong oong "
    "ôm ôn ông ơm ơn um un ung ưm ưn ưng iêm iên iêng yêm yên yêng uôm uôn uông ươm ươn ương oam oan oang oanh oăm oăn "
    "oăng oen oeng uân uâng uyên uyn uynh uênh uên"
)
_STOPPED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt êc ich ip it oc op ot ooc ôc ôp ôt ơp ơt uc up ut ưc ưt ưp iêc "
    "iêp iêt yêt uôc uôt ươc ươp ươt oac oach oap oat oăc oăt oet uât uyêt uyt uych uyp uêch"
)
_LEVEL = re.compile(f"{_BEGINNING}(?:{'|'.join(_OPEN.split())})")
_STOP = re.compile(f"{_BEGINNING}(?:{'|'.join(_STOPPED.split())})")


def is_syllable(word: str) -> bool:
    """Whether one word, in any case and normal form, is spelt as a Vietnamese syllable."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = _TONES.findall(decomposed)
    if len(tones) > 1 or _MISPLACED.search(decomposed):
        return False
    bare = unicodedata.normalize("NFC", _TONES.sub("", decomposed))
    if _LEVEL.fullmatch(bare):
        return True
    return bool(tones) and tones[0] in _HEAVY and _STOP.fullmatch(bare) is not None
