r"""Mathematics as text in two dimensions: LaTeX's source to a tree (`parser`), to boxes (`layout`), to rows.

What cannot be set right is not set: unknown commands, broken source, and what is too deep, long or wide for
the page are shown as their source.
"""
