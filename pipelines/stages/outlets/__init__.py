"""Hosts become outlets: evidence, paths, mirrors, look-alikes, ratings."""
