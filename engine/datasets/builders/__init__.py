"""Builders of data sets: folders with pictures or clips, captions, splits and a manifest that training reads."""
