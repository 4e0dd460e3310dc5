"""Debugging by the kernel's own debugger: what it is asked, what it tells, and where code is to stop."""
