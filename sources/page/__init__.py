"""From bytes to the lines of the story: decoding, parsing, main content, teasers, clutter."""
