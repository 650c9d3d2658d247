from hypothesis import settings

# No deadline: the first call of a process builds tables, and machines are shared.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
