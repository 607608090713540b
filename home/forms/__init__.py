"""Forms that executives build: applications, feedback, enquiries, contact."""
