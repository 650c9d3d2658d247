"""The output folder that users see: layout, atomic publish, reading a published run."""
