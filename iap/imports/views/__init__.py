"""Imports: send files, see what was understood, see what would change, bring it in, take it back."""
