"""A notebook made another one: cleaned, from and to text formats, compared, merged."""
