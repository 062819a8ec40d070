"""The directory: who is who, inside and outside, kept, found and checked."""
