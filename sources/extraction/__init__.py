"""A page or a row becomes an Article or Rejected, in a process that can be killed."""
