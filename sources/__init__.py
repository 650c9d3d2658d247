"""What a page says of itself and where it comes from: inputs, extraction, credits, hosts, outlets.

Pure: no Beam.
"""
