"""Whether two hosts are one outlet: evidence, rules, groups."""
