"""The canvas: an endless sheet on which pictures lie, are looked at and are painted on."""
