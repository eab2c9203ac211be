"""What one week costs at any size, through Prefect and beside it the same engine as plain functions: `make bench`."""
