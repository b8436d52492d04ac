"""READ: from returns as services send them to accepted observations."""
