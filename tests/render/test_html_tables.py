"""Tables as pandas, polars, R and others write them, drawn at the widths of terminals.

The HTML is what the programs wrote, shortened.
"""

from __future__ import annotations

import pandas as pd
import pytest

from htmldrawing import drawn, style_of, text
from tui.render.canvas import Ground
from tui.render.rowops import plain, row_width
from tui.render.rows import Role


def frame(*columns: str, rows: list[list[str]], head: str = "th") -> str:
    names = "".join(f"<{head}>{name}</{head}>" for name in columns)
    lines = "".join(
        "<tr>"
        + "".join(f"<{'td' if at else 'th'}>{cell}</{'td' if at else 'th'}>" for at, cell in enumerate(row))
        for row in rows
    )
    return f'<table class="dataframe"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>'


def html_of(data: pd.DataFrame) -> str:
    written = data._repr_html_()
    assert written is not None
    return written


def test_a_dataframe_of_pandas() -> None:
    data = pd.DataFrame(
        {
            "name": ["Alice", "Bob", "漢字"],
            "x": [1.5, float("nan"), -3.25e8],
            "n": [1, 22, 4444],
            "t": pd.date_range("2024-01-01", periods=3),
        }
    )
    expected = """
   name              x     n  t
────────────────────────────────────────
0  Alice           1.5     1  2024-01-01
1  Bob             NaN    22  2024-01-02
2  漢字   -325000000.0  4444  2024-01-03
"""
    assert text(html_of(data)) == expected


def test_names_of_columns_and_lines_are_told_from_what_is_in_them() -> None:
    page = frame("", "a", rows=[["first", "1"]])
    assert style_of(page, "a").bold
    assert style_of(page, "first").bold
    assert not style_of(page, "1").bold


def test_names_on_several_levels() -> None:
    data = pd.DataFrame(
        [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 1.0, 2.0, 3.0]],
        index=pd.MultiIndex.from_tuples([("north", 1), ("north", 2), ("south", 1)], names=["region", "year"]),
        columns=pd.MultiIndex.from_product([["height", "weight"], ["mean", "std"]]),
    )
    expected = """
              ─ height ─  ─ weight ─
region  year  mean   std  mean   std
────────────────────────────────────
north      1   1.0   2.0   3.0   4.0
           2   5.0   6.0   7.0   8.0
south      1   9.0   1.0   2.0   3.0
"""
    assert text(html_of(data)) == expected


def test_the_name_of_the_index_shares_the_line_with_the_names_of_columns() -> None:
    data = pd.DataFrame({"x": [1, 2]}, index=pd.Index(["a", "b"], name="key"))
    expected = """
key  x
──────
a    1
b    2
"""
    assert text(html_of(data)) == expected


def test_of_a_wide_and_long_frame_the_ends_are_shown_and_the_rest_is_counted() -> None:
    data = pd.DataFrame([[n * 100 + column for column in range(40)] for n in range(100)])
    expected = """
       0     1     2  …    37    38    39
─────────────────────────────────────────
 0     0     1     2  …    37    38    39
 1   100   101   102  …   137   138   139
 2   200   201   202  …   237   238   239
 3   300   301   302  …   337   338   339
 4   400   401   402  …   437   438   439
 …     …     …     …  …     …     …     …
95  9500  9501  9502  …  9537  9538  9539
96  9600  9601  9602  …  9637  9638  9639
97  9700  9701  9702  …  9737  9738  9739
98  9800  9801  9802  …  9837  9838  9839
99  9900  9901  9902  …  9937  9938  9939
100 rows × 40 columns · 6 shown · T opens
"""
    assert text(html_of(data), 44) == expected


def test_columns_left_out_here_are_counted_without_those_of_the_index() -> None:
    page = frame("", *[f"column{n}" for n in range(9)], rows=[["0", *["1"] * 9]])
    expected = """
   column0  column1  …  column7  column8
────────────────────────────────────────
0        1        1  …        1        1
4 of 9 columns · T opens
"""
    assert text(page, 40) == expected


def test_a_frame_of_polars_has_the_types_below_the_names() -> None:
    page = (
        "<div><style>.dataframe > tbody > tr {text-align: right; white-space: pre-wrap;}</style>"
        '<small>shape: (3, 3)</small><table border="1" class="dataframe"><thead><tr><th>name</th>'
        "<th>born</th><th>weight</th></tr><tr><td>str</td><td>date</td><td>f64</td></tr></thead><tbody><tr>"
        "<td>&quot;Alice&quot;</td><td>1997-01-10</td><td>57.9</td></tr><tr><td>&hellip;</td><td>&hellip;</td>"
        "<td>&hellip;</td></tr><tr><td>&quot;Ben&quot;</td><td>1985-02-15</td><td>null</td></tr></tbody></table></div>"
    )
    expected = """
shape: (3, 3)
name     born        weight
str      date           f64
───────────────────────────
"Alice"  1997-01-10    57.9
…        …                …
"Ben"    1985-02-15    null
"""
    assert text(page) == expected
    assert style_of(page, "f64").role is Role.MUTED


def test_a_data_frame_of_r() -> None:
    page = (
        "<table>\n<thead><tr><th scope=col>Sepal.Length</th><th scope=col>Species</th></tr></thead>\n"
        "<tbody>\n\t<tr><td>5.1   </td><td>setosa</td></tr>\n\t<tr><td>4.95  </td><td>setosa</td></tr>\n"
        "</tbody>\n</table>\n"
    )
    expected = """
Sepal.Length  Species
─────────────────────
        5.1   setosa
        4.95  setosa
"""
    assert text(page) == expected


def test_a_summary_of_statsmodels() -> None:
    page = """<table class="simpletable"><caption>OLS Regression Results</caption>
<tr>
  <th>Dep. Variable:</th>         <td>Lottery</td>     <th>  R-squared:         </th> <td>   0.348</td>
</tr>
<tr>
  <th>Date:</th>             <td>Tue, 17 Dec 2024</td> <th>  Prob (F-statistic):</th> <td>1.90e-08</td>
</tr>
</table>
<table class="simpletable">
<tr>
       <td></td>          <th>coef</th>     <th>std err</th>   <th>P>|t|</th>
</tr>
<tr>
  <th>Intercept</th>   <td>  246.4341</td> <td>   35.233</td> <td> 0.000</td>
</tr>
<tr>
  <th>Literacy</th>    <td>   -0.4889</td> <td>    0.128</td> <td> 0.000</td>
</tr>
</table>"""
    expected = """
OLS Regression Results
Dep. Variable:  Lottery           R-squared:              0.348
Date:           Tue, 17 Dec 2024  Prob (F-statistic):  1.90e-08

               coef  std err  P>|t|
───────────────────────────────────
Intercept  246.4341   35.233  0.000
Literacy    -0.4889    0.128  0.000
"""
    assert text(page) == expected


STYLED = """<style type="text/css">
#T_58417_row0_col0, #T_58417_row1_col1 {
  background-color: #5fba7d;
}
#T_58417_row1_col0 {
  color: red;
  background: linear-gradient(90deg, #d65f5f 0.5%, transparent 0.5%);
}
#T_58417 .col_heading {
  text-decoration: underline;
}
</style>
<table id="T_58417"><caption>Styled</caption><thead><tr><th class="blank level0" >&nbsp;</th>
<th id="T_58417_level0_col0" class="col_heading level0 col0" >x</th>
<th id="T_58417_level0_col1" class="col_heading level0 col1" >n</th></tr></thead><tbody>
<tr><th id="T_58417_level0_row0" class="row_heading level0 row0" >0</th>
<td id="T_58417_row0_col0" class="data row0 col0" >1.50</td>
<td id="T_58417_row0_col1" class="data row0 col1" >1</td></tr>
<tr><th id="T_58417_level0_row1" class="row_heading level0 row1" >1</th>
<td id="T_58417_row1_col0" class="data row1 col0" >-12.25</td>
<td id="T_58417_row1_col1" class="data row1 col1" >22</td></tr>
</tbody></table>"""


def test_a_styler_of_pandas_keeps_its_colours() -> None:
    expected = """
Styled
        x   n
─────────────
0    1.50   1
1  -12.25  22
"""
    assert text(STYLED) == expected
    assert style_of(STYLED, "1.50").bg == style_of(STYLED, "22").bg == (95, 186, 125)
    assert style_of(STYLED, "-12.25").bg is None
    assert style_of(STYLED, "-12.25", Ground.LIGHT).fg is not None
    assert style_of(STYLED, "x").underline


def test_the_background_of_a_cell_fills_its_column() -> None:
    (row,) = [row for row in drawn(STYLED) if plain(row).startswith("0")]
    assert [span.text for span in row if span.style.bg is not None] == ["  ", "1.50"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<table><tr><td rowspan=2>r<td>1<tr><td>2</table>", "r  1\n   2"),
        ("<table><tr><td colspan=2>both of them<tr><td>a<td>b</table>", "both of them\na  b"),
        ("<table><tr><td>1.5<tr><td>10<tr><td>0.25<tr><td>NaN</table>", " 1.5\n10\n 0.25\n  NaN"),
        ("<table><tr><td align=right>a<tr><td align=right>long</table>", "   a\nlong"),
        ("<table><tr><td>a<br>b<td>c</table>", "a  c\nb"),
        ("<table><tr><td>a<td><table><tr><td>1<td>2</table></table>", "a  1  2"),
        ("<table><tr><th>only</table>", "only"),
        ("<table><tr><th>a<th>b<tr><tr><td>1<td>2<tr></table>", "a  b\n────\n1  2"),
        ("<table><thead><tr><th>a</thead><tbody><tr><td>1</tbody></table>", "a\n─\n1"),
        ("<table><tfoot><tr><td>sum</tfoot><tbody><tr><td>1</tbody></table>", "1\nsum"),
        ("<table></table>", ""),
        ("<table><tr><td colspan=1000000000>x<tr><td>a<td><td>b</table>", "x\na  b"),
    ],
)
def test_other_tables(html: str, shown: str) -> None:
    assert text(html, 30) == f"\n{shown}\n"


def test_long_text_of_a_frame_is_cut_and_of_a_small_table_wrapped() -> None:
    page = frame("", "review", "n", rows=[["0", "a long text that goes on", "1"]])
    expected = """
   review            n
──────────────────────
0  a long text tha…  1
"""
    assert text(page, 22) == expected
    expected = """
   review            n
──────────────────────
0  a long text that  1
   goes on
"""
    assert text(page.replace("dataframe", "other"), 22) == expected


@pytest.mark.parametrize("width", [2, 3, 5, 9, 20, 37])
def test_no_table_is_wider_than_its_canvas(width: int) -> None:
    page = frame("", "漢字漢字", "number", rows=[["first line", "漢字 text", "1234567.89"]] * 3) + STYLED
    assert all(row_width(row) <= width for row in drawn(page, width))
