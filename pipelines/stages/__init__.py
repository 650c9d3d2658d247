"""One room a stage: its Beam-free logic beside a `transforms.py` that only wires it."""
