"""Room for pupils who wait: who stands in line, which steps forward may be counted on, and the question put."""
