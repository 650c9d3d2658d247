"""Which lines are not story but evidence: agencies, outlets, datelines, notices."""
