"""Articles become members, members pairs, pairs components, components verified clusters."""
