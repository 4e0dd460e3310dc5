"""Charts: Plotly's figures drawn by ourselves, Vega and Vega-Lite by vl-convert."""
