"""The process that decodes pictures, which are hostile until then. Nothing here runs in tnb itself."""
