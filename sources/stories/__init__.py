"""A cluster read as a story: who was first, roles, versions, copy edges."""
