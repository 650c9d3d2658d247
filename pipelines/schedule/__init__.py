"""A daily job: the files that cron or systemd start, its settings, its alerts, and a test."""
