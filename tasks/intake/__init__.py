"""From a waiting file to rows and findings. Knows neither the store nor the publication."""
