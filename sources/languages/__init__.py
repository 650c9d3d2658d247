"""What is known of each language, a file a language; mul.toml has what many write alike."""
