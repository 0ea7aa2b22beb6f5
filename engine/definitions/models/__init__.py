"""The shape of each kind of file, as pydantic models; the JSON Schemas are written from these.

Descriptions are the hover texts that a process owner sees, hence Dutch.
"""
