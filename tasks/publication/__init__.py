"""From a summary to documents and the office's door. Knows neither intake nor store."""
