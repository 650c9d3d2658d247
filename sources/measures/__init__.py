"""What is counted of each outlet: per article, summed, as columns; the practice index."""
