"""What needs a person's attention: each room says what of its own does, the desk shows it."""
