"""What somebody should look at before a page is published. Nothing here ever stops anybody."""
