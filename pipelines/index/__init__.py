"""All published runs as one index on disk: where has this text been before?"""
