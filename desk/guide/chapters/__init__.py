"""The words of the guide, a module for each chapter."""
