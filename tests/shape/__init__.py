"""The shape of the project as tests: what ARCHITECTURE.md promises holds, or one of these says where it does not."""
