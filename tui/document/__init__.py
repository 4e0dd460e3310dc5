"""The notebook as immutable values, and every change to it as an invertible edit.

Pure: no screen, no file, no kernel.
"""
