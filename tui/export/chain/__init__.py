"""Export by nbconvert, whose chain of preprocessors, exporter and templates is used as it is installed."""
