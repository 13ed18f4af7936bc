"""The tick: phases in order. The only place that knows when what is done; decides nothing and holds no SQL."""
