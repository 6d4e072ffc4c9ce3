"""What every school starts with, and makes its own."""
