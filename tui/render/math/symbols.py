"""Names of symbols in LaTeX, its AMS packages and MathJax: what is printed for each, and its kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui.render.math.nodes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ORDINARY: Final = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ
    varOmega Ω Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο Rho Ρ Tau Τ Chi Χ
    infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ
    daleth ℸ eth ð emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠
    measuredangle ∡ sphericalangle ∢ triangle △ triangledown ▽ square □ Box □ blacksquare ■ lozenge ◊
    Diamond ◇ bigstar ★ blacktriangle ▲ blacktriangledown ▼ blacklozenge ⧫ diamondsuit ♢ heartsuit ♡
    clubsuit ♣ spadesuit ♠ flat ♭ natural ♮ sharp ♯ prime ′ backprime ‵ surd √ degree ° complement ∁
    ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ mathellipsis …
    checkmark ✓ maltese ✠ circledR ® copyright © S § P ¶ pounds £ yen ¥ euro € mho ℧ Finv Ⅎ
    backslash \\ vert | Vert ‖ | ‖ # # % % & & $ $ _ _ { { } } AA Å aa å O Ø o ø ss ß ae æ AE Æ oe œ OE Œ
    LaTeX LaTeX TeX TeX bigcirc ◯ infin ∞ empty ∅ exist ∃ R ℝ N ℕ Z ℤ reals ℝ Reals ℝ
    textbackslash \\ textunderscore _ textasciitilde ~ textdegree ° textdollar $ lbrack [ rbrack ]
    diagup ╱ diagdown ╲ circledS Ⓢ
"""

_BINARY: Final = """
    pm ± mp ∓ times × div ÷ cdot ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓
    sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ bigtriangleup △
    bigtriangledown ▽ triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ oplus ⊕ ominus ⊖ otimes ⊗
    oslash ⊘ odot ⊙ circledcirc ⊚ circledast ⊛ circleddash ⊝ dagger † ddagger ‡ dag † ddag ‡ amalg ⨿
    boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌
    curlywedge ⋏ curlyvee ⋎ barwedge ⊼ veebar ⊻ intercal ⊺ dotplus ∔ divideontimes ⋇ Cap ⋒ Cup ⋓
    doublecap ⋒ doublecup ⋓ gtrdot ⋗ lessdot ⋖ And & sdot ⋅
"""

_RELATION: Final = """
    leq ≤ le ≤ geq ≥ ge ≥ lt < gt > neq ≠ ne ≠ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙
    llless ⋘ gggtr ⋙ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lesssim ≲ gtrsim ≳
    lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ eqslantless ⪕ eqslantgtr ⪖
    equiv ≡ sim ∼ nsim ≁ simeq ≃ approx ≈ approxeq ≊ thickapprox ≈ thicksim ∼ cong ≅ ncong ≇ doteq ≐
    doteqdot ≑ Doteq ≑ fallingdotseq ≒ risingdotseq ≓ circeq ≗ eqcirc ≖ triangleq ≜ bumpeq ≏ Bumpeq ≎
    asymp ≍ propto ∝ varpropto ∝ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾
    succsim ≿ nprec ⊀ nsucc ⊁ curlyeqprec ⋞ curlyeqsucc ⋟ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
    subseteqq ⫅ supseteqq ⫆ nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ Subset ⋐ Supset ⋑ sqsubset ⊏
    sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ isin ∈ ni ∋ owns ∋ notin ∉ notni ∌ vdash ⊢ dashv ⊣ models ⊨
    vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭ nVdash ⊮ perp ⊥ parallel ∥ nparallel ∦ mid ∣ nmid ∤
    smile ⌣ frown ⌢ bowtie ⋈ Join ⋈ between ≬ pitchfork ⋔ therefore ∴ because ∵ backsim ∽ backsimeq ⋍
    trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ ntriangleleft ⋪ ntriangleright ⋫
    coloneqq ≔ coloneq ≔ eqqcolon ≕ Coloneqq ⩴ vcentcolon :
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
    uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ mapsto ↦ longmapsto ⟼
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ implies ⟹
    impliedby ⟸ iff ⟺ Longleftrightarrow ⟺ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪
    hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
    rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆ leadsto ⇝ rightsquigarrow ⇝
    twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ nrightarrow ↛ nleftarrow ↚
    nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎ upharpoonright ↾ restriction ↾
    downharpoonright ⇂ circlearrowleft ↺ circlearrowright ↻ curvearrowleft ↶ curvearrowright ↷ Lsh ↰ Rsh ↱
    rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊ dashrightarrow ⇢ dashleftarrow ⇠
    multimap ⊸ looparrowright ↬ looparrowleft ↫ Rrightarrow ⇛ Lleftarrow ⇚ rarr → larr ← rArr ⇒ lArr ⇐
    harr ↔ hArr ⇔ Darr ⇓
"""

_OPENING: Final = (
    "lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ ulcorner ⌜ llcorner ⌞ lgroup ⟮ llbracket ⟦"
)
_CLOSING: Final = (
    "rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ urcorner ⌝ lrcorner ⌟ rgroup ⟯ rrbracket ⟧"
)

_FUNCTIONS: Final = """
    arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
    arcsinh arccosh arctanh sech csch arccot arcsec arccsc sgn tr
"""
_WITH_LIMITS: Final = "det gcd inf lim max min sup Pr argmax argmin plim"

_KINDS_OF_CHARACTERS: Final[Mapping[Kind, str]] = {
    Kind.BINARY: "+-*−±×÷·",
    Kind.RELATION: "=<>:",
    Kind.OPENING: "([",
    Kind.CLOSING: ")]",
    Kind.PUNCTUATION: ",;",
}

_NEGATED: Final = (
    "= ≠ ∈ ∉ ∋ ∌ < ≮ > ≯ ≤ ≰ ≥ ≱ ⊂ ⊄ ⊃ ⊅ ⊆ ⊈ ⊇ ⊉ ≡ ≢ ∼ ≁ ≃ ≄ ≈ ≉ ≅ ≇ ∣ ∤ ∥ ∦ ∃ ∄ ⊢ ⊬ ⊨ ⊭ → ↛ ⇒ ⇏ ⇔ ⇎ ≺ ⊀ ≻ ⊁"
)


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    words = table.split()
    return zip(words[::2], words[1::2], strict=True)


def _table() -> Iterator[tuple[str, tuple[str, Kind]]]:
    for kind, table in (
        (Kind.ORDINARY, _ORDINARY),
        (Kind.BINARY, _BINARY),
        (Kind.RELATION, _RELATION),
        (Kind.OPENING, _OPENING),
        (Kind.CLOSING, _CLOSING),
    ):
        for name, text in _pairs(table):
            yield name, (text, kind)
    yield "colon", (":", Kind.PUNCTUATION)
    yield "{", ("{", Kind.OPENING)
    yield "}", ("}", Kind.CLOSING)


SYMBOLS: Final[Mapping[str, tuple[str, Kind]]] = MappingProxyType(dict(_table()))
"""By their names, without the backslash."""

NEGATED: Final[Mapping[str, str]] = MappingProxyType(dict(_pairs(_NEGATED)))
r"""What `\not` makes of a relation."""

CHARACTERS: Final[Mapping[str, Kind]] = MappingProxyType(
    {text: kind for text, kind in reversed(list(SYMBOLS.values())) if len(text) == 1 and not text.isascii()}
    | {character: kind for kind, characters in _KINDS_OF_CHARACTERS.items() for character in characters}
)
"""Kinds of characters that stand for themselves; what is not here is ordinary."""

FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
"""Names that are printed as they are."""

FUNCTIONS_WITH_LIMITS: Final[Mapping[str, str]] = MappingProxyType(
    {name: name for name in _WITH_LIMITS.split()}
    | {"liminf": "lim inf", "limsup": "lim sup", "injlim": "inj lim", "projlim": "proj lim"}
)
"""Names below which their subscript stands in display."""

OPERATORS: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        _pairs(
            "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀"
            " biguplus ⨄ bigsqcup ⨆"
        )
    )
)
"""Signs with their limits below and above in display."""

INTEGRALS: Final[Mapping[str, str]] = MappingProxyType(
    dict(_pairs("int ∫ smallint ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰"))
)
"""Signs with their limits beside them."""
