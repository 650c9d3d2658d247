"""Matching of texts: shingles, signatures, bands, candidate pairs, verification, clusters.

Pure: knows ids, arrays and text; no files, hosts or Beam.
"""
