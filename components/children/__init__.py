"""What is known of children made ready to be read: signals, days and months as rows of their charts."""
