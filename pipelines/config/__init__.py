"""What a user may set: settings, registries, ratings files, and the rules made of them."""
