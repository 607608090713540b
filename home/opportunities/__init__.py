"""Opportunities: jobs, internships and scholarships, until their last day."""
