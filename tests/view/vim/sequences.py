"""Key sequences by what they are about, and texts to press them in; `|` marks where the cursor begins.

Sequences are separated by space; `<space>` stands for one.
"""

from __future__ import annotations

_PROSE = """The quick brown fox (jumps, "over") it's
lazy|-dog. Isn't it?  Yes!

    indented line = call(a, [b, c])
  second  one;foo.bar

last line here"""

_CODE = """def area(width, height):
    # the area
    result = {"w": width, "h|eight": height}
    if result["w"] > 10:
        return max(1, result["w"] * 20)

    return [x for x in range(3)]
print(area(0x0f, -7))"""

_WIDE = "日本語 text かな|カナ é́x\n😀 ok 한글 ñandú\n\tタブ\ttab"

TEXTS = {
    "prose": _PROSE,
    "code": _CODE,
    "wide": _WIDE,
    "one line": "on|e",
    "nothing": "|",
    "blank lines": "\n  \n|\n\nx\n",
}

_MOTIONS = """
h l j k 0 ^ $ g_ w W b B e E ge gE 3w 2b 3e 2ge 2W 2E 2B 10l 10h 3j 3k 9j 9k gg G 2G 5G 5gg + - _ 2+ 2- 3_
10| | fe Fe te Te 2fe f, f,; f,;; f,, te; te;; 2te; F,; T,; fz fz; { } 2{ 2} ( ) 2( 2) % 50% 100% jj$j
jj$k $j $jj $jk ljjj 5ljjk wjb /e<cr> /e<cr>n /e<cr>N 2/e<cr> ?e<cr> ?e<cr>n ?e<cr>N /line<cr>
/nowhere<cr> /i.<cr> /re*<cr> /\\<l<cr> /l/e<cr> /e/s+1<cr> /e/+1<cr> * # *n #n g* g# *N /[aeiou]<cr>
/\\vl(i|a)<cr> /\\w\\+<cr>n /x\\|y<cr> mawwb`a majj'a maG`a G`` G'' `` [( ]) [{ ]} <bs> 3<bs> 20<bs> <c-h>
"""

_OPERATORS = """
x 3x X 2X 20x dw d2w 2dw de dE db dB dge d$ d0 d^ dG dgg dd 2dd 5dd 9dd dj dk d2j d2k d_ D 2D dh dl d3l d}
d{ d) d( d% df, dt, dF, dT, dfe; d/e<cr> d?e<cr> dn d/l/e<cr> d| dfz d+ d- dW dgE cwX<esc> cWX<esc>
c2wX<esc> ceX<esc> cbX<esc> c$X<esc> CX<esc> 2CX<esc> ccX<esc> 2ccX<esc> SX<esc> sX<esc> 3sX<esc> cjX<esc>
ckX<esc> c}X<esc> cGX<esc> cw<esc> cc<esc> c0X<esc> cfeX<esc> c_X<esc> cW<cr><esc> yyp yyP yy3p 2yyp yjp
ykP ywP ywp y$P y2wP yiwP yeP ybP yGp yggP ygg yG yk yj y} y{ Yp y0P yfeP ddp ddP 2ddp xp Xp dwP dwp dw2p
d2jP djp dGp dGP >> << 2>> 3<< >j <j >G >> >>>> >>.j. >} <gg g~w gUw guw gUiw guu gUU g~~ gUgU 2gUU gUj
guk g?w g?? g~iw gu$ gU0 gUG J 2J 3J 9J gJ 3gJ JJ JJJ ~ 3~ 20~ rX 3rX 90rX r<cr> 2r<cr> p P 3p yiwp yiw3P
gp gP yygp yygP yiwgp yiwgP <c-a> <c-x> 5<c-a> 10<c-x>
"""

_INSERTING = """
iX<esc> aX<esc> IX<esc> AX<esc> oX<esc> OX<esc> 3iX<esc> 3aXy<esc> 3oX<esc> 2OX<esc> 3AX<esc> 3IX<esc>
gIX<esc> i<esc> a<esc> A<esc> o<esc> O<esc> iX<cr>Y<esc> AX<cr>Y<cr>Z<esc> iXY<bs>Z<esc> i<bs><esc>
i<bs><bs><esc> ia<left>b<esc> ia<right>b<esc> i<down>b<esc> iab<left><left>c<esc> iX<esc>gi+<esc>
aX<esc>jgi+<esc> RXYZ<esc> 2RXY<esc> R<esc> RX<cr>Y<esc> RXYZ<bs><bs><esc> $RXYZ<esc> RXYZ<bs>W<esc>
3RX<esc> iab<del>c<esc> ayiw<esc> yiwi<c-r>"<esc> yiwA<c-r>0!<esc> yyi<c-r>"<esc> o<cr>X<esc> oX<cr><esc>
o<cr><cr><esc>
"""

_AGAIN = """
x. x2. 2x. 2x3. dw. dw.. dd. dd2. cwX<esc>w. cwX<esc>j.j. iX<esc>. iX<esc>2. 3iX<esc>. 3iX<esc>2.
AX<esc>j. IX<esc>j. oX<esc>. oX<esc>2. OX<esc>. ciwX<esc>w. rXl. r1l2. ~. J. J.. >>. >>j. gUiww. yyp. p.
yiwp. xp. ddp. D. CX<esc>j. df,. dt,. dfe. di(. daw. daw.. cawX<esc>. sX<esc>l. 2sX<esc>w. RXY<esc>l.
RXY<esc>j0. <c-a>. 5<c-a>. 5<c-a>2. AX<cr>Y<esc>. iXY<bs>Z<esc>. iX<left>Y<esc>. A<bs>X<esc>j. dj. vld.
vlld. vld. vjd. Vd. Vjd. Vj>. Vj>j. vlcX<esc>w. veU. veUw. vlrX. vlJ. dd"1pu. dd"1pu dddd"1pu.
dddddd"1pu.u. ix<esc>u. xu. ix<esc>.u dwu. gUwj.
"""

_UNDOING = """
xu xxu xxuu xx2u xu<c-r> xxuu<c-r> xxuu<c-r><c-r> xx2u2<c-r> ddu jddu dju dku d2ju dwu d$u Du iXYZ<esc>u
iXYZ<esc>u<c-r> oX<esc>u oX<esc>u<c-r> OX<esc>u AX<esc>u AX<cr>Y<esc>u cwX<esc>u ccX<esc>u Ju J<c-r>u pu
yypu yyPu yyp3u ia<left>b<esc>u ia<left>b<esc>uu >>u >ju gUUu gUju 3~u rXu <c-a>u dGu dggu djju ddku xjxuu
3iX<esc>u 3iX<esc>u<c-r> RXY<esc>u dawu dipu ci(X<esc>u wdwu :s/e/X/<cr>u :%s/e/X/g<cr>u
:%s/e/X/g<cr>u<c-r> vjdu Vjdu vwcX<esc>u :1d<cr>u :g/e/d<cr>u Gddu Gddu<c-r> GoX<esc>u ggOX<esc>u
"""

_OBJECTS = """
diw daw diW daW d2iw d2aw d3iw d3aw ciwX<esc> cawX<esc> yiwP yawP di" da" di' da' di( da( dib dab d2i(
d2a( di[ da[ di{ da{ diB daB di< da< di) da) ci"X<esc> ci(X<esc> ci[X<esc> ci{X<esc> yi(P ya(P d2i" dip
dap d2ip d2ap yipP cipX<esc> yapP >ip gUip gUap dis das cisX<esc> d2is d2as jdiw jdaw jjdip jjdap jjjdi(
jjjda[ jjj$diw jjj$daw jjj0daw kdi( kdi" kwdaw j$daw $daw 0daw kdi' viwd vawd vi(d va(d viwiwd viwawd
vawawd vi"d va"d vipd vapd viw<esc>x vi(<esc>x vipy vi[d vi{d va{d vi(i(d va(a(d vipipd vapapd v2iwd
viwoihx
"""

_MARKING = """
vd vld v3ld vwd ved vjd vkd v$d v$jd vj$d v0d vGd vggd v2wd vbd Vd Vjd Vkd VGd V2jd vVd Vvd vly vly$p vjyP
Vyp Vjyp VjyP Vjyjp v$yp vwyP vkyP Vky vky vjy Vjy vwoy Vjoy vcX<esc> vlcX<esc> vjcX<esc> VcX<esc>
VjcX<esc> v$cX<esc> vsX<esc> VSX<esc> vRX<esc> vCX<esc> vlx vX vlD vjX vlY$p VD vS<esc> vlU vlu vl~ vjU Vu
VU V~ VjU v$~ vlg? Vg? v> V> Vj> V2> v< Vj< VG> Vj>. vJ vjJ VjJ VjgJ V3jJ vrX vlrX vjrX VrX v$rX yiwvp
yiwvep yiwwvep yyvp yyVp yyjVp yywvep yiwVp yiwjVp dwvp yiwvlpp yywvepp vly2lvep yiw2lv3p vlyVp yywvP
v<esc> vl<esc>x vj<esc>x vlo<esc>x vloh<esc>x vlohd vjo<esc>x vl<esc>gvd vl<esc>jgvd Vj<esc>gvd
vl<esc>gvly$p vIX<esc> vlIX<esc> vlAX<esc> VAX<esc> VIX<esc> vjAX<esc> vfed vted v/e<cr>d v%d v}d v{d v)d
vGod vwhd viwod vld. vlcX<esc>w. Vd. VdP vlyvlp v`<d V'>d vl:s/./X/<cr> Vj:d<cr> Vj:s/e/E/g<cr> Vj:><cr>
Vjd'' vlly`>p
"""

_BLOCKS = """
<c-v>d <c-v>jd <c-v>jld <c-v>jlld <c-v>kd <c-v>khd <c-v>khhd <c-v>jhhd <c-v>2jd <c-v>Gd <c-v>ggd <c-v>j$d
<c-v>jj$d <c-v>$d $<c-v>jd $<c-v>kd <c-v>jwd <c-v>jed <c-v>jlx <c-v>jlX <c-v>jlD <c-v>jD <c-v>jjlD
<c-v>j<del> <c-v>jl<bs>d <c-v>j0d <c-v>jfed <c-v>}d <c-v>y <c-v>jy <c-v>jly <c-v>j$y <c-v>jjly <c-v>kly
<c-v>jlY <c-v>jlyP <c-v>jlyp <c-v>jly$p <c-v>jlyjp <c-v>jlyGp <c-v>jlyG$p <c-v>jlyGP <c-v>jly3p <c-v>jly2P
<c-v>jlygp <c-v>jlygP <c-v>j$yP <c-v>j$yp <c-v>j$y$p <c-v>jj$yp <c-v>jlyjjP <c-v>jlykp <c-v>jldp <c-v>jldP
<c-v>jjlyjwP <c-v>yp <c-v>jlcX<esc> <c-v>jcXY<esc> <c-v>jjlcX<esc> <c-v>j$cX<esc> <c-v>jlsX<esc>
<c-v>jlCX<esc> <c-v>jCX<esc> <c-v>jlSX<esc> <c-v>jlRX<esc> <c-v>jlc<esc> <c-v>jlcXY<bs>Z<esc> <c-v>klcX<esc>
<c-v>jIX<esc> <c-v>jlIX<esc> <c-v>jjIXY<esc> <c-v>kIX<esc> <c-v>khIX<esc> <c-v>jl3IX<esc> <c-v>jI<esc>
<c-v>jIXY<bs>Z<esc> <c-v>j$IX<esc> <c-v>IX<esc> <c-v>jAX<esc> <c-v>jlAX<esc> <c-v>jjlAXY<esc> <c-v>j$AX<esc>
<c-v>jj$AX<esc> <c-v>kAX<esc> <c-v>jl2AX<esc> <c-v>AX<esc> <c-v>$AX<esc> <c-v>jlA<esc> <c-v>GAX<esc>
<c-v>G$AX<esc> <c-v>GIX<esc> <c-v>ggAX<esc> <c-v>rX <c-v>jrX <c-v>jlrX <c-v>jjlrX <c-v>j$rX <c-v>klrX
<c-v>jlr<cr> <c-v>jlr<space> <c-v>~ <c-v>jl~ <c-v>j$~ <c-v>jlu <c-v>jlU <c-v>jjlU <c-v>jlg? <c-v>jlg~
<c-v>jlgU <c-v>jlgu <c-v>jl> <c-v>j> <c-v>j2> <c-v>jj> <c-v>k> <c-v>jl< <c-v>j< <c-v>jj< <c-v>j3< <c-v>j0<
<c-v>j0> <c-v>jlJ <c-v>jJ <c-v>jjJ <c-v>jlgJ <c-v>jlo<esc>x <c-v>jlohd <c-v>jlO<esc>x <c-v>jlOhd <c-v>jlOld
<c-v>jllOOd <c-v>jloOd <c-v>khO<esc>x <c-v>jlOkd <c-v>j$Od <c-v>j$od <c-v>jl<esc>gvd <c-v>jl<esc>jgvd
<c-v>j$<esc>gvd <c-v>j$<esc>ggwgvAX<esc> <c-v>jlygvd <c-v>jl<esc>x <c-v>jlv<esc>x <c-v>jlvd <c-v>jlVd
vjl<c-v>d Vjl<c-v>d <c-v>jl<c-v>x <c-q>jld <c-v>jl<c-q>x <c-v>jld. <c-v>jldw. <c-v>jd. <c-v>j$d.
<c-v>jlcX<esc>w. <c-v>jlcX<esc>. <c-v>jlIX<esc>w. <c-v>jIX<esc>. <c-v>jAX<esc>w. <c-v>jlAX<esc>w.
<c-v>j$AX<esc>. <c-v>j$AX<esc>k. <c-v>jl>. <c-v>jl<. <c-v>jlrXw. <c-v>jlUw. <c-v>jl~w. <c-v>jJ. <c-v>jldu
<c-v>jlcX<esc>u <c-v>jIX<esc>u <c-v>jIX<esc>u<c-r> <c-v>jAX<esc>u <c-v>jl>u <c-v>jlypu <c-v>jlyGpu
<c-v>jlrXu yiw<c-v>jp yiw<c-v>jlp yiw<c-v>jlP yiww<c-v>jlp yiww<c-v>j2p yiw<c-v>j$p yy<c-v>jp yy<c-v>jlp
yy<c-v>jlP yyj<c-v>kp yiwj<c-v>lp ywj<c-v>kp <c-v>jlyw<c-v>jlp <c-v>jlyw<c-v>jlpp <c-v>jlyw<c-v>jlP
<c-v>jlyviwp <c-v>jlywviwp <c-v>jlyVp <c-v>jlyjVp <c-v>jlyvjp <c-v>jl"ay"ap <c-v>jl"ayj<c-v>l"Ay"ap
<c-v>jl"ayj"Ayy"ap <c-v>jl"ayw"Ayw"aP yiw"ayw<c-v>jl"Ay"aP <c-v>jldyyp"1p <c-v>ld"-p <c-v>jld"-p
<c-v>jlyo<c-r>"<esc> <c-v>jl:s/e/X/<cr> <c-v>jlyG`<x <c-v>jlyG`>x <c-v>jlyG`[x <c-v>jlyG`]x <c-v>jl=
<c-v>jlgq <c-v>iwd <c-v>jiwd <c-v>awd <c-v>jaWd <c-v>i(d <c-v>ipd <c-v>i"d qa<c-v>IX<esc>q@a
<c-v>jlIX<left>Y<esc> <c-v>jIa<cr>b<esc> <c-v>3jIX<esc> <c-v>3jlAX<esc> <c-v>3jld <c-v>4jlrX <c-v>4j$AX<esc>
:2<cr><c-v>jjlcX<esc> :3<cr>3l<c-v>jd :3<cr>3l<c-v>klyP :3<cr>l<c-v>llrX :3<cr>l<c-v>hAX<esc>
:3<cr>2l<c-v>kIX<esc> :3<cr>3l<c-v>kk> :3<cr>2l<c-v>kk< :3<cr>0<c-v>kl~
"""

_REGISTERS = """
"ayw"ap "ayw"aP "ayy"ap "ayyj"Ayy"ap "aywj"Ayw"ap "aywj"Ayy"ap "ayyj"Ayw"ap "adw"aP "adw"-p dwdw"1p
dwyw"0p yw2w"0P dd"1P dddd"2p dddd"1p dwx"-p yyx"0P yyddp "_dwp yw"_dwP "_ddP yy"_ddP "_xp d%"1P d}"1P
d)"1P d/e<cr>"1P "add"1p "add"2P "aywdw"aP "ay2wP "aY"ap "bxp 2"ayy"ap "a2yyP "ayiwviw"ap "ayiwwviwpp
yiww"_ciwX<esc>p xx"-p dd"-p ddu"1p dwi<c-r>-<esc> yyo<c-r>0<esc> "ayiwciw<c-r>a<c-r>a<esc>
"""

_MACROS = """
qaxq@a qaxq3@a qbxqqa@blq@a qbiX<esc>qqa2@bq@a qaxq@a@@ qaddq@a qadwq2@a qaiX<esc>q@a qaiX<esc>lq2@a qawq"ap
qadwqu qaxlq.@a qaywPq@a qacwX<esc>wq2@a qaxqqAxq@a qajq9@ax qaxq:s/e/X/<cr>@a qaJq@a qaoX<esc>q2@a
"""

_EX = """
:2<cr> :1<cr> :$<cr> :.+1<cr> :+<cr> :-<cr> :99<cr> :d<cr> :1d<cr> :1,2d<cr> :2,$d<cr> :%d<cr> :.,.+1d<cr>
:d2<cr> 2:d<cr> :$d<cr> :1d|x<cr> :2d<cr>p :1,2d<cr>P :s/e/X/<cr> :s/e/X/g<cr> :%s/e/X/<cr> :%s/e/X/g<cr>
:1,2s/e/X/g<cr> :s/nowhere/X/<cr> :%s/\\<\\w/X/g<cr> :%s/e$/X/<cr> :%s/^/>/<cr> :%s/^\\s*//<cr>
:%s/$/;/<cr> :%s/\\s\\+$//<cr> :%s/\\(\\w\\+\\)/<\\1>/g<cr> :%s/\\w\\+/[&]/<cr> :%s/\\w\\+/\\u&/g<cr>
:%s/\\w\\+/\\U&\\E!/<cr> :%s/\\v(\\w)(\\w)/\\2\\1/g<cr> :%s/E/X/gi<cr> :%s/e\\c/X/g<cr>
:%s/[aeiou]/*/g<cr> :%s/[^a-z ]//g<cr> :%s/, /\\r/g<cr> :%s/\\n//<cr> :%s/e/X/n<cr> :%s#/#|#<cr>
:%s/e\\ze\\w/X/g<cr> :%s/\\w\\zse/X/g<cr> :%s/e\\+/X/g<cr> :%s/e\\=t/X/g<cr> :%s/e\\{1,2}/X/<cr>
:%s/.\\{-}e/X/<cr> :%s/a\\|e/X/g<cr> :%s/\\./X/<cr> :%s/\\d\\+/N/g<cr> :%s/x*/-/g<cr> :s/e/X/|s/X/Y/<cr>
:s/e/X/<cr>j& :s/e/X/g<cr>j& :s/e/X/g<cr>jg& :s/e/X/<cr>j:s<cr> :s/e/X/<cr>j:&&<cr> :s/e/X/g<cr>j:&&<cr>
/e<cr>:s//X/<cr> :s/e/X/<cr>n :m0<cr> :m$<cr> :m1<cr> :1m$<cr> :1,2m$<cr> :m+1<cr> :m-2<cr> :2,3m0<cr>
:t.<cr> :t0<cr> :t$<cr> :1t.<cr> :1,2t$<cr> :co0<cr> :1,2co.<cr> :y<cr>p :1y<cr>P :%y<cr>p :1,2y<cr>p
:y<cr>P :1y<cr>:pu<cr> :1y<cr>:pu!<cr> :1y<cr>:0pu<cr> :1y<cr>:$pu<cr> :d<cr>:pu<cr> :><cr> :>><cr> :<<cr>
:1,2><cr> :%><cr> :.,$<<cr> :2,3<<cr> :j<cr> :1,3j<cr> :j!<cr> :%j<cr> :1j<cr> :g/e/d<cr> :v/e/d<cr>
:g!/e/d<cr> :g/e/s/e/X/<cr> :g/e/s/e/X/g<cr> :g/^$/d<cr> :g/./m0<cr> :g/e/t.<cr> :g/./j<cr> :g/e/><cr>
:g/l/t$<cr> :/e/d<cr> :?e?d<cr> :/e/,$d<cr> ma:'ad<cr> majj:'a,.d<cr> :1;+1d<cr> :1ka<cr>'ax
:2mark<space>b<cr>'bx :noh<cr> :k<space>a<cr>'ax vj:s/e/X/g<cr> Vjj:d<cr> Vj:m$<cr>
Vj<esc>:'<,'>d<cr> :nosuch<cr> :99d<cr> ::2<cr>
"""

_ASKING = """
:s/e/X/gc<cr>y :s/e/X/gc<cr>n :s/e/X/gc<cr>yn :s/e/X/gc<cr>ny :s/e/X/gc<cr>yyy :%s/e/X/gc<cr>yny
:%s/e/X/gc<cr>a :%s/e/X/gc<cr>na :%s/e/X/gc<cr>yna :%s/e/X/gc<cr>l :%s/e/X/gc<cr>nl :%s/e/X/gc<cr>q
:%s/e/X/gc<cr>yq :%s/e/X/gc<cr>yqx :%s/e/X/gc<cr>lx :%s/e/X/gc<cr>ax :%s/e/X/gc<cr>y<esc>x
:%s/e/X/c<cr>yyyyyyyyyx :%s/e/X/c<cr>nnnnnnnnnx :%s/e/X/c<cr>nyzn<esc>x :%s/e/X/c<cr>ynynynynynyx
:%s/e/X/gc<cr>yau :%s/e/X/gc<cr>ynynyqu :%s/e/X/gc<cr>ynynyqu<c-r> :%s/e/longer/gc<cr>yynyq
:%s/e/\\r/gc<cr>yyq :%s/e//gc<cr>ya :%s/^/>/c<cr>yyna :%s/$/;/c<cr>ynyyyyyy :%s/\\n//c<cr>yq
:%s/\\n//c<cr>ny<esc> :%s/\\w\\+/\\u&/gc<cr>nyna :%s/x*/-/gc<cr>yq :2,3s/e/X/gc<cr>yyyyyyyyyy
:s/nowhere/X/c<cr>x :s/e/X/gc<cr>qj& :s/e/X/gc<cr><esc>jg&y<esc> :%s/e/X/gcn<cr>x Vj:s/e/X/gc<cr>nya
:%s/E/X/gic<cr>ynl :%s/e/X/gc<cr>q. :%s/E/X/gI<cr> :%s/e\\c/X/gI<cr> :s/e/X/<cr>j:&&c<cr>y
:s/e/X/<cr>j:s/o/Y/&<cr> :s/e/X/g<cr>j:s/o/Y/&<cr> :s/e/X/g<cr>j:s//Z/&c<cr>y<esc> :s/e/X/|s/X/Y/c<cr>yx
"""

_LATER = """
v$<c-a> V<c-a> Vj<c-a> VG<c-a> VG5<c-a> VG<c-x> VGg<c-a> VG2g<c-a> VGg<c-x> vj<c-a> v3l<c-a> v<c-a>
<c-v>j<c-a> <c-v>j$<c-a> <c-v>G$g<c-a> <c-v>Gl<c-a> VG<c-a>. VG<c-a>u :norm<space>x<cr> :normal<space>AX<cr>
:%norm<space>AX<cr> :1,2norm<space>Ix<cr> :.,$norm<space>x<cr> :%norm<space>dw<cr> :%norm<space>dw<cr>u
:2,3normal!<space>iX<cr> :g/e/norm<space>AX<cr> :g/e/norm<space>dd<cr> :g/e/norm<space>yyp<cr>
:g/e/norm<space>AX<cr>u :v/e/norm<space>x<cr> :norm<space>vey<cr> :norm<space>2x<cr>.
qaxq:%norm<space>@a<cr> Vj:norm<space>AX<cr> Vj:norm<space>AX<cr>u :%norm<space>dd<cr>u :norm<space>dw|x<cr>
:g/e/norm<space>OX<cr> zz zt zb z. z<cr> z- 2zz 3z<cr>x 99zt vzzd ggVGg<c-a> vG<c-x>. ggvG5g<c-a>
:s/e/X/<cr>j@: :s/e/X/g<cr>jj@:j@@ :d<cr>2@: :2<cr>x@: :><cr>@: :s/e/X/<cr>":p :noh<cr>@: @:
:s/e/X/<cr>j:<up><cr> :s/e/X/<cr>:d<cr>:<up><up><cr> :s/e/X/<cr>:d<cr>:s<up><cr>
:2<cr>:3<cr>:<up><up><down><cr>x /e<cr>/<up><cr> /e<cr>/l<cr>/<up><up><cr> /e<cr>?<up><cr>
:s/<c-r><c-w>/X/<cr> yiw:s/<c-r>"/X/<cr> /<c-r><c-w><cr> yiw/<c-r>"<cr> :s/e/X/<cr>j:s/<c-r>//Z/<cr>
:s/one<c-w>e/X/<cr> :s/one<c-u>d<cr> /no<esc>x :d<esc>x
"""

SEQUENCES = {
    "motions": _MOTIONS.split(),
    "operators": _OPERATORS.split(),
    "inserting": _INSERTING.split(),
    "again": _AGAIN.split(),
    "undoing": _UNDOING.split(),
    "objects": _OBJECTS.split(),
    "marking": _MARKING.split(),
    "blocks": _BLOCKS.split(),
    "registers": _REGISTERS.split(),
    "macros": _MACROS.split(),
    "commands": _EX.split(),
    "asking": _ASKING.split(),
    "later": _LATER.split(),
}
