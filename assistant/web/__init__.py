"""One exchange over HTTP, for actions and sources. Knows neither."""
