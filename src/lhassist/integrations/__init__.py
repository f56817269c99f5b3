"""Our parts for other people's programs, and theirs for ours. One file a library."""
