"""A private sound server with a virtual microphone."""
